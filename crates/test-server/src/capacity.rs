//! How many requests are served at once, and how many may wait for that.

use std::collections::VecDeque;

use measurement::waits::Capacity;

/// Who is being served and who waits for it. Without a limit everybody is
/// served at once.
#[derive(Default)]
pub(crate) struct Counter {
    limit: Option<Capacity>,
    served: usize,
    /// Places that were handed over and not yet taken.
    handed: usize,
    queue: VecDeque<usize>,
    /// A limit that is set anew counts from nothing; who was served under the
    /// one before leaves no trace.
    epoch: u64,
}

/// The right to be served, to be given back.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    epoch: u64,
}

/// What becomes of a request that arrives.
pub(crate) enum Entry {
    Served(Place),
    Queued,
    /// There is no room in the queue.
    Refused,
}

impl Counter {
    /// Begins anew. Returns the connections that were in the queue, which are
    /// answered at once: they belong to what was before.
    pub(crate) fn reset(&mut self, limit: Option<Capacity>) -> Vec<usize> {
        self.epoch += 1;
        self.limit = limit;
        self.served = 0;
        self.handed = 0;
        self.queue.drain(..).collect()
    }

    /// Whether not everybody is served at once.
    pub(crate) fn is_set(&self) -> bool {
        self.limit.is_some()
    }

    /// The connection in `slot` has a request.
    pub(crate) fn enter(&mut self, slot: usize) -> Entry {
        if let Some(limit) = self.limit
            && self.served >= limit.at_once
        {
            if self.queue.len() >= limit.queue {
                return Entry::Refused;
            }
            self.queue.push_back(slot);
            return Entry::Queued;
        }
        self.served += 1;
        Entry::Served(Place { epoch: self.epoch })
    }

    /// A place is free again, or is handed to the connection that is returned,
    /// which takes it over before anybody else acts.
    pub(crate) fn leave(&mut self, place: Place) -> Option<usize> {
        if place.epoch != self.epoch {
            return None;
        }
        let next = self.queue.pop_front();
        match next {
            Some(_) => self.handed += 1,
            None => self.served -= 1,
        }
        next
    }

    /// The place that was handed over; none if the queue was given up, since
    /// then there is no limit that asks for one.
    pub(crate) fn take_over(&mut self) -> Option<Place> {
        self.handed = self.handed.checked_sub(1)?;
        Some(Place { epoch: self.epoch })
    }

    /// Whoever was in the queue is gone.
    pub(crate) fn give_up(&mut self, slot: usize) {
        self.queue.retain(|queued| *queued != slot);
    }
}
