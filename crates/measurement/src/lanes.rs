//! Puts overlapping intervals into lanes, so that a waterfall needs no more
//! rows than there were requests in flight at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::num::NonZeroUsize;

use crate::ways;

/// The lane of each ping of a strategy, in the order of the list.
///
/// In waves and in fixed shares ping `i` belongs to thread `i` modulo the
/// concurrency, so that is its lane, and its row in a picture is a thread's.
/// Where whoever is free takes the next, a lane is a place in flight, and
/// [`assign`] finds it.
pub fn of_pings(
    strategy: &str,
    concurrency: NonZeroUsize,
    intervals: &[(u64, u64)],
) -> Vec<usize> {
    if ways::find(strategy).is_some_and(|way| way.sharing.is_fixed()) {
        (0..intervals.len()).map(|i| i % concurrency.get()).collect()
    } else {
        assign(intervals)
    }
}

/// Gives each interval (start, end) the lowest lane that is free at its
/// start. Returns a lane per interval, in the order given; lanes count from 0.
///
/// This is interval colouring: the number of lanes is the most intervals that
/// overlap at any time. An interval that starts where another ends may take
/// its lane. One that ends before it starts is taken for an empty one.
pub fn assign(intervals: &[(u64, u64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    order.sort_by_key(|i| intervals[*i]);
    let mut lanes = vec![0; intervals.len()];
    let mut opened = 0;
    let mut free = BinaryHeap::new();
    let mut taken = BinaryHeap::new();
    for i in order {
        let (start, end) = intervals[i];
        while let Some(Reverse((until, lane))) = taken.peek().copied()
            && until <= start
        {
            taken.pop();
            free.push(Reverse(lane));
        }
        let lane = free.pop().map_or(opened, |Reverse(lane)| lane);
        opened = opened.max(lane + 1);
        taken.push(Reverse((end, lane)));
        lanes[i] = lane;
    }
    lanes
}
