//! The program as its users meet it: real processes, real sockets, real
//! signals. Nothing here waits for a clock: a test waits for a line of output,
//! for the end of a process, or for what the server counts.

#![cfg(unix)]

mod common;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod terminal;

#[cfg(target_os = "linux")]
mod awake;
mod bad_input;
mod capacity;
mod columns;
mod compare;
#[cfg(target_os = "linux")]
mod deadlines;
#[cfg(all(target_os = "linux", feature = "many-machines"))]
mod deployment;
#[cfg(target_os = "linux")]
mod disks;
mod doctor;
#[cfg(target_os = "linux")]
mod endings;
mod escaping;
#[cfg(target_os = "linux")]
mod exam;
mod exam_habits;
mod expectations;
#[cfg(target_os = "linux")]
mod failures;
#[cfg(target_os = "linux")]
mod family;
#[path = "../figures/mod.rs"]
mod figures;
mod in_your_tests;
mod installed;
#[cfg(target_os = "linux")]
mod leaving;
mod lesson;
#[cfg(all(target_os = "linux", feature = "many-machines"))]
mod listening;
#[cfg(all(target_os = "linux", feature = "many-machines"))]
mod machines;
#[cfg(all(target_os = "linux", feature = "many-machines"))]
mod machines_measured;
mod manual;
#[cfg(target_os = "linux")]
mod mutations;
#[cfg(not(feature = "many-machines"))]
mod no_machines;
#[cfg(target_os = "linux")]
mod peers;
mod ping;
mod ping_fair;
#[cfg(target_os = "linux")]
mod ping_file;
mod ping_limits;
mod ping_output;
mod ping_secrets;
mod plot;
mod records;
#[cfg(target_os = "linux")]
mod repeat;
#[cfg(all(target_os = "linux", feature = "many-machines"))]
mod rights;
mod run;
mod serve;
mod serve_for_tests;
mod shapes;
#[cfg(target_os = "linux")]
mod signals;
mod smoke;
#[cfg(target_os = "linux")]
mod stopping;
#[cfg(target_os = "linux")]
mod strangers;
#[cfg(target_os = "linux")]
mod waiting;
mod witness;
mod words;
