//! The program as its users meet it: real processes, real sockets, real
//! signals. Nothing here waits for a clock: a test waits for a line of output,
//! for the end of a process, or for what the server counts.

#![cfg(unix)]

mod common;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod terminal;

mod bad_input;
#[cfg(target_os = "linux")]
mod deadlines;
mod doctor;
#[cfg(target_os = "linux")]
mod failures;
mod lesson;
mod ping;
mod ping_fair;
mod ping_hostile;
mod ping_limits;
mod ping_output;
mod plot;
mod run;
mod serve;
#[cfg(target_os = "linux")]
mod signals;
mod smoke;
#[cfg(target_os = "linux")]
mod stopping;
mod witness;
