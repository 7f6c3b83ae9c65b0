//! # Solution: a limit for each try and one for the whole
//!
//! Each try is over at its own limit or at the deadline, whichever comes
//! first, and none begins after the deadline.

use std::process::ExitCode;

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, timeout_at};

const TRY: Duration = Duration::from_millis(1200);
const WHOLE: Duration = Duration::from_millis(1800);
const TRIES: u32 = 3;

async fn ping_all(
    client: &Client,
    urls: &[String],
    deadline: Instant,
) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let started = Instant::now();
            for _ in 0..TRIES {
                let now = Instant::now();
                if now >= deadline {
                    break;
                }
                let end = deadline.min(now + TRY);
                if let Ok(ping) = timeout_at(end, ping(&client, &url)).await {
                    return ping;
                }
            }
            Ping::given_up(&url, started.into_std())
        });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    let paths = ["/200?sleep=3000".to_owned()];
    witnessed::perform(&paths, |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let urls = urls.to_vec();
        let batch = runtime.spawn(async move {
            ping_all(&client, &urls, Instant::now() + WHOLE).await
        });
        runtime.block_on(batch).expect("a ping never panics")
    })
}
