//! What `cluster measure` leaves and tells. It needs no client of a queue, so
//! that its folder can be drawn by a program that was built without.

mod keep;
mod tell;

pub use keep::{MACHINES, draw, name};
pub use tell::{batch_name, costs, memory, scaling, tell, verdicts};
