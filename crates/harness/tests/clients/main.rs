//! Four clients, the same words: whatever happens to a ping, the blocking
//! client, the async one, the event loop and the tiny executor report it
//! alike. So do the pair by hand and hyper without reqwest, in the cases that
//! are for them.

#[path = "../raw/mod.rs"]
mod raw;

mod answers;
mod arbitrary;
mod authority;
mod differences;
mod failures;
mod limits;
mod loopback;
mod tls;
mod urls;
mod wire;
mod words;

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;
use std::{env, fs};

use lesson_05_async_tasks as tasks;
use lesson_09_event_loop as event_loop;
use lesson_10_tiny_executor as executor;
use ping_async::Client;
use ping_core::{Agent, Ping, PingError, Reply, Setup};
use tokio::runtime::{Builder, Runtime};

/// How many clients [`Both`] has, each of which sends its own request.
const CLIENTS: usize = 4;

/// Both libraries' clients, the event loop and the tiny executor, set up
/// alike.
struct Both {
    agent: Agent,
    client: Client,
    runtime: Runtime,
    event_loop: Mutex<event_loop::client::Client>,
    /// The client of the executor stays on its thread, so each has its own.
    setup: Setup,
}

/// What each of them said.
struct Said {
    ureq: Ping,
    reqwest: Ping,
    /// Of a URL that is none of https.
    event_loop: Option<Ping>,
    executor: Option<Ping>,
}

impl Both {
    fn new() -> Both {
        Both::with(&Setup::new(NonZeroUsize::MIN))
    }

    fn within(timeout: Duration) -> Both {
        let setup = Setup::new(NonZeroUsize::MIN);
        Both::with(&Setup { timeout, ..setup })
    }

    fn with(setup: &Setup) -> Both {
        Both {
            agent: Agent::new(setup).unwrap(),
            client: Client::new(setup).unwrap(),
            runtime: Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            event_loop: event_loop::client::Client::new(setup).unwrap().into(),
            setup: setup.clone(),
        }
    }

    fn ping(&self, url: &str) -> Said {
        Said {
            ureq: ping_core::ping(&self.agent, url),
            reqwest: self.runtime.block_on(tasks::ping(&self.client, url)),
            event_loop: self.by_event_loop(url),
            executor: self.by_executor(url),
        }
    }

    fn by_event_loop(&self, url: &str) -> Option<Ping> {
        if url.starts_with("https:") {
            return None;
        }
        let urls = [url.to_owned()];
        let mut client = self.event_loop.lock().unwrap();
        event_loop::ping_all(&mut client, &urls, NonZeroUsize::MIN).pop()
    }

    fn by_executor(&self, url: &str) -> Option<Ping> {
        if url.starts_with("https:") {
            return None;
        }
        let urls = [url.to_owned()];
        let client = executor::client::Client::new(&self.setup).unwrap();
        executor::ping_all(&client, &urls, NonZeroUsize::MIN).pop()
    }
}

impl Said {
    /// The failure of each, after a check that both are of this kind.
    #[track_caller]
    fn fail(self, kind: &str, case: &str) -> [PingError; 2] {
        let by_hand = [
            ("the event loop", self.event_loop),
            ("the tiny executor", self.executor),
        ];
        for (who, ping) in by_hand {
            let Some(ping) = ping else { continue };
            assert_eq!(word(&ping.result), kind, "{who}: {case}: {ping}");
        }
        [("ureq", self.ureq), ("reqwest", self.reqwest)].map(|(who, ping)| {
            let error = ping.result.expect_err(&format!("{who}: {case}"));
            assert_eq!(error.kind(), kind, "{who}: {case}: {error}");
            error
        })
    }

    /// The reply, after a check that both have the same.
    #[track_caller]
    fn reply(self, case: &str) -> Reply {
        assert_eq!(self.ureq.result, self.reqwest.result, "{case}");
        for ping in [self.event_loop, self.executor].into_iter().flatten() {
            assert_eq!(self.ureq.result, ping.result, "{case}");
        }
        self.ureq.result.expect(case)
    }
}

/// What came of a ping: its status, or its failure.
fn word(result: &Result<Reply, PingError>) -> String {
    match result {
        Ok(reply) => reply.status.to_string(),
        Err(error) => error.kind().to_owned(),
    }
}

/// Compares what stands between the two markers of `name` with `current`, or
/// puts it there if `UPDATE` is set.
#[track_caller]
fn quote(document: &str, name: &str, current: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let path = root.unwrap().join(document);
    let text = fs::read_to_string(&path).unwrap();
    let begin = format!("<!-- BEGIN {name} -->\n");
    let end = format!("<!-- END {name} -->");
    let (before, rest) = text.split_once(&begin).expect("a BEGIN marker");
    let (quoted, after) = rest.split_once(&end).expect("an END marker");
    if env::var_os("UPDATE").is_some() {
        let text = format!("{before}{begin}{current}{end}{after}");
        fs::write(&path, text).unwrap();
    } else {
        let stale = format!("{name} is stale; UPDATE=1 rewrites it");
        assert_eq!(quoted, current, "{stale}");
    }
}
