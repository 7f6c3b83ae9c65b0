//! Puts overlapping intervals into lanes, so that a waterfall needs no more
//! rows than there were requests in flight at once.

/// Gives each interval (start, end) the lowest lane that is free at its
/// start. Returns a lane per interval, in the order given; lanes count from 0.
///
/// This is interval colouring: the number of lanes is the most intervals that
/// overlap at any time. An interval that starts where another ends may take
/// its lane.
pub fn assign(intervals: &[(u64, u64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    order.sort_by_key(|i| intervals[*i]);
    let mut lane_ends: Vec<u64> = Vec::new();
    let mut lanes = vec![0; intervals.len()];
    for i in order {
        let (start, end) = intervals[i];
        let free = lane_ends.iter().position(|lane_end| *lane_end <= start);
        let lane = free.unwrap_or(lane_ends.len());
        if lane == lane_ends.len() {
            lane_ends.push(end);
        } else {
            lane_ends[lane] = end;
        }
        lanes[i] = lane;
    }
    lanes
}
