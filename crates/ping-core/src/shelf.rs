//! Agents that keep their connections for themselves.

use std::sync::{Mutex, MutexGuard, PoisonError};

use ureq::config::Config;

use crate::Names;
use crate::dialler::Dialler;

/// Where agents are until somebody needs one for himself again, with the
/// connections that they have dialled.
#[derive(Debug)]
pub(crate) struct Shelf {
    config: Config,
    dialler: Dialler,
    names: Names,
    free: Mutex<Vec<ureq::Agent>>,
}

impl Shelf {
    /// An empty one. What all its agents share are the authorities that the
    /// dialler has loaded, and the names that were looked up.
    pub(crate) fn new(config: Config, dialler: Dialler, names: Names) -> Shelf {
        Shelf { config, dialler, names, free: Mutex::default() }
    }

    /// The one that came back last, or else a new one.
    pub(crate) fn take(&self) -> ureq::Agent {
        let back = self.free().pop();
        back.unwrap_or_else(|| {
            let (dialler, names) = (self.dialler.clone(), self.names.clone());
            ureq::Agent::with_parts(self.config.clone(), dialler, names)
        })
    }

    pub(crate) fn give_back(&self, agent: ureq::Agent) {
        self.free().push(agent);
    }

    fn free(&self) -> MutexGuard<'_, Vec<ureq::Agent>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
