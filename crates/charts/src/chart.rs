//! A folder for each chart: what is drawn of the numbers, and its words.

pub(crate) mod efficiency;
pub(crate) mod latency;
pub(crate) mod speed_up;
pub(crate) mod trust;
