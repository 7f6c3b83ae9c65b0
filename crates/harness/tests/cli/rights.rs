//! A worker with the rights that the program prints, and a key that it made:
//! what it can do, and what it says where it may not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use local_nats::{Account, Secrets, TestServer as Nats, User, skipped};
use nix::sys::signal::Signal;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{Done, harness, run, text, until};
use crate::machines::{distinct, list, ping_args};
use crate::processes::Running;

/// Makes a key in this file, and says its public part.
pub(crate) fn key(file: &Path) -> String {
    let made = run(&["cluster", "key", text(file)]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let public = made.out.trim().strip_prefix("nkey: ").expect("a key");
    assert!(public.starts_with('U'), "{made:?}");
    assert!(made.err.contains("is the secret"), "{made:?}");
    public.to_owned()
}

/// What a command needs, as the program prints it.
pub(crate) fn rights(batch: &str, command: &str) -> String {
    let args = ["cluster", "rights", "--batch", batch, "--for", command];
    let printed = run(&args);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert_eq!(printed.err, "", "{printed:?}");
    printed.out
}

/// A server that knows both commands by their keys, which are in this folder.
fn server(folder: &Path) -> Nats {
    let user = |command: &str| User {
        nkey: key(&folder.join(command)),
        permissions: rights("test", command),
    };
    let users = vec![user("ping"), user("worker")];
    Nats::start_with(|config| {
        let account = Account { name: "pings".to_owned(), users };
        config.secrets = Some(Secrets::Accounts(vec![account]));
    })
}

#[test]
fn a_batch_is_done_with_the_rights_that_are_printed() {
    if skipped() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let (nats, server) = (server(folder.path()), TestServer::start().unwrap());
    let file = list(&folder, &server, 40, 100);
    let seed = |command| folder.path().join(command);
    let (asking, working) = (seed("ping"), seed("worker"));
    let url = nats.url();
    let mut worker = vec!["worker", "--nats", &url, "--batch", "test"];
    worker.extend(["--nats-nkey", text(&working), "-c", "3"]);
    let more = ["-c", "6", "--nats-nkey", text(&asking)];
    done_by_both(&server, &ping_args(&url, &file, &more), &worker, 40);
}

/// Has somebody ask, and leave; a worker join; and who asked go on. All of so
/// many jobs are done, each once.
pub(crate) fn done_by_both(
    server: &TestServer,
    asks: &[&str],
    worker: &[&str],
    jobs: usize,
) {
    let requests = || server.witness().requests;
    until("somebody asked", || {
        let asking = Running::start(asks);
        until("requests", || {
            let at_work = requests() >= 6;
            (at_work || asking.ended().is_some()).then_some(())
        });
        asking.signal(Signal::SIGTERM);
        let asked = asking.end();
        // Servers answer before they have a leader, who makes the streams.
        let early = asked.err.contains("cannot ");
        assert!(early || asked.code == Some(130), "{asked:?}");
        (!early).then_some(())
    });
    let before = requests();
    let working = Running::start(worker);
    until("a worker's request", || (requests() > before).then_some(()));
    let asked = run(asks);
    assert_eq!(asked.code, Some(0), "{asked:?}");
    assert_eq!(distinct(&asked), jobs);
    let worked = working.end();
    assert_eq!(worked.code, Some(0), "{worked:?}");
    let all = format!("of the {jobs} jobs of ");
    assert!(worked.err.contains(&all), "{worked:?}");
    let witness = server.witness();
    let jobs = jobs as u64;
    assert_eq!((witness.requests, witness.distinct), (jobs, jobs));
    assert!(witness.peak_in_flight <= 6, "{}", witness.peak_in_flight);
}

#[test]
fn who_may_not_is_told_what() {
    if skipped() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let nats = server(folder.path());
    let url = nats.url();
    let seed = folder.path().join("worker");
    let seed = text(&seed);
    let refused = |done: &Done, what: &str| {
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.err.contains("Permissions Violation"), "{done:?}");
        assert!(done.err.contains(what), "{done:?}");
    };
    // Another batch, and a batch to be opened.
    let mut other = vec!["worker", "--nats", &url, "--nats-nkey", seed];
    other.extend(["--batch", "other"]);
    refused(&run(&other), "Subscription to \"_INBOX_worker.other.");
    let mut opens = vec!["ping", "--strategy", "many-machines", "--nats", &url];
    opens.extend(["--nats-nkey", seed, "--batch", "test", "http://127.0.0.1/"]);
    refused(&run(&opens), "Subscription to \"_INBOX_ping.test.");
    // A key that the server does not know.
    let stranger = folder.path().join("stranger");
    key(&stranger);
    let mut unknown = other;
    unknown[4] = text(&stranger);
    let done = run(&unknown);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("does not take these credentials"), "{done:?}");
    // By the environment as by the argument.
    let mut command = harness(&["worker", "--nats", &url, "--batch", "other"]);
    let done = Done::from(command.env("NATS_NKEY", seed).output().unwrap());
    refused(&done, "Subscription to \"_INBOX_worker.other.");
}

#[test]
fn a_key_is_for_its_owner_alone_and_never_replaced() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("worker.nk");
    let public = key(&file);
    let seed = fs::read_to_string(&file).unwrap();
    assert!(seed.starts_with("SU") && !seed.contains(&public), "{public}");
    let mode = file.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = run(&["cluster", "key", text(&file)]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.err.contains("is there already"), "{again:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), seed);
    let bad = run(&["cluster", "rights", "--batch", "a.*"]);
    assert_eq!(bad.code, Some(2), "{bad:?}");
    assert!(bad.err.contains("cannot be called so"), "{bad:?}");
}
