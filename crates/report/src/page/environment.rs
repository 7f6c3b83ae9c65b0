//! Where a run was made, in words.

use measurement::environment::Run;
use measurement::quantity::gib;

/// A row for each thing that is known or not known of the machine.
pub(super) fn environment(run: &Run) -> Vec<(&'static str, String)> {
    let machine = &run.environment;
    let mut rows =
        vec![("run", run.run_id.clone()), ("seed", run.seed.to_string())];
    let mut row = |name, value: Option<String>| {
        rows.push((name, value.unwrap_or_else(|| "not known".to_owned())));
    };
    row("system", Some(machine.system.clone()));
    row("kernel", machine.kernel.clone());
    row("processor", machine.processor.clone());
    row("processors", machine.processors.map(|n| n.to_string()));
    let yes_or_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    row("virtual machine", machine.virtual_machine.map(yes_or_no));
    row("governor", machine.governor.clone());
    row("memory", machine.memory_bytes.map(gib));
    row("open files", machine.open_files.map(|n| n.to_string()));
    row("load before", machine.load.map(|load| format!("{load:.2}")));
    row("compiler", Some(machine.rustc.clone()));
    row("build", Some(machine.profile.clone()));
    row("commit", machine.commit.clone());
    row("crates", Some(machine.crates.join(", ")));
    rows
}
