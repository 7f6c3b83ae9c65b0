use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Result;
use measurement::record::Spec;
use measurement::ways::{self, Way};

use super::urls;
use crate::child::{self, outside};
use crate::interrupt::Interrupt;

/// The ping test in plain standard-library Python, as the reader of the book
/// knows it: for comparison in the first act, where Python is installed.
#[derive(Debug)]
pub struct Lane {
    /// What it is called and how it shares the work out.
    pub way: Way,
    source: &'static str,
}

/// One by one, and a thread per URL.
pub const LANES: &[Lane] = &[
    Lane { way: ways::PYTHON, source: include_str!("python_sequential.py") },
    Lane {
        way: ways::PYTHON_THREADS,
        source: include_str!("python_threads.py"),
    },
];

/// How long Python may take to tell its version.
const TELLS_WITHIN: Duration = Duration::from_secs(10);

/// The name of Python 3 here, if it has one that answers.
pub fn find_python(interrupt: &Interrupt) -> Option<&'static str> {
    let source = "import sys; sys.exit(sys.version_info[0] != 3)";
    let runs = |name: &&str| {
        // Looked for before it is run: that there is none is no complaint.
        if which::which(name).is_err() {
            return false;
        }
        let words = [name, "-c", source].map(str::to_owned);
        let asked = child::program(&words).and_then(|mut command| {
            command.stderr(Stdio::null());
            outside::ask(command, name, TELLS_WITHIN, interrupt)
        });
        asked.is_ok_and(|(status, _)| status.success())
    };
    ["python3", "python"].into_iter().find(runs)
}

impl Lane {
    /// The interpreter `python` with this lane's program and the URLs of the
    /// trial. It waits for a line, then pings.
    pub(crate) fn command(
        &self,
        python: &str,
        spec: &Spec,
        address: SocketAddr,
    ) -> Result<Command> {
        let mut words = vec![python.to_owned(), "-c".to_owned()];
        words.push(self.source.to_owned());
        words.extend(urls::of(spec, &[address]));
        let mut command = child::program(&words)?;
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Ok(command)
    }
}
