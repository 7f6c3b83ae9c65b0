use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Starts the server with this configuration; what it says goes to `log`. It
/// goes on when we end.
///
/// # Errors
///
/// If the log cannot be written or the program not be started.
pub fn start(program: &Path, config: &Path, log: &Path) -> io::Result<Child> {
    start_by(&[], program, config, log)
}

/// The same by a program that becomes it: `by` are the words that stand in
/// front of the server's own.
pub(crate) fn start_by(
    by: &[OsString],
    program: &Path,
    config: &Path,
    log: &Path,
) -> io::Result<Child> {
    let mut options = OpenOptions::new();
    let log = options.create(true).append(true).open(log)?;
    let words = by.iter().map(OsString::as_os_str);
    let mut words = words.chain([program.as_os_str()]);
    let mut command = Command::new(words.next().unwrap_or_default());
    command
        .args(words)
        .arg("--config")
        .arg(config)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // Ctrl-C in the terminal is not meant for it.
        command.process_group(0);
    }
    command.spawn()
}
