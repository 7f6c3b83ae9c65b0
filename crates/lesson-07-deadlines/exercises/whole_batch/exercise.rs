//! # Exercise: a limit for each try and one for the whole
//!
//! Three URLs, each with three tries, and each try has a limit of 1.2 s. One
//! URL is answered at its second try, the two others never are, so that the
//! whole takes three times as long as a try. Let each try keep its limit, and
//! let everything be over after `WHOLE`: the server should see no third try,
//! and each URL still has its one result.

use std::process::ExitCode;

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::{Phase, Ping, PingError, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, timeout};

const TRY: Duration = Duration::from_millis(1200);
const WHOLE: Duration = Duration::from_millis(1800);
const TRIES: u32 = 3;

async fn ping_all(
    client: &Client,
    urls: &[String],
    _deadline: Instant,
) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let started = Instant::now();
            for _ in 0..TRIES {
                if let Ok(ping) = timeout(TRY, ping(&client, &url)).await {
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
