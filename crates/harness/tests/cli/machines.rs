//! Many machines: a cluster that comes and goes, workers beside `ping`, and
//! what is said where something is missing. The server that is pinged counts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use local_nats::{TestServer as Nats, skipped};
use nix::sys::signal::Signal;
use serde_json::Value;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{Done, run, text, until};
use crate::listening::addresses;
use crate::processes::Running;

/// A file of so many URLs, each answered after so many milliseconds.
pub(crate) fn list(
    folder: &TempDir,
    server: &TestServer,
    count: usize,
    sleep: u64,
) -> String {
    let urls: String = (0..count)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep={sleep}")) + "\n")
        .collect();
    let path = folder.path().join("urls.txt");
    fs::write(&path, urls).unwrap();
    text(&path).to_owned()
}

pub(crate) fn ping_args<'a>(
    nats: &'a str,
    file: &'a str,
    more: &[&'a str],
) -> Vec<&'a str> {
    let mut args = vec!["ping", "--strategy", "many-machines", "--nats", nats];
    args.extend(["--batch", "test", "--timeout", "1s", "--ack-wait", "2s"]);
    args.extend(["--output-format", "json", "-f", file]);
    args.extend(more);
    args
}

/// How many different URLs have the status 200 in what `ping` printed.
pub(crate) fn distinct(done: &Done) -> usize {
    let document: Value = serde_json::from_str(&done.out).expect("JSON");
    let pings = document["pings"].as_array().expect("pings");
    let good = pings.iter().filter(|ping| ping["status"] == 200);
    let urls: BTreeSet<&str> = good.filter_map(|p| p["url"].as_str()).collect();
    assert_eq!(urls.len(), pings.len(), "{}", done.out);
    urls.len()
}

#[test]
fn workers_come_and_are_told_to_go_and_each_job_is_done_once() {
    if skipped() {
        return;
    }
    let (nats, server) = (Nats::start(), TestServer::start().unwrap());
    let folder = TempDir::new().unwrap();
    let file = list(&folder, &server, 60, 100);
    let url = nats.url();
    let worker = ["worker", "--nats", &url, "--batch", "test", "-c", "3"];
    let ping = ping_args(&url, &file, &["-c", "6"]);
    let requests = |many: u64| {
        until("requests", || (server.witness().requests >= many).then_some(()));
    };
    // Who asked is stopped, and its batch stays.
    let first = Running::start(&ping);
    requests(12);
    first.signal(Signal::SIGTERM);
    let stopped = first.end();
    assert_eq!(stopped.code, Some(130), "{stopped:?}");
    assert!(stopped.err.contains("stays on the queue"), "{stopped:?}");
    let before = server.witness().requests;
    assert!(before < 60, "{before}");
    // A worker is at it alone, and is told to go.
    let leaving = Running::start(&worker);
    requests(before + 6);
    leaving.signal(Signal::SIGTERM);
    let left = leaving.end();
    assert_eq!(left.code, Some(0), "{left:?}");
    assert!(left.err.contains("the jobs in hand are finished"), "{left:?}");
    assert!(left.err.contains("of the 60 jobs of `test`"), "{left:?}");
    // Another one, and who asked goes on.
    let before = server.witness().requests;
    let staying = Running::start(&worker);
    requests(before + 1);
    let pinged = run(&ping);
    assert_eq!(pinged.code, Some(0), "{pinged:?}");
    assert_eq!(distinct(&pinged), 60);
    let stayed = staying.end();
    assert_eq!(stayed.code, Some(0), "{stayed:?}");
    let witness = server.witness();
    assert_eq!((witness.requests, witness.distinct), (60, 60));
    assert!(witness.peak_in_flight <= 6, "{}", witness.peak_in_flight);
}

#[test]
fn who_asked_and_was_killed_goes_on_by_the_name_of_the_batch() {
    if skipped() {
        return;
    }
    let (nats, server) = (Nats::start(), TestServer::start().unwrap());
    let folder = TempDir::new().unwrap();
    let file = list(&folder, &server, 40, 50);
    let url = nats.url();
    let args = ping_args(&url, &file, &["-c", "4"]);
    let first = Running::start(&args);
    until("requests", || (server.witness().requests >= 10).then_some(()));
    // Its tasks die with it, and are not waited for.
    first.signal(Signal::SIGKILL);
    assert_eq!(first.end().code, None);
    let done = run(&args);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(distinct(&done), 40);
    let witness = server.witness();
    assert_eq!(witness.distinct, 40);
    assert!(witness.requests <= 40 + 4, "{}", witness.requests);
    // What is done is off the queue: the same again is another batch.
    let again = run(&args);
    assert_eq!((again.code, distinct(&again)), (Some(0), 40));
    assert!(server.witness().requests >= 80);
}

#[test]
fn three_servers_come_and_go_and_keep_three_copies() {
    if skipped() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("cluster");
    let cluster = |what| run(&["cluster", what, "--folder", text(&place)]);
    let up = cluster("up");
    // Taken down whatever is found below.
    let _down = Down(&place);
    assert_eq!(up.code, Some(0), "{up:?}");
    let nats =
        up.out.lines().find_map(|line| line.trim().strip_prefix("--nats "));
    let nats = nats.expect("where it is");
    assert_eq!(nats.split(',').count(), 3);
    assert!(nats.split(',').all(|url| url.starts_with("nats://127.0.0.1:")));
    private(&place);
    heard_here_alone(&place);
    let twice = cluster("up");
    assert_eq!(twice.code, Some(2), "{twice:?}");
    assert!(twice.out.contains(nats), "{twice:?}");
    assert!(twice.err.contains("already"), "{twice:?}");

    let server = TestServer::start().unwrap();
    let file = list(&folder, &server, 30, 10);
    let more = ["-c", "5", "--replicas", "3"];
    let pinged = run(&ping_args(nats, &file, &more));
    assert_eq!(pinged.code, Some(0), "{pinged:?}");
    assert_eq!(distinct(&pinged), 30);
    assert_eq!(server.witness().requests, 30);

    let down = cluster("down");
    assert_eq!(down.code, Some(0), "{down:?}");
    assert!(down.out.contains("3 of 3 servers ended"), "{down:?}");
    let again = cluster("down");
    assert_eq!(again.code, Some(2), "{again:?}");
    let pinged = run(&ping_args(nats, &file, &[]));
    assert_eq!(pinged.code, Some(1), "{pinged:?}");
    assert!(pinged.err.contains("no NATS server answers"), "{pinged:?}");
}

struct Down<'a>(&'a Path);

impl Drop for Down<'_> {
    fn drop(&mut self) {
        let _ = run(&["cluster", "down", "--folder", text(self.0)]);
    }
}

/// What may hold a secret is for its owner alone, and nothing listens to
/// others.
fn private(place: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mut seen = 0;
    for entry in fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "conf") {
            let mode = path.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
            for line in fs::read_to_string(&path).unwrap().lines() {
                let listens = line.matches("listen: ").count();
                let here = line.matches("listen: \"127.0.0.1:").count();
                assert_eq!(listens, here, "{line}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 3);
}

/// Nobody elsewhere reaches them, by what the system says of each.
fn heard_here_alone(place: &Path) {
    let state = fs::read_to_string(place.join("cluster.json")).unwrap();
    let state: Value = serde_json::from_str(&state).unwrap();
    let servers = state["servers"].as_array().unwrap();
    assert_eq!(servers.len(), 3);
    for server in servers {
        let pid = server["process"]["pid"].as_u64().unwrap();
        let addresses = addresses(u32::try_from(pid).unwrap());
        // For clients and for the other servers.
        assert_eq!(addresses.len(), 2, "{addresses:?}");
        assert!(addresses.iter().all(|(ip, _)| ip.is_loopback()));
        let ports: Vec<u64> =
            addresses.iter().map(|(_, port)| u64::from(*port)).collect();
        assert!(ports.contains(&server["port"].as_u64().unwrap()));
    }
}

/// A process that is not what was started is not ended.
#[test]
fn down_leaves_alone_what_is_not_its_own() {
    let folder = TempDir::new().unwrap();
    let own = std::process::id();
    let state = format!(
        "{{\"servers\":[{{\"port\":1,\"process\":{{\"pid\":{own},\"started\":1,\
         \"system\":\"x\",\"program\":\"/usr/sbin/nats-server\"}}}}]}}"
    );
    fs::write(folder.path().join("cluster.json"), state).unwrap();
    let down = run(&["cluster", "down", "--folder", text(folder.path())]);
    assert_eq!(down.code, Some(0), "{down:?}");
    assert!(down.err.contains("left alone"), "{down:?}");
    fs::write(folder.path().join("cluster.json"), "{}").unwrap();
    let down = run(&["cluster", "down", "--folder", text(folder.path())]);
    assert_eq!(down.code, Some(2), "{down:?}");
}

#[test]
fn what_cannot_be_is_said_in_a_line() {
    let machines = ["ping", "--strategy", "many-machines", "http://127.0.0.1/"];
    let nats = "nats://127.0.0.1:1";
    let cases: [(&[&str], &str); 5] = [
        (&[], "--nats says where the queue is"),
        (&["--nats", nats], "--batch NAME says which batch"),
        (&["--nats", nats, "--batch", "a.b"], "a batch cannot be called so"),
        (&["--nats", nats, "--batch", "a", "--rate", "1/s"], "knows no --ret"),
        (&["--nats", "nats://me:pw@a", "--batch", "a"], "seen by everybody"),
    ];
    for (more, said) in cases {
        let done = run(&[&machines[..], more].concat());
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains(said), "{done:?}");
        assert_eq!(done.err.lines().count(), 1, "{done:?}");
        assert!(!done.err.contains("pw"), "{done:?}");
    }
    let done = run(&["ping", "--batch", "a", "http://127.0.0.1/"]);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.err.contains("--strategy many-machines"), "{done:?}");
}

#[test]
fn an_ack_wait_shorter_than_a_ping_is_refused() {
    if skipped() {
        return;
    }
    let nats = Nats::start();
    let url = nats.url();
    let mut args = vec!["ping", "--strategy", "many-machines", "--nats", &url];
    args.extend(["--batch", "a", "--ack-wait", "5s", "http://127.0.0.1/"]);
    let done = run(&args);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.err.contains("say 6s or longer"), "{done:?}");
}
