//! When each place has to be done, and who is next: a heap of deadlines.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Instant;

/// The deadlines of all places.
///
/// A place has one alarm in the heap and not one for each of its pings. When
/// the alarm rings, the ping that it was set for is usually long done; then it
/// is set again, for the ping that is under way now. So the heap is touched
/// once in a timeout, and not twice in a ping.
#[derive(Debug, Default)]
pub struct Alarms {
    heap: BinaryHeap<Reverse<(Instant, usize)>>,
    places: Vec<Place>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Place {
    /// When whoever is there has to be done; nobody is without it.
    deadline: Option<Instant>,
    /// When its alarm in the heap will ring.
    rings: Option<Instant>,
}

impl Alarms {
    /// Whoever is at this place has to be done by then.
    pub fn set(&mut self, place: usize, deadline: Instant) {
        if place >= self.places.len() {
            self.places.resize(place + 1, Place::default());
        }
        let of = &mut self.places[place];
        of.deadline = Some(deadline);
        // One that rings later would be too late. That other one stays where
        // it is in the heap, and is known when it rings.
        if of.rings.is_none_or(|rings| deadline < rings) {
            of.rings = Some(deadline);
            self.heap.push(Reverse((deadline, place)));
        }
    }

    /// Whoever is at this place is done. Its alarm stays where it is.
    pub fn clear(&mut self, place: usize) {
        if let Some(place) = self.places.get_mut(place) {
            place.deadline = None;
        }
    }

    /// When the next one rings.
    pub fn next(&self) -> Option<Instant> {
        self.heap.peek().map(|Reverse((at, _))| *at)
    }

    /// A place whose time was up by `now`; each is named once.
    pub fn due(&mut self, now: Instant) -> Option<usize> {
        while self.next().is_some_and(|at| at <= now) {
            let Reverse((at, place)) = self.heap.pop()?;
            let of = &mut self.places[place];
            if of.rings != Some(at) {
                continue;
            }
            of.rings = None;
            match of.deadline {
                Some(deadline) if deadline <= now => {
                    of.deadline = None;
                    return Some(place);
                }
                Some(deadline) => self.set(place, deadline),
                None => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_rings_once_and_those_that_are_done_never() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut alarms = Alarms::default();
        for (place, ms) in [(0, 30), (1, 10), (2, 20), (3, 10)] {
            alarms.set(place, at(ms));
        }
        alarms.clear(3);
        assert_eq!(alarms.next(), Some(at(10)));
        assert_eq!(alarms.due(at(9)), None);
        assert_eq!(alarms.due(at(25)), Some(1));
        assert_eq!(alarms.due(at(25)), Some(2));
        assert_eq!(alarms.due(at(25)), None);
        assert_eq!(alarms.due(at(30)), Some(0));
        assert_eq!(alarms.next(), None);
    }

    #[test]
    fn a_thousand_pings_of_a_place_are_one_alarm() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut alarms = Alarms::default();
        for ms in 0..1000 {
            alarms.set(7, at(5000 + ms));
            assert_eq!(alarms.heap.len(), 1);
            alarms.clear(7);
        }
        alarms.set(7, at(6000));
        // Set for the first of them; now for the last.
        assert_eq!(alarms.due(at(5000)), None);
        assert_eq!(alarms.next(), Some(at(6000)));
        assert_eq!(alarms.due(at(6000)), Some(7));
    }

    #[test]
    fn an_earlier_deadline_is_kept_although_a_later_one_was_set() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut alarms = Alarms::default();
        alarms.set(0, at(50));
        alarms.set(0, at(20));
        assert_eq!(alarms.due(at(20)), Some(0));
        // The one that is left in the heap is nobody's.
        alarms.set(0, at(70));
        assert_eq!(alarms.due(at(60)), None);
        assert_eq!(alarms.due(at(70)), Some(0));
        assert_eq!(alarms.next(), None);
    }
}
