//! A server with users of several rights, and each of them.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use async_nats::{Client, ConnectOptions, Event};
use local_nats::{Account, Secrets, TestServer, User};
use ping_core::{Ping, PingError};
use ping_queue::{
    Asked, BatchName, Credentials, Key, Queue, QueueError, Rights, Role,
    Servers, Terms,
};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

/// After this long a test gives up instead of hanging for ever.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

const SECOND: Duration = Duration::from_secs(1);

pub(crate) fn runtime() -> Runtime {
    Builder::new_multi_thread().enable_all().build().unwrap()
}

pub(crate) fn name(text: &str) -> BatchName {
    text.parse().unwrap()
}

pub(crate) fn terms(urls: &[String]) -> Terms {
    Terms::new(urls, SECOND)
}

pub(crate) fn asked() -> Asked {
    let concurrency = NonZeroUsize::new(100).unwrap();
    let replicas = NonZeroUsize::MIN;
    Asked { concurrency, ack_wait: 10 * SECOND, replicas }
}

pub(crate) fn urls(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("http://127.0.0.1:1/{i}")).collect()
}

/// As if it had been sent.
pub(crate) fn ping(url: &str) -> Ping {
    Ping::unstarted(url, PingError::Refused)
}

/// Users of one server, by their names.
pub(crate) struct Users {
    server: TestServer,
    folder: TempDir,
}

/// A user: a name, and what it may do.
pub(crate) type Said = (&'static str, String);

/// Who may do anything.
pub(crate) fn anything(name: &'static str) -> Said {
    (name, String::new())
}

/// Who may do this part in this batch.
pub(crate) fn only(user: &'static str, role: Role, batch: &str) -> Said {
    (user, Rights::of(role, &name(batch)).to_string())
}

impl Users {
    /// A server with these accounts; no two users have one name.
    pub(crate) fn new(accounts: &[&[Said]]) -> Users {
        let folder = TempDir::new().unwrap();
        let user = |(name, permissions): &Said| {
            let key = Key::random();
            key.write(&folder.path().join(name)).unwrap();
            User { nkey: key.public(), permissions: permissions.clone() }
        };
        let account = |(number, users): (usize, &&[Said])| Account {
            name: format!("account-{number}"),
            users: users.iter().map(user).collect(),
        };
        let accounts = accounts.iter().enumerate().map(account).collect();
        let server = TestServer::start_with(|config| {
            config.secrets = Some(Secrets::Accounts(accounts));
        });
        Users { server, folder }
    }

    fn seed(&self, user: &str) -> PathBuf {
        self.folder.path().join(user)
    }

    pub(crate) fn servers(&self, user: &str) -> Servers {
        Servers {
            urls: vec![self.server.url()],
            credentials: Some(Credentials::Seed(self.seed(user))),
            ..Servers::default()
        }
    }

    pub(crate) async fn queue(&self, user: &str) -> Queue {
        self.servers(user).connect().await.unwrap()
    }

    pub(crate) async fn queue_as(
        &self,
        user: &str,
        role: Role,
        batch: &str,
    ) -> Queue {
        let servers = self.servers(user);
        servers.connect_as(role, &name(batch)).await.unwrap()
    }

    /// Who uses the connection as nothing of ours does.
    pub(crate) async fn raw(&self, user: &str) -> Raw {
        let seed = std::fs::read_to_string(self.seed(user)).unwrap();
        let (sender, events) = unbounded_channel();
        let client = ConnectOptions::new()
            .nkey(seed.trim().to_owned())
            .event_callback(move |event| {
                let _ = sender.send(event);
                async {}
            })
            .connect(self.server.url())
            .await
            .unwrap();
        Raw { client, events }
    }
}

/// A client, and what the server says to it.
pub(crate) struct Raw {
    pub(crate) client: Client,
    events: UnboundedReceiver<Event>,
}

impl Raw {
    /// Waits until the server says that it refuses this.
    pub(crate) async fn is_refused(&mut self, what: &str, subject: &str) {
        self.client.flush().await.unwrap();
        let wanted = format!("{what} to \"{subject}\"");
        loop {
            let event = timeout(PATIENCE, self.events.recv()).await;
            let event = event.unwrap_or_else(|_| panic!("may do: {wanted}"));
            let said = event.unwrap().to_string();
            if said.to_lowercase().contains("permissions violation") {
                assert!(said.contains(&wanted), "{said}, and not {wanted}");
                return;
            }
        }
    }
}

/// An error in one line.
pub(crate) fn said<T>(result: Result<T, QueueError>) -> QueueError {
    let error = result.err().expect("an error");
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    error
}
