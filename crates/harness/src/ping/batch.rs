use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};

use ping_core::{Ping, Watch};

use crate::strategies::Urls;
use crate::terminal::Progress;

#[cfg(test)]
mod tests;

/// Goes round the list in batches, so that memory does not grow with the
/// number of pings.
pub(super) struct Batches<'a> {
    urls: &'a [String],
    next: usize,
    requests: usize,
    length: usize,
    last: Urls,
}

impl<'a> Batches<'a> {
    /// Batches of `length` pings or a little more: where the list is shorter,
    /// it goes into each without a rest.
    pub(super) fn new(
        urls: &'a [String],
        requests: usize,
        length: usize,
    ) -> Batches<'a> {
        let length = match urls.len() {
            long if long > length => length,
            short => length.next_multiple_of(short.max(1)),
        };
        Batches { urls, next: 0, requests, length, last: Urls::default() }
    }
}

impl Iterator for Batches<'_> {
    type Item = Urls;

    fn next(&mut self) -> Option<Urls> {
        let (start, rest) = (self.next, self.requests - self.next);
        let length = self.length.min(rest);
        if length == 0 {
            return None;
        }
        self.next += length;
        // Where the list goes into a batch without a rest, the next one is the
        // same again, and no URL is copied.
        let same = self.length.is_multiple_of(self.urls.len());
        if !same || length != self.last.len() {
            let first = start % self.urls.len();
            let batch = self.urls.iter().cycle().skip(first).take(length);
            self.last = Arc::new(batch.cloned().collect());
        }
        Some(Arc::clone(&self.last))
    }
}

/// Puts pings into the order of the list. One URL may stand in it many times:
/// its pings are then taken as they were started. An attempt that was followed
/// by another shares its place.
pub(super) fn in_order(urls: &[String], mut pings: Vec<Ping>) -> Vec<Ping> {
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (place, url) in urls.iter().enumerate() {
        places.entry(url).or_default().push_back(place);
    }
    pings.sort_by_key(|ping| ping.started);
    let mut placed: Vec<(usize, Ping)> = pings
        .into_iter()
        .map(|ping| {
            let own = places.get_mut(ping.url.as_str());
            let place = own.and_then(|own| match ping.retried {
                true => own.front().copied(),
                false => own.pop_front(),
            });
            (place.unwrap_or(usize::MAX), ping)
        })
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, ping)| ping).collect()
}

/// A bar that follows the watch until it is dropped; none where nobody looks.
pub(super) struct Following {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Shows how far the pings are, on standard error.
pub(super) fn watch_progress(watch: &Watch, requests: u64) -> Following {
    if !console::user_attended_stderr() {
        return Following { end: None, thread: None };
    }
    let watch = watch.clone();
    let (end, ended) = channel();
    // A system without a thread to spare shows none.
    let thread = thread::Builder::new().spawn(move || {
        let progress = Progress::new(requests, "pings");
        while let Err(RecvTimeoutError::Timeout) =
            ended.recv_timeout(Progress::INTERVAL)
        {
            // A retry is a ping more than the list has.
            progress.at(watch.done().min(requests));
        }
    });
    Following { end: Some(end), thread: thread.ok() }
}

impl Drop for Following {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
