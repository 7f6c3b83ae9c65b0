//! Who did which job of a batch that is shared over a queue.

use super::must::{at_most, equal, must};
use crate::bounds::Found;
use crate::machines::{CutOff, Machines, Shared};
use crate::record::{Measured, Spec};

pub(super) fn agree(spec: &Spec, measured: &Measured) -> Found {
    let both = (&spec.machines, &measured.shared);
    let (Some(machines), Some(shared)) = both else {
        return must(both.0.is_none() && both.1.is_none(), || {
            "`shared` is told of a batch with `spec.machines`, and of no other"
                .to_owned()
        });
    };
    of_spec(spec, machines)?;
    columns(spec, machines, shared, measured)?;
    ends(machines, shared, measured)
}

fn of_spec(spec: &Spec, machines: &Machines) -> Found {
    let Machines { workers, tasks, killed_at, .. } = *machines;
    must(workers > 0 && tasks > 0, || {
        "`spec.machines` has nobody who works".to_owned()
    })?;
    let all = u64::from(workers).saturating_mul(tasks.into());
    equal("spec.machines", all, spec.concurrency as u64, "in flight may be")?;
    let most = spec.requests as u64;
    at_most("spec.machines.killed_at", killed_at.unwrap_or(0), most, "pings:")
}

fn columns(
    spec: &Spec,
    machines: &Machines,
    shared: &Shared,
    measured: &Measured,
) -> Found {
    let Shared { worker, deliveries, .. } = shared;
    for (place, length) in [
        ("shared.worker", worker.len()),
        ("shared.deliveries", deliveries.len()),
    ] {
        equal(place, length as u64, spec.requests as u64, "there are pings:")?;
    }
    let status = &measured.samples.status;
    let each = worker.iter().zip(deliveries).zip(status).enumerate();
    for (ping, ((worker, deliveries), status)) in each {
        // A failure is a result, too.
        let both = worker.is_some() == deliveries.is_some();
        must(both && (worker.is_some() || status.is_none()), || {
            format!("`shared`: nobody did ping {ping}, which has a result")
        })?;
        must(worker.is_none_or(|worker| worker < machines.workers), || {
            format!("`shared.worker[{ping}]` is none of the workers")
        })?;
        must(*deliveries != Some(0), || {
            format!("`shared.deliveries[{ping}]` is 0")
        })?;
    }
    Ok(())
}

/// Of a worker that died, and of nobody else.
fn ends(machines: &Machines, shared: &Shared, measured: &Measured) -> Found {
    let Shared { killed_ns, cut_off, .. } = shared;
    let killed = machines.killed_at.is_some();
    must(killed || (killed_ns.is_none() && cut_off.is_empty()), || {
        "`shared` tells of a death, and nobody was to be killed".to_owned()
    })?;
    let of = "the trial ended at";
    at_most(
        "shared.killed_ns",
        killed_ns.unwrap_or(0),
        measured.makespan_ns,
        of,
    )?;
    let aborted = measured.server.aborted;
    let (place, seen) = ("shared.cut_off", cut_off.len() as u64);
    at_most(place, seen, aborted, "the server saw go")?;
    let pings = shared.worker.len() as u64;
    for CutOff { ping, received_ns, gone_ns } in cut_off {
        must(*ping < pings && received_ns <= gone_ns, || {
            format!("`shared.cut_off` of ping {ping} cannot be")
        })?;
    }
    Ok(())
}
