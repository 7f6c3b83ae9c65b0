//! Whatever a program has started, and what that has started in turn.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::prctl;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

/// How long the system may take to end them all.
const BURIAL: Duration = Duration::from_secs(5);

/// How long what a program has started may take to end after it: a shell does
/// not wait for all that it has read from.
const LAST_STEPS: Duration = Duration::from_millis(200);

/// From [`Family::adopt`] on, what a program leaves behind when it ends
/// becomes this process's own child, also what has left its session; and all
/// of it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Family {
    spared: Vec<i32>,
}

impl Family {
    /// The children that this process has already are none of it.
    pub(crate) fn adopt() -> Family {
        let _ = prctl::set_child_subreaper(true);
        let own = Pid::this().as_raw();
        let known = processes().into_iter();
        let children = known.filter(|(_, parent)| *parent == own);
        Family { spared: children.map(|(pid, _)| pid).collect() }
    }

    /// How many processes of it there are, once those have ended that were
    /// about to. Who has steps to make and no processor to make them on is
    /// waited for.
    pub(crate) fn left(&self) -> usize {
        let own = Pid::this().as_raw();
        let start = Instant::now();
        loop {
            let left = below(own, &self.spared, &processes());
            let states = left.into_iter().map(state);
            let left: Vec<char> =
                states.filter(|state| is_alive(*state)).collect();
            let most = match left.contains(&'R') {
                true => BURIAL,
                false => LAST_STEPS,
            };
            if left.is_empty() || start.elapsed() >= most {
                return left.len();
            }
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Ends all of it.
    pub(crate) fn end(self) {
        drop(self);
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        end_below(&self.spared);
        let _ = prctl::set_child_subreaper(false);
    }
}

/// Kills every process below this one, but for these children and what is
/// below them, until there is none. Each that dies leaves its children to
/// this process, if it is a subreaper; so none gets away.
///
/// The list of processes is read one by one. If a parent ends between its
/// child's line and its own, the child hangs in the air and is not found: but
/// then it is this process's own child in the next list, so two are looked at.
pub(super) fn end_below(spared: &[i32]) {
    let own = Pid::this().as_raw();
    let until = Instant::now() + BURIAL;
    let mut empty = 0;
    while empty < 2 && Instant::now() < until {
        let below = below(own, spared, &processes());
        empty = if below.is_empty() { empty + 1 } else { 0 };
        for pid in below {
            let pid = Pid::from_raw(pid);
            let _ = kill(pid, Signal::SIGKILL);
            // Of somebody else's child this is an error, and nothing else.
            let _ = waitpid(pid, Some(WaitPidFlag::WNOHANG));
        }
        thread::park_timeout(Duration::from_millis(1));
    }
}

/// The descendants of `root` that are not spared or below one that is.
fn below(root: i32, spared: &[i32], all: &[(i32, i32)]) -> Vec<i32> {
    let mut found = Vec::new();
    let mut parents = vec![root];
    while let Some(parent) = parents.pop() {
        for (pid, of) in all {
            if *of == parent && !spared.contains(pid) {
                found.push(*pid);
                parents.push(*pid);
            }
        }
    }
    found
}

/// Whether it does something still, and does not only wait to be buried.
fn is_alive(state: char) -> bool {
    !matches!(state, 'Z' | 'X')
}

/// What a process does, by the system's letter; dead if there is none.
fn state(pid: i32) -> char {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    let stat = stat.unwrap_or_default();
    stat.rsplit_once(')')
        .and_then(|(_, rest)| rest.trim_start().chars().next())
        .unwrap_or('X')
}

/// Every process there is, and its parent.
fn processes() -> Vec<(i32, i32)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let process = |entry: fs::DirEntry| -> Option<(i32, i32)> {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // number (name) state parent …; a name may hold anything.
        let (_, rest) = stat.rsplit_once(')')?;
        Some((pid, rest.split_whitespace().nth(1)?.parse().ok()?))
    };
    entries.filter_map(process).collect()
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn spares_whom_it_is_told_and_all_below() {
        let all = [(2, 1), (3, 1), (4, 2), (5, 3), (6, 5), (9, 8)];
        let mut found = below(1, &[2], &all);
        found.sort_unstable();
        assert_eq!(found, [3, 5, 6]);
        assert!(below(7, &[], &all).is_empty());
    }
}
