//! Two clients, the same words: whatever happens to a ping, the blocking
//! client and the async one report it alike. So does the control pair, in the
//! cases that are for it.

#[path = "../raw/mod.rs"]
mod raw;

mod answers;
mod arbitrary;
mod authority;
mod controls;
mod differences;
mod failures;
mod limits;
mod tls;
mod wire;

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_05_async_tasks as tasks;
use ping_async::Client;
use ping_core::{Agent, Ping, PingError, Reply, Setup};
use tokio::runtime::{Builder, Runtime};

/// Both clients, set up alike.
struct Both {
    agent: Agent,
    client: Client,
    runtime: Runtime,
}

/// What each of them said.
struct Said {
    ureq: Ping,
    reqwest: Ping,
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
        }
    }

    fn ping(&self, url: &str) -> Said {
        Said {
            ureq: ping_core::ping(&self.agent, url),
            reqwest: self.runtime.block_on(tasks::ping(&self.client, url)),
        }
    }
}

impl Said {
    /// The failure of each, after a check that both are of this kind.
    #[track_caller]
    fn fail(self, kind: &str, case: &str) -> [PingError; 2] {
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
        self.ureq.result.expect(case)
    }
}
