//! # Exercise: a circuit breaker
//!
//! Forty pings, one after another, to a server that is down for a while; each
//! of them makes it worse. After five failures in a row, do not send the next
//! ten (their result is `Ping::unstarted`, with `PingError::Cancelled`), and
//! then send one, to see whether the server is back. If that one fails, leave
//! out the next ten again. If not, all is well, and the counting begins anew.

use std::process::ExitCode;

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::is_transient;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::new();
    for url in urls {
        let ping = ping(client, url).await;
        if is_transient(&ping) {
            // And now?
        }
        pings.push(ping);
    }
    pings
}

fn main() -> ExitCode {
    let paths = vec!["/503?sleep=5".to_owned(); 40];
    witnessed::perform(&paths, |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls))
    })
}
