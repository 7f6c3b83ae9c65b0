//! # Trap: a reactor on a thread of its own
//!
//! **Learners think** that whoever asks the kernel should have a thread for it.
//!
//! **Run it.** Its pings look like those of the right one. Without URLs it has
//! twelve of its own.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::poll_fn;
use std::io::{self, ErrorKind, Read, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread;

use lesson_10_tiny_executor::s2_run_queue::{Task, run_all};
use mio::net::TcpStream;
use mio::{Events, Interest, Registry, Token};
use ping_by_hand::{Answer, Request};
use ping_core::{Ping, Watch};

/// Who waits for which socket.
type Waiting = Arc<Mutex<HashMap<Token, Waker>>>;

/// Starts the thread that asks the kernel, until the process ends.
fn start(waiting: Waiting) -> Registry {
    let mut poll = mio::Poll::new().expect("a queue of events");
    let registry = poll.registry().try_clone().expect("a copy of it");
    thread::spawn(move || {
        let mut events = Events::with_capacity(64);
        while poll.poll(&mut events, None).is_ok() {
            let mut waiting = waiting.lock().expect("not poisoned");
            let of = |event: &mio::event::Event| waiting.remove(&event.token());
            events.iter().filter_map(of).for_each(Waker::wake);
        }
    });
    registry
}

/// Tries to read whenever something has happened at this socket.
async fn read(
    (waiting, woken): (&Waiting, &Cell<u64>),
    token: Token,
    mut attempt: impl FnMut() -> io::Result<usize>,
) -> usize {
    poll_fn(|context| {
        // Before the attempt: what happens after it is not to be missed.
        let waker = context.waker().clone();
        waiting.lock().expect("not poisoned").insert(token, waker);
        match attempt() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                woken.set(woken.get() + 1);
                Poll::Pending
            }
            done => Poll::Ready(done.expect("the server is there")),
        }
    })
    .await
}

/// The pings, and how often one thread had to wake the other.
pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
) -> (Vec<Ping>, u64) {
    let (waiting, woken) = (Waiting::default(), Cell::new(0));
    let (registry, watch) = (start(waiting.clone()), Watch::default());
    let list = RefCell::new(urls.iter());
    let pings = RefCell::new(Vec::new());
    let worker = async |token: Token| {
        let mut kept = None;
        loop {
            let Some(url) = list.borrow_mut().next() else { return };
            let started = watch.start(url).expect("nobody stops it");
            let request = Request::of(url).expect("a URL");
            let address = request.address().expect("a host").expect("no name");
            let tcp = kept.get_or_insert_with(|| {
                let mut tcp = TcpStream::connect(address).expect("a socket");
                let room =
                    registry.register(&mut tcp, token, Interest::READABLE);
                room.map(|()| tcp).expect("a place in the queue")
            });
            tcp.write_all(&request.bytes()).expect("room for all of it");
            let (mut answer, mut room) = (Answer::default(), [0; 4096]);
            let result = loop {
                let attempt = || tcp.read(&mut room);
                let length = read((&waiting, &woken), token, attempt).await;
                if let Some(whole) = answer.take(&room[..length]).transpose() {
                    break whole.map(|whole| whole.reply);
                }
            };
            pings.borrow_mut().push(started.finish(result));
        }
    };
    let task = |number| -> Task<'_> { Box::pin(worker(Token(number))) };
    run_all((0..concurrency.get()).map(task).collect());
    (pings.take(), woken.get())
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        ping_all(urls, NonZeroUsize::new(6).expect("6 is not 0")).0
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** All is right, and the waterfalls are alike; but each ping costs
// more CPU, and without waits it is half as many a second.
//
// **Where.** At `thread::spawn(move || {`: two threads now take turns.
//
// **Why.** While one of them works the other sleeps. Each answer has to wake
// the second thread: a call of the system, and the time until it runs.
//
// **Fix.** Ask the kernel on the thread that polls.
//
// **In the lesson.** `next` in `s3_reactor.rs` asks, and then polls.
