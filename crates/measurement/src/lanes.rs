//! Puts overlapping intervals into lanes, so that a waterfall needs no more
//! rows than there were requests in flight at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
