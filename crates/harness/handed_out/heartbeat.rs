//! # Exercise: heartbeat
//!
//! The first URL is a job: what comes back is hashed for 500 ms, and then the
//! last URL is pinged, with the result. All others are heartbeats, one every 20
//! ms until that is done, so that the server knows that we are alive. But while
//! the thread hashes, it hears nothing of us. Keep the heart beating, on this
//! runtime of one thread.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use lesson_11_cpu_work::ping;
use lesson_11_cpu_work::work::hashed;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::time::sleep;

const HASH: Duration = Duration::from_millis(500);
const BEAT: Duration = Duration::from_millis(20);

/// Hashes for so long, whatever the machine is.
fn hash(mut ping: Ping) -> Ping {
    let start = Instant::now();
    while start.elapsed() < HASH {
        ping = hashed(ping, 1000);
    }
    ping
}

async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let [job, beats @ .., result] = urls else { return Vec::new() };
    let (heart_of, beats) = (client.clone(), beats.to_vec());
    let heart = tokio::spawn(async move {
        for beat in &beats {
            ping(&heart_of, beat).await;
            sleep(BEAT).await;
        }
    });
    let fetched = ping(client, job).await;
    let done = hash(fetched);
    let told = ping(client, result).await;
    heart.abort();
    vec![done, told]
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let two = NonZeroUsize::new(2).expect("2 is not 0");
        let client = Client::new(&Setup::new(two)).expect("a client");
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(ping_all(&client, urls))
    })
}
