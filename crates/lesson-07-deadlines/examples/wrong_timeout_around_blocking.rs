//! # Trap: a timeout around a blocking call
//!
//! **Learners think** that `timeout_at` ends whatever it is put around.
//!
//! **Run it.** It shows with waits of more than its half second; without URLs
//! it has six of its own.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup, ping};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
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
            let started = Instant::now();
            let ping = async { ping(&agent, &url) };
            let ping = timeout_at(deadline, ping).await;
            ping.unwrap_or_else(|_| Ping::given_up(&url, started.into_std()))
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
// **Symptom.** Nothing is ever late: every ping has its 200, although the server
// took nearly twice the limit for each. The last pings begin when the deadline
// is over, and get their answer, too.
//
// **Where.** At `let ping = async { ping(&agent, &url) };`: a future that is
// done after one poll, however long that poll takes.
//
// **Why.** A timeout is a future that polls what it was given, and then looks
// at the clock. It cannot look while the call inside keeps the thread; and what
// is ready after the first poll is a result, late or not. `Ok` means that the
// future was ready when it was asked, and not that it was on time.
//
// **Fix.** Await something that gives the thread back: the async twin of the
// call. Where there is none, give the call a limit of its own, such as the
// client's timeout.
//
// **In the lesson.** `ping` is written with `.await`, on an async client.
