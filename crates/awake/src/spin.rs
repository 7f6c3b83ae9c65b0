//! The inside of the process that keeps the processors awake: a thread for
//! each of them, of a priority so low that whoever else wants the processor
//! has it at once.

use std::hint::spin_loop;
use std::io::{self, Read, Write};
use std::process;
use std::thread;

use anyhow::{Context, Result};
use nix::sched::{CpuSet, sched_setaffinity};
use nix::unistd::Pid;
use thread_priority::{
    NormalThreadSchedulePolicy as Policy, ThreadPriority, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

use crate::AWAKE;
use crate::processors::processors;

/// Spins on every processor until the standard input ends, which is when
/// whoever started this process is gone.
///
/// # Errors
///
/// If the system does not tell which processors there are, or refuses a
/// thread.
pub fn keep_awake() -> Result<()> {
    for processor in processors()? {
        thread::Builder::new()
            .spawn(move || {
                if let Err(error) = settle(processor) {
                    let _ = writeln!(io::stderr(), "error: {error:#}");
                    process::exit(1);
                }
                loop {
                    spin_loop();
                }
            })
            .context("cannot start a thread for each processor")?;
    }
    // Whoever does not listen any more will be gone in a moment.
    let _ = writeln!(io::stdout(), "{AWAKE}");
    let _ = io::stdin().read_to_end(&mut Vec::new());
    Ok(())
}

/// Stays on this processor, and takes it only while nobody else wants it.
fn settle(processor: usize) -> Result<()> {
    let mut only = CpuSet::new();
    only.set(processor)
        .and_then(|()| sched_setaffinity(Pid::from_raw(0), &only))
        .with_context(|| format!("cannot stay on processor {processor}"))?;
    // To the scheduler a processor with nothing but this class is idle: it
    // places threads as if nobody spun there. Elsewhere nice 19 will do.
    let lowest = |policy: Policy| {
        let policy = ThreadSchedulePolicy::Normal(policy);
        let lowest = ThreadPriority::Min;
        set_thread_priority_and_policy(thread_native_id(), lowest, policy)
    };
    lowest(Policy::Idle)
        .or_else(|_| lowest(Policy::Other))
        .context("cannot lower the priority of what keeps processors awake")
}
