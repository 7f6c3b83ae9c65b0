//! # Solution: count the polls
//!
//! Up to 30 futures, `join_all` polls all that are left whenever one of them
//! wakes it: a sum that grows with the square. From 31 on it keeps a list of
//! those that were woken: once at first, and once for each.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::process::ExitCode;
use std::task::{Context, Poll};

use futures_util::future;
use lesson_06_async_shapes::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// A future that knows how often it was polled, together with its neighbours.
struct Counted<'a> {
    inner: oneshot::Receiver<()>,
    polls: &'a Cell<u64>,
}

impl Future for Counted<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.polls.set(self.polls.get() + 1);
        Pin::new(&mut self.inner).poll(context).map(drop)
    }
}

/// How often so many futures are polled, which become ready one after another,
/// until `join_all` has them all.
async fn polls_of(many: usize) -> u64 {
    let polls = Cell::new(0);
    let (senders, receivers): (Vec<_>, Vec<_>) =
        (0..many).map(|_| oneshot::channel()).unzip();
    let all =
        receivers.into_iter().map(|inner| Counted { inner, polls: &polls });
    let wake = async {
        for sender in senders {
            sender.send(()).expect("its receiver is here");
            // Lets the others run before the next one is ready.
            tokio::task::yield_now().await;
        }
    };
    future::join(future::join_all(all), wake).await;
    polls.get()
}

/// Tells the server: the number of each request is how often futures were
/// polled.
async fn tell(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::new();
    for (url, many) in urls.iter().zip([30, 31]) {
        let polls = polls_of(many).await;
        pings.push(ping(client, &format!("{url}?seq={polls}")).await);
    }
    pings
}

fn main() -> ExitCode {
    let paths = ["/200/30", "/200/31"].map(str::to_owned);
    witnessed::perform(&paths, |urls| {
        let setup = Setup::new(NonZeroUsize::MIN);
        let client = Client::new(&setup).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(tell(&client, urls))
    })
}
