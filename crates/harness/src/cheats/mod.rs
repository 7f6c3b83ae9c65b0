//! `harness doctor --cheats`: liars, planted to see that each is caught.
//!
//! A check that nobody ever failed may be one that cannot fail. So every check
//! that a client could deceive has a liar of its own in [`LIARS`]: a strategy
//! that does less, or more, or tells something else than it did. It runs as
//! strategies do, in a child process against the real server, and the check
//! that its row names must catch it.
//!
//! One check has none: `littles-law` compares the server with itself, and
//! what a client does or tells is not in it.

mod heard;
mod liar;
mod rows;
mod tell;

use std::process::ExitCode;

use anyhow::{Result, bail};
use measurement::record::Spec;
use ping_core::Setup;

pub use self::liar::{Finding, Liar};
pub use self::rows::{HONEST, LIARS};
use crate::child::Server;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::strategies::{self, Ready, Strategy, Urls};
use crate::trial::{Identity, Runner, Told};
use heard::Heard;

/// Runs every liar and an honest strategy, and tells who was caught by what.
/// Fails if one got through, or if the honest one was accused.
///
/// # Errors
///
/// If the test server cannot be started.
pub fn cheats() -> Result<ExitCode> {
    let interrupt = Interrupt::install(|| ())?;
    tell::announce();
    let server = Server::start(&interrupt)?;
    let runner = Runner::new(&server, &interrupt);
    let mut heard = Vec::new();
    for (number, liar) in (0..).zip(LIARS.iter().chain([&HONEST])) {
        let spec = liar.spec(u64::from(number));
        let identity = Identity::outside_a_run("cheats", number, &spec);
        let Ok(trial) = runner.trial(&identity, &spec) else {
            return Ok(ExitCode::from(INTERRUPTED));
        };
        heard.push(Heard::of(liar, trial));
        // A server that is broken breaks all that follows: each would take
        // seconds to fail.
        if heard.len() == GIVEN_UP_AFTER && heard.iter().all(Heard::failed) {
            tell::tell(&heard);
            bail!(
                "gave up: the first {GIVEN_UP_AFTER} trials failed; `harness \
                 doctor` looks for what is wrong with the machine"
            );
        }
    }
    let as_it_should = heard.iter().all(|heard| heard.as_it_should);
    tell::tell(&heard);
    Ok(ExitCode::from(u8::from(!as_it_should)))
}

/// If so many fail at the beginning, nothing will work.
const GIVEN_UP_AFTER: usize = 3;

/// Whoever does the pings of a trial.
pub(crate) enum Performer {
    Strategy(&'static Strategy),
    Liar(&'static Liar),
}

/// The one of this name. Liars have names of their own, which no command
/// offers.
pub(crate) fn performer(name: &str) -> Option<Performer> {
    let strategy = strategies::find(name).map(Performer::Strategy);
    strategy.or_else(|| {
        let mut all = LIARS.iter().chain([&HONEST]);
        all.find(|liar| liar.name == name).map(Performer::Liar)
    })
}

impl Performer {
    /// Builds its client, and what else it needs to begin.
    pub(crate) fn prepare(
        &self,
        setup: &Setup,
        spec: &Spec,
        urls: &Urls,
    ) -> Result<Ready> {
        match self {
            Performer::Strategy(strategy) => strategy.prepare(setup),
            Performer::Liar(liar) => liar.prepare(setup, spec, urls),
        }
    }

    /// What it makes of the result, when everything has been measured: a
    /// strategy leaves it as it is.
    pub(crate) fn retell(&self, spec: &Spec, told: Told) -> Told {
        match self {
            Performer::Strategy(_) => told,
            Performer::Liar(liar) => liar.retell(spec, told),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_offered_a_liar() {
        for liar in LIARS.iter().chain([&HONEST]) {
            assert!(liar.name.starts_with("cheat-"), "{}", liar.name);
            assert!(strategies::find(liar.name).is_none(), "{}", liar.name);
            assert!(performer(liar.name).is_some(), "{}", liar.name);
        }
    }
}
