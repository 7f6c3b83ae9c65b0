//! # Trap: two layers of retries
//!
//! **Learners think** that a few retries at every layer make it safer.
//!
//! **Run it.** It shows where something fails for a while; without URLs it has
//! twelve answers of a bad gateway.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::slice;
use std::time::SystemTime;

use lesson_08_good_manners::retries::{
    FIRST_BACKOFF, LONGEST_BACKOFF, is_transient,
};
use ping_async::Client;
use ping_core::{Manners, Ping, Setup};
use retry_policies::policies::ExponentialBackoff;
use retry_policies::{RetryDecision, RetryPolicy};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

/// Few retries, in each of the two layers.
pub(crate) const RETRIES: u32 = 2;

/// One ping by a client that tries again by itself.
async fn get(client: &Client, url: &String) -> Vec<Ping> {
    let manners = Manners { retries: RETRIES, ..Manners::default() };
    let (urls, one) = (slice::from_ref(url), NonZeroUsize::MIN);
    lesson_08_good_manners::ping_all(client, urls, one, &manners).await
}

pub(crate) async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(FIRST_BACKOFF, LONGEST_BACKOFF)
            .build_with_max_retries(RETRIES);
        tasks.spawn(async move {
            let mut attempts = Vec::new();
            for past in 0.. {
                attempts.extend(get(&client, &url).await);
                let now = SystemTime::now();
                let RetryDecision::Retry { execute_after } =
                    backoff.should_retry(now, past)
                else {
                    break;
                };
                if !attempts.last().is_some_and(is_transient) {
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
        (0..12).map(|seq| format!("/502?seq={seq}&sleep=10")).collect();
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
// **Symptom.** Two retries were agreed, so that three requests are to be
// expected for each URL. The server sees nine.
//
// **Where.** At `attempts.extend(get(&client, &url).await);`: what looks like
// one attempt is three.
//
// **Why.** Each layer takes the failure of the one below for a single failure,
// and has its own patience with it. So they multiply: `k` layers with `r`
// retries each are `(r + 1)^k` requests (F10). Nobody decided that, and nobody
// sees it in his own code: a client library, a proxy and a job queue, each with
// three retries, are 64.
//
// **Fix.** Try again in one place, the one that knows whether it is worth it.
// Everywhere else return the failure. Where you cannot change the other layers,
// a budget limits what they do together.
//
// **In the lesson.** The loop in the core is the only one: the client below it
// is built with its own retries off, in `ping-async`.
