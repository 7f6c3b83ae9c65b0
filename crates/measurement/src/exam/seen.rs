//! What the server saw of a program, URL by URL.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lull::{self, Lull};
use super::scene::Scene;
use crate::MILLISECOND;
use crate::witness::{End, Stamp, Witness};

/// Pauses that together are shorter than this are none, ns: an honest program
/// that asks again waits longer the second time, and the third.
const PAUSE: u64 = 100 * MILLISECOND;

/// So many redirects in a row, each to the URL itself, are a loop that the
/// program follows. Who asks for everything twice sees two.
const LOOP: usize = 3;

/// What the server saw in a scene. A request is *again* where its URL had been
/// asked for before and that had not come to a good answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Requests.
    pub requests: u64,
    /// Connections.
    pub connections: u64,
    /// The most requests in flight at once.
    pub peak_in_flight: u64,
    /// Requests that had no number of the list.
    pub unnumbered: u64,
    /// URLs of the list that lead to the server.
    pub reachable: u64,
    /// Of those, the ones that were asked for.
    pub asked: u64,
    /// Of those, the ones whose last answer was whole and below 400, and not
    /// the third redirect in a row.
    pub answered: u64,
    /// URLs of the list that meet something at the server.
    pub struck: u64,
    /// Of those, the ones that were asked for again.
    pub struck_again: u64,
    /// Requests again.
    pub again: u64,
    /// The most of them for one URL.
    pub most_again: u64,
    /// The shortest time from the end of a request to the next for the same
    /// URL, ns; null if there is none.
    pub soonest_ns: Option<u64>,
    /// The median of those times, ns.
    pub median_ns: Option<u64>,
    /// From the first to the last of the first requests again of each URL,
    /// ns; null unless there are two.
    pub spread_ns: Option<u64>,
    /// URLs that were asked for three more times within a tenth of a second of
    /// pauses.
    pub hasty: u64,
    /// Other URLs that were asked for three more times, with less than that
    /// tenth in which it was idle: work or a busy machine made the pauses as
    /// long as they were, as far as is known.
    pub perhaps_hasty: u64,
    /// Of the pauses before requests again, the least time in which it was
    /// idle, ns; null if there is none, or the system does not tell.
    pub idle_ns: Option<u64>,
    /// Requests for a URL that had a good answer, or was being asked for.
    pub twice: u64,
    /// Requests that followed a redirect.
    pub followed: u64,
    /// Requests that the program gave up.
    pub given_up: u64,
    /// Requests that were in flight when the program had ended.
    pub left_in_flight: u64,
    /// When the first request came and the last one, ns since the program
    /// started.
    pub first_ns: Option<u64>,
    /// When the last request came.
    pub last_ns: Option<u64>,
}

/// The attempts at one URL.
#[derive(Default)]
struct Attempts<'a> {
    stamps: Vec<&'a Stamp>,
}

/// What one attempt was, by what the one before it came to.
enum Sort {
    First,
    Twice,
    Followed,
    Again(Pause),
}

/// The time between the end of a request and the next for the same URL.
#[derive(Clone, Copy)]
struct Pause {
    from_ns: u64,
    to_ns: u64,
}

impl Pause {
    fn ns(self) -> u64 {
        self.to_ns - self.from_ns
    }

    fn idle_ns(self, lulls: &[Lull]) -> u64 {
        lull::idle(lulls, self.from_ns, self.to_ns)
    }
}

impl Attempts<'_> {
    fn sorts(&self) -> impl Iterator<Item = Sort> {
        let before = [None].into_iter();
        let before = before.chain(self.stamps.iter().map(Some));
        before.zip(&self.stamps).map(|(before, now)| match before {
            None => Sort::First,
            Some(before) => sort(before, now),
        })
    }

    /// Whether the last answer is one to be content with.
    fn came_to_good(&self) -> bool {
        let redirects = |stamp: &&&Stamp| {
            is_good(stamp) && (300..400).contains(&stamp.status)
        };
        let in_a_row = self.stamps.iter().rev().take_while(redirects).count();
        self.stamps.last().is_some_and(|last| is_good(last)) && in_a_row < LOOP
    }
}

fn is_good(stamp: &Stamp) -> bool {
    stamp.end == End::Done && (100..400).contains(&stamp.status)
}

fn sort(before: &Stamp, now: &Stamp) -> Sort {
    let Some(left) = before.sent_ns.filter(|at| *at <= now.received_ns) else {
        return Sort::Twice;
    };
    match (before.end, before.status) {
        (End::Done, 300..=399) => Sort::Followed,
        (End::Done, 0..=399) => Sort::Twice,
        _ => Sort::Again(Pause { from_ns: left, to_ns: now.received_ns }),
    }
}

impl Seen {
    /// What `witness` comes to in `scene`, with a list of so many URLs and a
    /// program that started at `start_ns` of the server's clock and was idle
    /// in these `lulls`, if the system tells.
    pub fn of(
        witness: &Witness,
        scene: &Scene,
        urls: u64,
        start_ns: u64,
        lulls: Option<&[Lull]>,
    ) -> Seen {
        let mut lists: BTreeMap<u64, Attempts<'_>> = BTreeMap::new();
        let mut stamps: Vec<&Stamp> = witness.stamps.iter().collect();
        stamps.sort_by_key(|stamp| stamp.received_ns);
        for stamp in &stamps {
            lists.entry(stamp.seq).or_default().stamps.push(stamp);
        }
        let reachable = |n: &u64| !scene.is_refused(*n, urls);
        let since = |ns: u64| ns.saturating_sub(start_ns);
        let mut seen = Seen {
            requests: witness.requests,
            connections: witness.connections,
            peak_in_flight: witness.peak_in_flight,
            unnumbered: witness.numbered_by_arrival,
            reachable: (1..=urls).filter(reachable).count() as u64,
            struck: (1..=urls)
                .filter(|n| reachable(n) && scene.is_met(*n, urls))
                .count() as u64,
            given_up: witness.aborted,
            left_in_flight: witness.in_flight,
            first_ns: stamps.first().map(|stamp| since(stamp.received_ns)),
            last_ns: stamps.last().map(|stamp| since(stamp.received_ns)),
            ..Seen::default()
        };
        let (mut pauses, mut firsts) = (Vec::new(), Vec::new());
        for (number, list) in &lists {
            if !(1..=urls).contains(number) || !reachable(number) {
                continue;
            }
            let own = seen.add(list, lulls);
            if scene.is_met(*number, urls) && !own.is_empty() {
                seen.struck_again += 1;
            }
            firsts.extend(own.first().map(|pause| pause.to_ns));
            pauses.extend(own);
        }
        seen.idle_ns = lulls.and_then(|lulls| {
            pauses.iter().map(|pause| pause.idle_ns(lulls)).min()
        });
        let mut lengths: Vec<u64> = pauses.into_iter().map(Pause::ns).collect();
        lengths.sort_unstable();
        firsts.sort_unstable();
        seen.soonest_ns = lengths.first().copied();
        seen.median_ns = lengths.get(lengths.len() / 2).copied();
        if let [first, .., last] = firsts[..] {
            seen.spread_ns = Some(last - first);
        }
        seen
    }

    /// Adds one URL. Returns the pauses before each request again.
    fn add(
        &mut self,
        list: &Attempts<'_>,
        lulls: Option<&[Lull]>,
    ) -> Vec<Pause> {
        self.asked += 1;
        let mut pauses = Vec::new();
        for sort in list.sorts() {
            match sort {
                Sort::First => {}
                Sort::Twice => self.twice += 1,
                Sort::Followed => self.followed += 1,
                Sort::Again(pause) => pauses.push(pause),
            }
        }
        self.answered += u64::from(list.came_to_good());
        self.again += pauses.len() as u64;
        self.most_again = self.most_again.max(pauses.len() as u64);
        if is_short(&pauses, Pause::ns) {
            self.hasty += 1;
        } else if let Some(lulls) = lulls
            && is_short(&pauses, |pause| pause.idle_ns(lulls))
        {
            self.perhaps_hasty += 1;
        }
        pauses
    }
}

/// Whether three in a row come to no pause, measured so.
fn is_short(pauses: &[Pause], measure: impl Fn(Pause) -> u64) -> bool {
    pauses.windows(3).any(|three| {
        let sum = three.iter().map(|pause| measure(*pause));
        sum.fold(0, u64::saturating_add) < PAUSE
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::scene::named;

    /// The attempts at the second URL of three, with these statuses.
    fn answered(statuses: &[u16]) -> u64 {
        let stamp = |(place, status): (usize, &u16)| Stamp {
            seq: 2,
            connection: 1,
            received_ns: place as u64 * MILLISECOND,
            sent_ns: Some(place as u64 * MILLISECOND),
            wait_ns: 0,
            status: *status,
            end: End::Done,
        };
        let stamps = statuses.iter().enumerate().map(stamp).collect();
        let witness = Witness { stamps, ..Witness::default() };
        Seen::of(&witness, named("redirect-loop").unwrap(), 3, 0, None).answered
    }

    #[test]
    fn who_follows_a_loop_has_no_answer() {
        // Reported as it is, asked for twice, and left at last.
        for good in [&[302][..], &[302, 302], &[302, 302, 302, 200]] {
            assert_eq!(answered(good), 1, "{good:?}");
        }
        for lost in [&[302, 302, 302][..], &[302; 20], &[200, 404]] {
            assert_eq!(answered(lost), 0, "{lost:?}");
        }
    }
}
