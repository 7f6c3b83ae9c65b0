//! # Trap: a semaphore as a rate
//!
//! **Learners think** that to limit how many are in flight limits how often
//! they come.
//!
//! **Run it.** It shows with answers that come at once; without URLs it has
//! sixty of those.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;

use lesson_08_good_manners::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// What was agreed with the owner, requests a second.
pub(crate) const RATE: u64 = 50;
/// How long an answer took when we looked.
const ANSWER_MS: u64 = 80;
/// With answers of that time, this many at once make that rate.
pub(crate) const AT_ONCE: NonZeroUsize =
    NonZeroUsize::new((RATE * ANSWER_MS / 1000) as usize).unwrap();

pub(crate) async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let permits = Arc::new(Semaphore::new(AT_ONCE.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let ping = ping(&client, &url).await;
            drop(permit);
            ping
        });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..60).map(|seq| format!("/200?seq={seq}")).collect();
    witnessed::perform(&paths, |urls| {
        let client = Client::new(&Setup::new(AT_ONCE)).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Never more than four are in flight, and sixty requests arrive in
// a small part of a second. At the rate that was agreed they take longer than
// one.
//
// **Where.** At `drop(permit);`: the next one may go as soon as this one is
// done, however soon that is.
//
// **Why.** A semaphore limits how many requests are there. How often one comes
// depends on how long each stays (Little's law, F4): four at a time that stay
// 80 ms are fifty a second, and four that stay 1 ms are thousands. The
// calculation was right on the day that it was made. A quick server gets the
// most requests, and one that answers each with an error is very quick.
//
// **Fix.** Use a rate: a token for every request, and a fixed number of tokens
// a second. Keep the semaphore as well, since a rate does not limit how many
// are there when the server is slow.
//
// **In the lesson.** `Line::next` in `limits.rs`: first a place, then a token.
