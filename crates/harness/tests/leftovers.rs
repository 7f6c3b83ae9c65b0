//! Ten thousand pings of which most go wrong leave nothing behind: no thread
//! and no open file. In a process of its own, because both are counted for the
//! whole process; the server is another one.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::num::NonZeroUsize;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use harness::strategies::STRATEGIES;
use measurement::fault::Fault;
use ping_core::Setup;

/// A server process that is killed when the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The server, and the URL that it answers with 200.
fn serve() -> (Server, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_harness"))
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let server = Server(child);
    let mut words = lines.map(Result::unwrap).flat_map(|line| {
        line.split(' ').map(str::to_owned).collect::<Vec<_>>()
    });
    let url = words.find(|word| word.ends_with("/200")).unwrap();
    (server, url)
}

fn entries(folder: &str) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// Threads, and open files.
fn held() -> (usize, usize) {
    (entries("/proc/self/task"), entries("/proc/self/fd"))
}

#[test]
fn no_thread_and_no_open_file_is_left() {
    const EACH: usize = 2500;
    let (_server, url) = serve();
    // All of them but those that last as long as a body of 64 MiB. A timeout
    // is one way to end like any other, so those that hang are here, too.
    let faults: Vec<Fault> = Fault::all()
        .filter(|f| !matches!(f, Fault::EndlessBody | Fault::HugeLength))
        .collect();
    let urls: Vec<String> = (0..EACH)
        .map(|seq| match faults.get(seq % (faults.len() + 9)) {
            Some(fault) => format!("{url}?seq={seq}&fault={}", fault.name()),
            None => format!("{url}?seq={seq}"),
        })
        .collect();
    let urls = Arc::new(urls);
    let concurrency = NonZeroUsize::new(64).unwrap();
    let setup = Setup {
        timeout: Duration::from_millis(200),
        limit: Some(Duration::from_secs(60)),
        ..Setup::new(concurrency)
    };
    for strategy in
        STRATEGIES.iter().filter(|strategy| strategy.way.is_concurrent())
    {
        let before = held();
        let ready = strategy.prepare(&setup).unwrap();
        assert_eq!(
            ready(&urls, concurrency).len(),
            EACH,
            "{}",
            strategy.way.id
        );
        drop(ready);
        // A thread that was joined is still listed for a moment.
        let settled = (0..10_000).any(|_| held() == before);
        assert!(settled, "{}: {before:?}, then {:?}", strategy.way.id, held());
    }
}
