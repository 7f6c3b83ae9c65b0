//! # Trap: everything is tried again
//!
//! **Learners think** that trying again makes any ping more reliable.
//!
//! **Run it.** It shows where something fails; without URLs it has twelve
//! pages that do not exist.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::SystemTime;

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::{FIRST_BACKOFF, LONGEST_BACKOFF};
use ping_async::Client;
use ping_core::{Ping, Setup};
use retry_policies::policies::ExponentialBackoff;
use retry_policies::{Jitter, RetryDecision, RetryPolicy};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

/// How often a ping is tried again.
pub(crate) const RETRIES: u32 = 3;

pub(crate) async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(FIRST_BACKOFF, LONGEST_BACKOFF)
            .jitter(Jitter::Full)
            .build_with_max_retries(RETRIES);
        tasks.spawn(async move {
            let mut attempts = Vec::new();
            for past in 0.. {
                let ping = ping(&client, &url).await;
                let success =
                    ping.result.as_ref().is_ok_and(|r| r.status < 400);
                attempts.push(ping);
                if success {
                    break;
                }
                let now = SystemTime::now();
                let RetryDecision::Retry { execute_after } =
                    backoff.should_retry(now, past)
                else {
                    break;
                };
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
        (0..12).map(|seq| format!("/404?seq={seq}&sleep=20")).collect();
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
// **Symptom.** The server is asked four times for every page that it does not
// have, and says so four times.
//
// **Where.** At `if success {`: whatever is no success goes round the loop.
//
// **Why.** A 404 is an answer, and the next one will be the same. So are a bad
// URL, a wrong certificate and a body that is too large. Only some failures
// pass by themselves: the server is busy, or starts again, or a connection
// broke. To try the others again is work for both sides that helps nobody, and
// a server that is wrong for good is asked the most.
//
// **Fix.** Ask what failed, and try again only what may be over in a moment.
//
// **In the lesson.** `is_transient` in `retries.rs`, a short list of what is
// tried again; what is not on it is not.
