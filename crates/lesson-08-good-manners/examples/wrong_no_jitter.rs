//! # Trap: no jitter
//!
//! **Learners think** that to wait longer each time is enough to spread the
//! retries.
//!
//! **Run it.** It shows where something fails for a while; without URLs it has
//! twelve answers of a bad gateway.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::is_transient;
use ping_async::Client;
use ping_core::{Ping, Setup};
use retry_policies::policies::ExponentialBackoff;
use retry_policies::{Jitter, RetryDecision, RetryPolicy};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

/// The first backoff; the second is twice as long.
const FIRST: Duration = Duration::from_millis(400);
const LONGEST: Duration = Duration::from_secs(10);

pub(crate) async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(FIRST, LONGEST)
            .jitter(Jitter::None)
            .build_with_max_retries(2);
        tasks.spawn(async move {
            let mut attempts = Vec::new();
            for past in 0.. {
                let ping = ping(&client, &url).await;
                let again = is_transient(&ping);
                attempts.push(ping);
                let now = SystemTime::now();
                let RetryDecision::Retry { execute_after } =
                    backoff.should_retry(now, past)
                else {
                    break;
                };
                if !again {
                    break;
                }
                let wait = execute_after.duration_since(now);
                client.pause(wait.unwrap_or_default()).await;
            }
            attempts
        });
    }
    tasks.join_all().await.into_iter().flatten().collect()
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..12).map(|seq| format!("/502?seq={seq}&sleep=80")).collect();
    witnessed::perform(&paths, |urls| {
        let many = NonZeroUsize::new(urls.len()).expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server sees all twelve at once, then nothing for a while,
// then all twelve at once again, and again.
//
// **Where.** At `.jitter(Jitter::None)`: all who failed together wait equally
// long.
//
// **Why.** A server that is overloaded fails many at the same moment. A backoff
// that doubles moves all of them from that moment to one other moment: the
// spike stays a spike. The server has a rest that it does not need, and then
// the load that was too much for it.
//
// **Fix.** Wait a random time between nothing and the backoff. Then those who
// failed together come back one by one.
//
// **In the lesson.** `Jitter::Full`, where `Retries` is made, in `retries.rs`.
