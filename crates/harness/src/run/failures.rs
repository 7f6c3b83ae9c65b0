use measurement::record::{Outcome, Trial};

use super::end::End;

/// So many trials that fail one after the other for the same reason are no
/// accident: the next will fail, too, and each costs its reader seconds.
const ENOUGH: u32 = 3;

/// The failures in a row, up to now.
#[derive(Debug, Default)]
pub(super) struct Failures {
    kind: String,
    row: u32,
}

impl Failures {
    /// Counts what came of a trial.
    ///
    /// # Errors
    ///
    /// After too many failures of one kind in a row.
    pub(super) fn count(&mut self, trial: &Trial) -> Result<(), End> {
        let Outcome::Failed { reason } = &trial.outcome else {
            self.row = 0;
            return Ok(());
        };
        let kind = kind(reason);
        self.row = if self.kind == kind { self.row + 1 } else { 1 };
        self.kind = kind;
        if self.row < ENOUGH {
            return Ok(());
        }
        Err(End::GaveUp(format!(
            "gave up after {} failures in a row: {reason}; `harness doctor` \
             looks for what is wrong with the machine",
            self.row
        )))
    }
}

/// A reason without its numbers: ports, processes, counts and times differ
/// where the cause is the same.
fn kind(reason: &str) -> String {
    reason.chars().filter(|c| !c.is_ascii_digit()).collect()
}
