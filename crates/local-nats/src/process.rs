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
    let mut options = OpenOptions::new();
    let log = options.create(true).append(true).open(log)?;
    let mut command = Command::new(program);
    command
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
