//! Wrong answers to it.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::future;
use lesson_06_async_shapes::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// What counts: the poll of this number, from 1, that returned this.
type Counts = fn(u64, &Poll<()>) -> bool;

struct Counted<'a> {
    inner: oneshot::Receiver<()>,
    past: u64,
    counts: Counts,
    polls: &'a Cell<u64>,
}

impl Future for Counted<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let polled = Pin::new(&mut self.inner).poll(context).map(drop);
        self.past += 1;
        if (self.counts)(self.past, &polled) {
            self.polls.set(self.polls.get() + 1);
        }
        polled
    }
}

async fn polls_of(many: usize, counts: Counts) -> u64 {
    let polls = &Cell::new(0);
    let (senders, receivers): (Vec<_>, Vec<_>) =
        (0..many).map(|_| oneshot::channel()).unzip();
    let counted = |inner| Counted { inner, past: 0, counts, polls };
    let all = receivers.into_iter().map(counted);
    let wake = async {
        for sender in senders {
            sender.send(()).expect("its receiver is here");
            tokio::task::yield_now().await;
        }
    };
    future::join(future::join_all(all), wake).await;
    polls.get()
}

/// Only those that were in vain.
pub(crate) fn pending_only(urls: &[String]) -> Vec<Ping> {
    tell(urls, async |many| {
        polls_of(many, |_, polled| polled.is_pending()).await
    })
}

/// Each future once.
pub(crate) fn first_only(urls: &[String]) -> Vec<Ping> {
    tell(urls, async |many| polls_of(many, |past, _| past == 1).await)
}

/// What holds for 30 holds for 31.
pub(crate) fn by_formula(urls: &[String]) -> Vec<Ping> {
    tell(urls, async |many| (many + many * (many + 1) / 2) as u64)
}

fn tell(urls: &[String], polls: impl AsyncFn(usize) -> u64) -> Vec<Ping> {
    let client = Client::new(&Setup::new(NonZeroUsize::MIN));
    let client = client.expect("a client");
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut pings = Vec::new();
        for (url, many) in urls.iter().zip([30, 31]) {
            let polls = polls(many).await;
            pings.push(ping(&client, &format!("{url}?seq={polls}")).await);
        }
        pings
    })
}
