//! # Trap: a timeout on `spawn_blocking`
//!
//! **Learners think** that `spawn_blocking` makes a blocking call one that can
//! be cancelled.
//!
//! **Run it.** It shows with waits of more than its half second; without URLs
//! it has six of its own.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup, ping};
use tokio::runtime::Builder;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{Duration, Instant, timeout_at};

const LIMIT: Duration = Duration::from_millis(500);

pub(crate) async fn ping_all(
    agent: &Agent,
    urls: &[String],
    deadline: Instant,
) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (agent, url) = (agent.clone(), url.clone());
        tasks.spawn(async move {
            let started = std::time::Instant::now();
            let blocking = {
                let url = url.clone();
                spawn_blocking(move || ping(&agent, &url))
            };
            match timeout_at(deadline, blocking).await {
                Ok(ping) => ping.expect("a ping never panics"),
                Err(_) => Ping::given_up(&url, started),
            }
        });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..6).map(|seq| format!("/200?seq={seq}&sleep=900")).collect();
    witnessed::perform(&paths, |urls| {
        let six = NonZeroUsize::new(6).expect("6 is not 0");
        let agent = Agent::new(&Setup::new(six)).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let urls = urls.to_vec();
        let batch = runtime.spawn(async move {
            ping_all(&agent, &urls, Instant::now() + LIMIT).await
        });
        runtime.block_on(batch).expect("a batch never panics")
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The results are there in time, and each says that the deadline
// has passed. The server answers every request all the same, and the program
// does not end before it has.
//
// **Where.** At `match timeout_at(deadline, blocking).await {`: what is dropped
// is the handle, and behind it is a thread.
//
// **Why.** A call that blocks has no `.await` at which it could be put aside,
// so not even `abort` ends it once it has begun. The thread stays at work, one
// of the 512 that there are. And a runtime that is dropped waits until each of
// them is done: that is why the program ends late.
//
// **Fix.** An async client. Or a limit that the call itself knows of: the time
// that is left, as the client's timeout. `shutdown_background` only lets a
// program end without waiting for its threads.
//
// **In the lesson.** Nothing blocks: `ping` awaits, and is dropped where it
// waits.
