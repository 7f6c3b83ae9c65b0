//! How long the server waits before it answers: a function of the request's
//! sequence number, never of the order of arrival, so that every strategy is
//! given the same work.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::MILLISECOND;
use crate::fault::{self, Fault};

/// The wait of one ping of the book's list, so that six of them one after
/// another need its 0.82 s and six at once its 0.14 s ("Mastering Concurrency
/// in Python", chapter 5, examples 2 and 3).
pub const BOOK_WAIT: u64 = 137 * MILLISECOND;

/// What the book measured over the internet for its six URLs one after
/// another, ns (chapter 5, example 2).
pub const BOOK_SEQUENTIAL: u64 = 820 * MILLISECOND;

/// What it measured with a thread for each, ns (chapter 5, example 3).
pub const BOOK_THREADS: u64 = 140 * MILLISECOND;

/// The status codes of the book's list, in its order.
pub const BOOK_STATUSES: [u16; 6] = [200, 400, 404, 408, 500, 524];

/// The one slow wait of lesson 3.
pub const SLOW_WAIT: u64 = 500 * MILLISECOND;

/// The nine others.
pub const USUAL_WAIT: u64 = 50 * MILLISECOND;

/// The waits of the list for which the book invents its own timeout, at a
/// tenth: a good answer, one after 4 s, one after 20 s, a bad request
/// (chapter 5, examples 5 and 6).
pub const BOOK_SLOW_WAITS: [u64; 4] =
    [20 * MILLISECOND, 400 * MILLISECOND, 2000 * MILLISECOND, 20 * MILLISECOND];

/// The statuses of that list, in its order.
pub const BOOK_SLOW_STATUSES: [u16; 4] = [200, 200, 200, 400];

/// How long that list may take, ns: the book's five seconds, at a tenth.
pub const BOOK_LIMIT: u64 = 500 * MILLISECOND;

/// A workload: the server's wait for each sequence number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Waits {
    /// Answer at once.
    None,
    /// The same wait for each request, in nanoseconds.
    Fixed(u64),
    /// [`BOOK_WAIT`] for each request.
    Book,
    /// The 48 waits of [`UNEVEN_WAITS_US`], over and over.
    Uneven,
    /// [`SLOW_WAIT`] and nine of [`USUAL_WAIT`], over and over: lesson 3.
    OneSlow,
    /// [`BOOK_SLOW_WAITS`], over and over: lesson 7.
    BookSlow,
}

impl Waits {
    /// The waits in nanoseconds; request `seq` gets the one at `seq` modulo
    /// the length. Never empty.
    pub fn list(self) -> Vec<u64> {
        match self {
            Waits::None => vec![0],
            Waits::Fixed(wait) => vec![wait],
            Waits::Book => vec![BOOK_WAIT],
            Waits::Uneven => {
                UNEVEN_WAITS_US.iter().map(|us| u64::from(*us) * 1000).collect()
            }
            Waits::OneSlow => {
                let mut waits = vec![USUAL_WAIT; 10];
                waits[0] = SLOW_WAIT;
                waits
            }
            Waits::BookSlow => BOOK_SLOW_WAITS.to_vec(),
        }
    }

    /// The waits of the requests `0..requests`, in nanoseconds.
    pub fn of(self, requests: usize) -> Vec<u64> {
        self.list().into_iter().cycle().take(requests).collect()
    }
}

/// What the server is told before a trial: its waits, and what is to go wrong.
/// A field that it does not know is refused: a fault that is misspelt would
/// else be none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Nanoseconds; request `seq` waits for the one at `seq` modulo the
    /// length. Empty means no wait. A `?sleep=` in the URL wins.
    #[serde(default)]
    pub waits: Vec<u64>,
    /// Request `seq` meets the one at `seq` modulo the length, and where its
    /// URL numbers it, each further request of that number the next digit's:
    /// [`fault::met`]. Empty means none. A `?fault=` in the URL wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Option<Fault>>,
    /// Each further request of a number meets what the first one met.
    #[serde(default, skip_serializing_if = "is_false")]
    pub steady: bool,
    /// How many are served at once; without it, all of them are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// After so many requests a connection is closed, and the last answer says
    /// so; without it, none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_connection: Option<u64>,
}

/// A server that can do only so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// Requests that are served at once; their waits run.
    pub at_once: usize,
    /// Requests that may wait for that, first come, first served; their waits
    /// begin when they are served. Whoever finds no room is answered 503, with
    /// `Retry-After: 5`.
    pub queue: usize,
}

impl Plan {
    /// Waits, in nanoseconds, and nothing that goes wrong.
    pub fn waiting(waits: impl Into<Vec<u64>>) -> Plan {
        Plan { waits: waits.into(), ..Plan::default() }
    }

    /// The same wait for each request, and nothing that goes wrong.
    pub fn each(wait: Duration) -> Plan {
        let ns = u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX);
        Plan::waiting([ns])
    }

    /// The wait of the request numbered `seq`, in nanoseconds.
    pub fn wait(&self, seq: u64) -> u64 {
        at(&self.waits, seq).unwrap_or(0)
    }

    /// What attempt `attempt`, from 0, at the request numbered `seq` meets.
    pub fn fault(&self, seq: u64, attempt: u32) -> Option<Fault> {
        let attempt = if self.steady { 0 } else { attempt };
        fault::met(&self.faults, seq, attempt)
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn at<T: Copy>(list: &[T], seq: u64) -> Option<T> {
    let place = seq.checked_rem(list.len() as u64)?;
    list.get(place as usize).copied()
}

/// 48 waits in microseconds: lognormal, mean 20 ms, sigma 1, cut at 120 ms.
///
/// One list for everybody, so that pictures can be compared. It is a typical
/// one, not a flattering one: over 3,000 seeds the median makespans at
/// 8 in flight stand to each other as waves 2.17 : shares 1.27 : queue 1, and
/// this list, of those that keep the three apart, is nearest to that
/// (`docs/uneven_waits.py` draws them again).
pub const UNEVEN_WAITS_US: [u32; 48] = [
    5900, 6400, 50900, 23800, 6200, 7900, 7600, 15900, 22900, 3300, 25200,
    78900, 4900, 13600, 99600, 4300, 26500, 17700, 7600, 33600, 11700, 23800,
    34800, 3900, 45500, 7400, 26100, 25600, 10000, 6200, 10600, 7100, 8700,
    24100, 16200, 8600, 1300, 8700, 10100, 66400, 30000, 16200, 13500, 25600,
    2400, 9500, 8300, 8100,
];
