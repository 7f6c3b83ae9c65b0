//! What is said where a queue cannot be reached, or is another one.

use std::fs;
use std::num::NonZeroUsize;
use std::time::Duration;

use local_nats::{Secrets, TestServer, free_ports, skipped};
use ping_queue::{
    Asked, BatchName, Credentials, Kind, Queue, QueueError, Servers, Terms,
};
use rcgen::generate_simple_self_signed;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

const FIVE: Duration = Duration::from_secs(5);

fn runtime() -> Runtime {
    Builder::new_multi_thread().enable_all().build().unwrap()
}

fn at(url: String) -> Servers {
    Servers { urls: vec![url], ..Servers::default() }
}

fn connect(servers: &Servers) -> Result<(), QueueError> {
    runtime().block_on(servers.connect()).map(drop)
}

fn refused(servers: &Servers) -> (Kind, String) {
    let error = connect(servers).expect_err("it connects");
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    (error.kind(), error.to_string())
}

fn terms(urls: &[&str]) -> Terms {
    let urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
    Terms::new(&urls, FIVE)
}

fn asked() -> Asked {
    let one = NonZeroUsize::MIN;
    Asked { concurrency: one, ack_wait: 2 * FIVE, replicas: one }
}

fn name() -> BatchName {
    "test".parse().unwrap()
}

#[test]
fn where_nobody_listens_that_is_said() {
    let port = free_ports(1).unwrap()[0];
    let url = format!("nats://127.0.0.1:{port}");
    let (kind, said) = refused(&at(url.clone()));
    assert_eq!(kind, Kind::NoServer);
    assert!(said.starts_with(&format!("no NATS server answers at {url}")));
}

#[test]
fn addresses_that_are_none_are_refused() {
    let cases = [
        ("", "no NATS server is named"),
        ("http://a", "not the URL"),
        ("ws://a", "is at nats://HOST"),
        ("nats://a b", "not the URL"),
        ("nats://me:secret@a", "is seen by everybody"),
        ("nats://token@a", "is seen by everybody"),
    ];
    for (url, part) in cases {
        let urls = match url {
            "" => Vec::new(),
            url => vec![url.to_owned()],
        };
        let servers = Servers { urls, ..Servers::default() };
        let (kind, said) = refused(&servers);
        assert_eq!(kind, Kind::Asked);
        assert!(said.contains(part), "{url}: {said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn wrong_credentials_are_said_at_once() {
    if skipped() {
        return;
    }
    let server = TestServer::start_with(|config| {
        let (user, password) = ("me".to_owned(), "right".to_owned());
        config.secrets = Some(Secrets::Password(user, password));
    });
    let with = |password: Option<&str>| Servers {
        credentials: password.map(|password| {
            Credentials::Password("me".to_owned(), password.to_owned())
        }),
        ..at(server.url())
    };
    assert_eq!(connect(&with(Some("right"))), Ok(()));
    for wrong in [Some("wrong"), None] {
        let (kind, said) = refused(&with(wrong));
        assert_eq!(kind, Kind::Credentials, "{said}");
        assert!(said.contains("does not take these credentials"), "{said}");
    }
}

#[test]
fn a_server_that_nobody_vouches_for_is_not_trusted() {
    if skipped() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let signed =
        || generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (own, other) = (signed(), signed());
    let certificate = write("own.pem", own.cert.pem());
    let key = write("key.pem", own.signing_key.serialize_pem());
    let other = write("other.pem", other.cert.pem());
    let server = TestServer::start_with(|config| {
        let secrets = Secrets::Certificate(certificate.clone(), key);
        config.secrets = Some(secrets);
    });
    let with = |authority| Servers { authority, ..at(server.url()) };
    assert_eq!(connect(&with(Some(certificate))), Ok(()));
    for unknown in [Some(other), None] {
        let (kind, said) = refused(&with(unknown));
        assert_eq!(kind, Kind::Certificate, "{said}");
        assert!(said.contains("cannot trust"), "{said}");
    }
}

#[test]
fn files_that_are_none_are_named() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing");
    let empty = folder.path().join("empty");
    fs::write(&empty, "").unwrap();
    let url = "nats://127.0.0.1:1".to_owned();
    for credentials in [
        Credentials::File(missing.clone()),
        Credentials::Seed(missing),
        Credentials::File(empty),
        Credentials::Seed(folder.path().to_owned()),
    ] {
        let credentials = Some(credentials);
        let (kind, said) = refused(&Servers { credentials, ..at(url.clone()) });
        assert_eq!(kind, Kind::Asked, "{said}");
        let path = folder.path().display().to_string();
        assert!(said.contains(&path), "{said}");
    }
}

#[test]
fn a_server_without_jetstream_is_no_queue() {
    if skipped() {
        return;
    }
    let server = TestServer::start_with(|config| config.jetstream = false);
    runtime().block_on(async {
        let queue = at(server.url()).connect().await.unwrap();
        let opened = queue.open(&name(), &terms(&["a"]), asked()).await;
        assert_eq!(opened.unwrap_err().kind(), Kind::NoJetStream);
        let joined = queue.join(&name()).await;
        assert_eq!(joined.unwrap_err().kind(), Kind::NoJetStream);
    });
}

async fn open(queue: &Queue, terms: &Terms) -> Result<(), QueueError> {
    queue.open(&name(), terms, asked()).await.map(drop)
}

#[test]
fn another_list_under_the_same_name_is_refused() {
    if skipped() {
        return;
    }
    let server = TestServer::start();
    runtime().block_on(async {
        let queue = at(server.url()).connect().await.unwrap();
        assert!(queue.join(&name()).await.unwrap().is_none());
        let (name, both) = (name(), terms(&["a", "b"]));
        let batch = queue.open(&name, &both, asked()).await.unwrap();
        // The same once more is how a batch is gone on with.
        assert_eq!(open(&queue, &both).await, Ok(()));
        for other in [terms(&["a", "c"]), terms(&["a"])] {
            let error = open(&queue, &other).await.unwrap_err();
            assert_eq!(error.kind(), Kind::OtherTerms, "{error}");
        }
        let joined = queue.join(&name).await.unwrap().unwrap();
        assert_eq!(joined.terms(), batch.terms());
        batch.remove().await.unwrap();
        batch.remove().await.unwrap();
        assert!(queue.join(&name).await.unwrap().is_none());
        assert!(joined.is_over().await);
        assert_eq!(open(&queue, &terms(&["a"])).await, Ok(()));
    });
}
