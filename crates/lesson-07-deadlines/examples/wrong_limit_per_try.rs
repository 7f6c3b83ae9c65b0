//! # Trap: a limit for each try, and no limit for all of them
//!
//! **Learners think** that a limit for each try limits the whole.
//!
//! **Run it.** It shows with waits of more than its half second; without URLs
//! it has six of its own.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::{Phase, Ping, PingError, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, timeout};

const LIMIT: Duration = Duration::from_millis(500);
pub(crate) const TRIES: u32 = 3;

pub(crate) async fn ping_all(
    client: &Client,
    urls: &[String],
    limit: Duration,
) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let started = Instant::now();
            for _ in 0..TRIES {
                if let Ok(ping) = timeout(limit, ping(&client, &url)).await {
                    return ping;
                }
            }
            let ping = Ping::given_up(&url, started.into_std());
            Ping { result: Err(PingError::Timeout(Phase::Head)), ..ping }
        });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..6).map(|seq| format!("/200?seq={seq}&sleep=900")).collect();
    witnessed::perform(&paths, |urls| {
        let many = NonZeroUsize::new(urls.len()).expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let urls = urls.to_vec();
        let batch =
            runtime.spawn(async move { ping_all(&client, &urls, LIMIT).await });
        runtime.block_on(batch).expect("a batch never panics")
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Each try is given up in time, and the whole takes three times
// the limit. A server that is slow already sees three requests for each URL.
//
// **Where.** At `if let Ok(ping) = timeout(limit, ping(&client, &url)).await {`:
// a length of time that begins again with each try.
//
// **Why.** A limit is a length, and lengths add up: over the tries, over the
// redirects, over the reads of a body that drips, and over a list one after
// another. A caller who waits five seconds has one clock.
//
// **Fix.** Work out once when everything must be over, and pass that point in
// time on. A try may also have a limit of its own, never longer than what is
// left.
//
// **In the lesson.** `deadline` is a point in time, and `timeout_at` takes it
// as it is.
