//! A folder for each chart: what is drawn of the numbers, and its words.

pub(crate) mod cpu_cost;
pub(crate) mod efficiency;
pub(crate) mod latency;
pub(crate) mod memory;
pub(crate) mod speed_up;
pub(crate) mod waterfall;
pub(crate) mod waterfall_live;
pub(crate) mod witness;
