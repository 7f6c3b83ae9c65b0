//! Which processes are the cluster: written by `up`, believed by `down` only
//! where the system says the same.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::system;
use crate::usage::usage;

/// The file.
const NAME: &str = "cluster.json";

/// The longest such file that is ours, in bytes.
const LONGEST: u64 = 64 * 1024;

/// The servers of a cluster.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) servers: Vec<Server>,
}

/// One of them.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Server {
    /// The port for clients.
    pub(super) port: u16,
    pub(super) process: Process,
}

/// A process, told from any other that has its number later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Process {
    pub(super) pid: u32,
    /// When it was started, in ticks since this start of the system.
    started: u64,
    system: String,
    program: PathBuf,
}

impl Process {
    /// The process that has this number now; none if there is none, or if the
    /// system does not tell.
    pub(super) fn of(pid: u32) -> Option<Process> {
        let stat = system::text(&format!("/proc/{pid}/stat"))?;
        Some(Process {
            pid,
            started: started(&stat)?,
            system: system::text("/proc/sys/kernel/random/boot_id")?,
            program: fs::read_link(format!("/proc/{pid}/exe")).ok()?,
        })
    }

    /// Whether it is there still.
    pub(super) fn is_there(&self) -> bool {
        Process::of(self.pid).as_ref() == Some(self)
    }
}

/// The 22nd field. The second is a name in brackets, which may hold blanks and
/// brackets.
fn started(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(22 - 3)?.parse().ok()
}

impl State {
    /// What was written there; none if nothing was.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not ours.
    pub(super) fn read(folder: &Path) -> Result<Option<State>> {
        let path = folder.join(NAME);
        let shown = path.display();
        let about = match fs::symlink_metadata(&path) {
            Ok(about) => about,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(error) => {
                return Err(error).context(format!("cannot read {shown}"));
            }
        };
        let other = || {
            usage(format!(
                "{shown} is not what `cluster up` writes; see what it is, and \
                 remove it"
            ))
        };
        if !about.is_file() || about.len() > LONGEST {
            return Err(other());
        }
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {shown}"))?;
        serde_json::from_str(&text).map(Some).map_err(|_| other())
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(NAME);
        fs::write(&path, serde_json::to_string_pretty(self)? + "\n")
            .with_context(|| format!("cannot write {}", path.display()))
    }

    pub(super) fn remove(folder: &Path) -> Result<()> {
        let path = folder.join(NAME);
        fs::remove_file(&path)
            .with_context(|| format!("cannot remove {}", path.display()))
    }

    /// Where clients find them.
    pub(super) fn urls(&self) -> Vec<String> {
        let url = |server: &Server| format!("nats://127.0.0.1:{}", server.port);
        self.servers.iter().map(url).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_move_the_fields() {
        let fields: Vec<String> = (3..=52).map(|n| n.to_string()).collect();
        let fields = fields.join(" ");
        for name in ["(nats-server)", "(a b) (c)", "())"] {
            let stat = format!("17 {name} {fields}");
            assert_eq!(started(&stat), Some(22), "{name}");
        }
        for stat in ["", "1 (a)", "1 (a) S 1", "1 (a) "] {
            assert_eq!(started(stat), None);
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_is_known_by_more_than_its_number() {
        let own = Process::of(std::process::id()).unwrap();
        assert!(own.is_there());
        let program = PathBuf::from("/bin/other");
        let others = [
            Process { started: own.started + 1, ..own.clone() },
            Process { program, ..own.clone() },
            Process { system: "another".to_owned(), ..own },
        ];
        for other in others {
            assert!(!other.is_there());
        }
    }
}
