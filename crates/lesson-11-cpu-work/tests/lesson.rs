//! What lesson 11 is about: the same pings with the same hashes, five ways; and
//! which of them have nothing in flight while they compute.

use std::io::{BufReader, Cursor};
use std::num::NonZeroUsize;
use std::process::{Command, Stdio};
use std::sync::Arc;

use lesson_11_cpu_work::work::{fingerprint, hashed, hashes_in};
use lesson_11_cpu_work::{join_all, ping_all, processes, tasks, threads};
use ping_async::Client;
use ping_core::{Agent, Ping, PingError, Setup, digest};
use rayon::ThreadPoolBuilder;
use test_server::{TestServer, expected_body};
use tokio::runtime::{Builder, Runtime};

const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();
const BYTES: usize = 64;

fn agent() -> Agent {
    Agent::new(&Setup::new(FOUR)).unwrap()
}

fn two_workers() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().unwrap()
}

type Batch = fn(&[String], u32) -> Vec<Ping>;

const RAYON: Batch = |urls, hashes| {
    let (client, urls) =
        (Client::new(&Setup::new(FOUR)).unwrap(), urls.to_vec());
    let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let (runtime, pool) = (two_workers(), Arc::new(pool));
    let batch = runtime.spawn(async move {
        ping_all(&client, &pool, &urls, FOUR, hashes).await
    });
    runtime.block_on(batch).unwrap()
};
const THREADS: Batch =
    |urls, hashes| threads::ping_all(&agent(), urls, FOUR, hashes);
const TASKS: Batch = |urls, hashes| {
    let (client, urls) =
        (Client::new(&Setup::new(FOUR)).unwrap(), urls.to_vec());
    let runtime = two_workers();
    let batch = runtime.spawn(async move {
        tasks::ping_all(&client, &urls, FOUR, hashes).await
    });
    runtime.block_on(batch).unwrap()
};
const ONE_TASK: Batch = |urls, hashes| {
    let (client, urls) =
        (Client::new(&Setup::new(FOUR)).unwrap(), urls.to_vec());
    let runtime = two_workers();
    let batch = runtime.spawn(async move {
        join_all::ping_all(&client, &urls, FOUR, hashes).await
    });
    runtime.block_on(batch).unwrap()
};

const ALL: [(&str, Batch); 4] = [
    ("rayon", RAYON),
    ("threads", THREADS),
    ("tasks", TASKS),
    ("one task", ONE_TASK),
];

fn numbered(server: &TestServer, count: usize, more: &str) -> Vec<String> {
    (0..count)
        .map(|seq| {
            server.url(&format!("/200?seq={seq}&bytes={BYTES}&nonce=7{more}"))
        })
        .collect()
}

/// The fingerprint that the ping of this number is to have.
fn expected(seq: u64, hashes: u32) -> u64 {
    fingerprint(&expected_body(seq, 7, BYTES), hashes)
}

fn fingerprint_of(ping: &Ping) -> u64 {
    ping.result.as_ref().unwrap().digest
}

#[test]
fn each_body_is_hashed_as_often_as_asked_for() {
    let server = TestServer::start().unwrap();
    for (name, batch) in ALL {
        for hashes in [0, 1, 1000] {
            server.reset();
            let urls = numbered(&server, 9, "");
            let pings = batch(&urls, hashes);
            assert_eq!(pings.len(), 9, "{name}");
            for (seq, url) in (0..).zip(&urls) {
                let own = pings.iter().find(|ping| ping.url == *url).unwrap();
                let case = format!("{name}, {hashes} hashes, ping {seq}");
                assert_eq!(
                    fingerprint_of(own),
                    expected(seq, hashes),
                    "{case}"
                );
            }
            assert_eq!(server.witness().distinct, 9, "{name}");
        }
    }
}

/// The FNV of the body where nothing is hashed; else it is SHA-256 (the
/// example of FIPS 180-4), and another hash is another number.
#[test]
fn a_chain_of_hashes_has_no_short_cut() {
    assert_eq!(fingerprint(b"abc", 0), digest(b"abc"));
    assert_eq!(fingerprint(b"abc", 1), 0xba78_16bf_8f01_cfea);
    let numbers: Vec<u64> = (0..50).map(|n| fingerprint(b"abc", n)).collect();
    for (n, number) in numbers.iter().enumerate() {
        assert!(!numbers[..n].contains(number), "{n}");
    }
    let failed = Ping::unstarted("http://a/", PingError::Refused);
    assert!(matches!(hashed(failed, 5).result, Err(PingError::Refused)));
}

/// How many is the machine's affair; that twice the time is twice as many,
/// arithmetic's.
#[test]
fn no_time_is_one_hash_and_any_time_is_some() {
    use std::time::Duration;
    assert_eq!(hashes_in(Duration::ZERO), 1);
    assert!(hashes_in(Duration::from_millis(20)) > 100);
}

/// Waits for all of a wave, and then for its computing: whoever is sent next
/// comes after the last answer of the wave.
#[test]
fn one_task_has_nothing_in_flight_while_it_computes() {
    let server = TestServer::start().unwrap();
    // The first is answered long before the rest of its wave.
    let mut urls = numbered(&server, 8, "&sleep=150");
    urls[0] = urls[0].replace("&sleep=150", "");
    ONE_TASK(&urls, 1000);
    let stamps = server.witness().stamps;
    let later = stamps.iter().filter(|stamp| stamp.seq >= 4);
    let next = later.map(|stamp| stamp.received_ns).min().unwrap();
    for stamp in stamps.iter().filter(|stamp| stamp.seq < 4) {
        assert!(stamp.sent_ns.unwrap() <= next, "{stamp:?}");
    }
}

/// Whoever has computed takes the next, while the others still wait.
#[test]
fn the_others_go_on_as_soon_as_one_is_free() {
    let server = TestServer::start().unwrap();
    for (name, batch) in &ALL[..3] {
        server.reset();
        // Three wait at a gate that opens for four, and whoever has the place
        // that is left does five pings before he is the fourth.
        let gate = |seq| server.url(&format!("/gate/4?seq={seq}"));
        let mut urls = numbered(&server, 9, "");
        for (at, seq) in [(0, 10), (1, 11), (2, 12), (8, 13)] {
            urls[at] = gate(seq);
        }
        let pings = batch(&urls, 1000);
        let good = |ping: &&Ping| ping.result.as_ref().unwrap().status == 200;
        assert_eq!(pings.iter().filter(good).count(), 9, "{name}");
        assert_eq!(server.witness().peak_in_flight, 4, "{name}");
    }
}

fn worker(hashes: &'static str) -> impl Fn() -> Command + Sync {
    move || {
        let program = env!("CARGO_BIN_EXE_lesson-11-worker");
        let mut command = Command::new(program);
        command.arg(hashes);
        command
    }
}

#[test]
fn processes_hash_as_often_and_each_has_its_own_connection() {
    let server = TestServer::start().unwrap();
    let urls = numbered(&server, 9, "&sleep=20");
    let pings = processes::ping_all(&worker("1000"), &urls, FOUR);
    assert_eq!(pings.len(), 9);
    for (seq, url) in (0..).zip(&urls) {
        let own = pings.iter().find(|ping| ping.url == *url).unwrap();
        assert_eq!(fingerprint_of(own), expected(seq, 1000), "{seq}");
        assert_eq!(own.result.as_ref().unwrap().bytes, BYTES as u64);
    }
    let seen = server.witness();
    assert_eq!((seen.distinct, seen.connections), (9, 4));
    server.reset();
    let urls = vec![server.url("/gate/4"); 4];
    let pings = processes::ping_all(&worker("0"), &urls, FOUR);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    assert_eq!(server.witness().peak_in_flight, 4);
}

#[test]
fn a_process_that_dies_takes_one_ping_with_it() {
    let server = TestServer::start().unwrap();
    let urls = numbered(&server, 6, "");
    let word = |ping: &Ping| {
        ping.result.as_ref().err().map(|error| error.kind().to_owned())
    };
    let words = |program: &(dyn Fn() -> Command + Sync), c: usize| {
        let c = NonZeroUsize::new(c).unwrap();
        let pings = processes::ping_all(program, &urls, c);
        assert_eq!(pings.len(), 6);
        let words: Vec<String> = pings.iter().filter_map(word).collect();
        words.join(" ")
    };
    // Ends without a word: as many pings are lost as processes.
    let ends = || {
        let mut command = Command::new(worker("0")().get_program());
        command.arg("not a number").stderr(Stdio::null());
        command
    };
    assert_eq!(
        words(&ends, 2),
        "other other no_thread no_thread no_thread no_thread"
    );
    // Never starts.
    let missing = || Command::new("/nonexistent/program");
    assert_eq!(words(&missing, 2), ["no_thread"; 6].join(" "));
    assert_eq!(server.witness().requests, 0);
}

#[test]
fn a_worker_answers_line_by_line_and_says_what_went_wrong() {
    let server = TestServer::start().unwrap();
    let urls = numbered(&server, 1, "").remove(0);
    let input = format!("{urls}\nhttp://127.0.0.1:1/\nnonsense\n");
    let mut said = Vec::new();
    let input = BufReader::new(Cursor::new(input));
    processes::serve(input, &mut said, &agent(), 10).unwrap();
    let said = String::from_utf8(said).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    let [good, refused, nonsense] = lines.as_slice() else { panic!("{said}") };
    let number = expected(0, 10);
    assert!(good.ends_with(&format!(" 200 {BYTES} {number}")), "{good}");
    for bad in [refused, nonsense] {
        let (ns, words) = bad.split_once(' ').unwrap();
        assert!(ns.parse::<u64>().is_ok() && !words.is_empty(), "{bad}");
    }
}
