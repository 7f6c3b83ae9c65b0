//! # Trap: a timeout on the handle of a task
//!
//! **Learners think** that a task ends when nobody waits for it any more.
//!
//! **Run it.** It shows with waits of more than its half second; the last URL
//! is pinged after the batch, without a limit, because a program goes on.
//! Without URLs it has seven of its own.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinHandle;
use tokio::time::{Duration, Instant, timeout_at};

const LIMIT: Duration = Duration::from_millis(500);

pub(crate) async fn ping_all(
    client: &Client,
    urls: &[String],
    deadline: Instant,
) -> Vec<Ping> {
    let started = std::time::Instant::now();
    let spawn = |url: &String| -> JoinHandle<Ping> {
        let (client, url) = (client.clone(), url.clone());
        tokio::spawn(async move { ping(&client, &url).await })
    };
    let tasks: Vec<JoinHandle<Ping>> = urls.iter().map(spawn).collect();
    let mut pings = Vec::with_capacity(urls.len());
    for (url, task) in urls.iter().zip(tasks) {
        pings.push(match timeout_at(deadline, task).await {
            Ok(ping) => ping.expect("a ping never panics"),
            Err(_) => Ping::given_up(url, started),
        });
    }
    pings
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..7).map(|seq| format!("/200?seq={seq}&sleep=900")).collect();
    witnessed::perform(&paths, |urls| {
        let many = NonZeroUsize::new(urls.len()).expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let (last, urls) = urls.split_last().expect("there are URLs");
        runtime.block_on(async {
            let deadline = Instant::now() + LIMIT;
            let mut pings = ping_all(&client, urls, deadline).await;
            pings.push(ping(&client, last).await);
            pings
        })
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The batch is over in time, with no answer. The server never sees
// a client go: it answers every request of the batch, and while the program is
// at its next URL all the others are still in flight.
//
// **Where.** At `pings.push(match timeout_at(deadline, task).await {`: what is
// dropped is the handle.
//
// **Why.** A task belongs to the runtime. Its handle is a place to wait for its
// result, and whoever drops the handle lets the task go on alone, with its
// connection and whatever else it holds. The timeout ends the waiting, and the
// work goes on for nobody.
//
// **Fix.** Put the timeout inside the task, around the ping; or keep the
// handles and `abort` them; or keep the tasks in a `JoinSet`, which aborts what
// it holds when it is dropped.
//
// **In the lesson.** `timeout_at` is inside `tasks.spawn`, around the ping
// itself.
