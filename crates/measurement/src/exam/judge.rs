//! The judgement: which word a performance deserves. In doubt, none that
//! accuses.

use super::record::{Did, Handed, Outcome, Performance};
use super::scene::{Rule, Scene};
use super::seen::Seen;
use super::word::{Verdict, Word};
use crate::quantity::{duration, mib, plural};

/// Of the time that it was told to wait, a program may be early by so many
/// hundredths: clocks and their rounding differ.
const EARLY: u64 = 5;

/// Whoever asks more often than this for one URL within the time of a scene
/// storms, however long each pause is.
const MOST_AGAIN: u64 = 20;

/// What to say of a program that performed so in `scene`, and like `plain`
/// before a server that does nothing wrong, if that was seen.
pub fn judge(
    scene: &Scene,
    now: &Performance,
    plain: Option<&Performance>,
) -> Verdict {
    let case = Case { scene, now, plain, seen: &now.seen, did: &now.did };
    let found = case
        .storms()
        .or_else(|| case.hangs())
        .or_else(|| case.hides())
        .or_else(|| case.gives_up())
        .or_else(|| case.perhaps_storms())
        .or_else(|| case.waits());
    let (word, because) = found.unwrap_or_else(|| case.carries_on());
    Verdict { word, because }
}

struct Case<'a> {
    scene: &'a Scene,
    now: &'a Performance,
    plain: Option<&'a Performance>,
    seen: &'a Seen,
    did: &'a Did,
}

type Found = (Word, String);

impl Case<'_> {
    /// Whether the URLs are asked for as they stand in the list. Who has asked
    /// for all of them may ask for something else, too, such as `robots.txt`.
    fn is_numbered(&self) -> bool {
        let Seen { unnumbered, asked, reachable, .. } = *self.seen;
        unnumbered == 0 || asked == reachable
    }

    /// Whether a request again is an answer to a fault, and not a habit.
    fn is_told_apart(&self) -> bool {
        self.seen.twice == 0 && self.is_numbered()
    }

    fn storms(&self) -> Option<Found> {
        if !self.is_told_apart() {
            return None;
        }
        let Seen { soonest_ns, hasty, most_again, .. } = *self.seen;
        let because = match (self.scene.rule, soonest_ns) {
            (Rule::Wait(told), Some(soonest)) if is_early(soonest, told) => {
                format!(
                    "it asked again after {}, and was told {}",
                    duration(soonest as f64),
                    duration(told as f64)
                )
            }
            _ if hasty > 0 => format!(
                "it asked three more times without a pause for {}",
                plural(hasty as usize, "URL")
            ),
            _ if most_again > MOST_AGAIN => {
                format!("it asked {most_again} more times for one URL")
            }
            _ => return None,
        };
        Some((Word::Storms, because))
    }

    fn hangs(&self) -> Option<Found> {
        match self.did.outcome {
            Outcome::Ended => None,
            Outcome::TooLarge => {
                let memory = self.did.peak_rss_bytes.unwrap_or(0);
                let because = format!(
                    "it took {} MiB of memory and was ended",
                    mib(memory as f64)
                );
                Some((Word::Hangs, because))
            }
            Outcome::TimeUp => {
                let half = self.now.patience_ns / 2;
                let late = self.seen.last_ns.is_some_and(|at| at > half);
                let limit = duration(self.now.patience_ns as f64);
                let starved = self.did.starved_ns.unwrap_or(0);
                Some(if late && self.seen.again > 0 {
                    let because = format!(
                        "it was still asking again after {limit}; give it \
                         more --patience"
                    );
                    (Word::CannotTell, because)
                } else if starved > half {
                    let because = format!(
                        "for {} of {limit} it waited for a processor: the \
                         machine is busy; give it more --patience",
                        duration(starved as f64)
                    );
                    (Word::CannotTell, because)
                } else {
                    (Word::Hangs, format!("it had not ended after {limit}"))
                })
            }
        }
    }

    /// URLs that it cannot have a good answer of.
    fn lost(&self) -> u64 {
        let Seen { reachable, asked, answered, .. } = *self.seen;
        let unasked = match self.scene.rule {
            // They may have been asked for on a connection that was closed.
            Rule::Spoilt => reachable - asked.min(reachable),
            _ => 0,
        };
        self.now.urls.saturating_sub(answered + unasked)
    }

    fn hides(&self) -> Option<Found> {
        let plain = self.plain.filter(|plain| plain.scene != self.now.scene)?;
        if self.scene.rule == Rule::Leave {
            // Who takes the beginning of it has all that there is to take.
            return None;
        }
        let ended_well = |did: &Did| {
            !did.exits.is_empty() && did.exits.iter().all(|code| *code == 0)
        };
        let well = ended_well(self.did) && ended_well(&plain.did);
        let alike = self.did.said.is_some() && self.did.said == plain.did.said;
        // Something that was lost in the plain list, too, is not this
        // scene's.
        let whole = plain.seen.answered == plain.urls;
        let lost = self.lost();
        let hides = lost > 0 && well && alike && whole;
        // Of a redirect that was not followed, there is nothing to tell.
        (hides && self.is_numbered()).then(|| {
            let because = format!(
                "{} failed, it ended with 0 and said what it says when all \
                 is well",
                plural(lost as usize, "URL")
            );
            (Word::Hides, because)
        })
    }

    fn gives_up(&self) -> Option<Found> {
        let Seen { reachable, asked, struck, struck_again, .. } = *self.seen;
        if asked < reachable {
            let missing = reachable - asked;
            let because = format!(
                "{} of {reachable} URLs {} never asked for",
                missing,
                if missing == 1 { "was" } else { "were" }
            );
            let unsure =
                self.seen.unnumbered > 0 || self.scene.rule == Rule::Spoilt;
            return Some(match unsure {
                true => (Word::CannotTell, because + ", as far as is seen"),
                false => (Word::GivesUp, because),
            });
        }
        if let Some(code) = self.did.exits.iter().find(|code| **code > 128)
            && self.now.handed == Handed::List
        {
            let because = format!("signal {} ended it", code - 128);
            return Some((Word::GivesUp, because));
        }
        match (self.now.handed, self.scene.rule) {
            (_, Rule::Take) => self.fails_for_nothing(),
            (Handed::One, Rule::Cope | Rule::Wait(_))
                if self.now.urls > reachable =>
            {
                let because = "a refused connection does not reach the \
                               server, so nobody sees whether it asks again";
                Some((Word::CannotTell, because.to_owned()))
            }
            (Handed::One, Rule::Cope | Rule::Wait(_))
                if struck_again < struck && self.is_told_apart() =>
            {
                Some((Word::GivesUp, "it did not ask again".to_owned()))
            }
            _ => None,
        }
    }

    /// Every answer was good, and it ended with an error.
    fn fails_for_nothing(&self) -> Option<Found> {
        let is_bad = |did: &Did| did.exits.iter().any(|code| *code != 0);
        let always = self.plain.is_some_and(|plain| is_bad(&plain.did));
        (is_bad(self.did) && !always).then(|| {
            let code = self.did.exits.iter().find(|code| **code != 0);
            let because = format!(
                "it ended with {}, and every answer was good",
                code.copied().unwrap_or(1)
            );
            (Word::GivesUp, because)
        })
    }

    /// Nobody knows whether it paused at all.
    fn perhaps_storms(&self) -> Option<Found> {
        let hasty = self.seen.perhaps_hasty as usize;
        (hasty > 0 && self.is_told_apart()).then(|| {
            let because = format!(
                "it asked three more times for {}, and the pauses may be \
                 its work or a busy machine",
                plural(hasty, "URL")
            );
            (Word::CannotTell, because)
        })
    }

    fn waits(&self) -> Option<Found> {
        let Rule::Wait(told) = self.scene.rule else { return None };
        if !self.is_told_apart() {
            return None;
        }
        let soonest = self.seen.soonest_ns?;
        if self.seen.idle_ns.is_some_and(|idle| idle < told / 2) {
            let because = format!(
                "it asked again after {} at the earliest; but for most of a \
                 pause it, or the machine, was busy",
                duration(soonest as f64)
            );
            return Some((Word::CannotTell, because));
        }
        let because = format!(
            "it was told {}, and asked again after {} at the earliest",
            duration(told as f64),
            duration(soonest as f64)
        );
        Some((Word::Waits, because))
    }

    fn carries_on(&self) -> Found {
        let Seen { again, answered, .. } = *self.seen;
        let urls = self.now.urls;
        let again = match again {
            0 => String::new(),
            count => format!(", and asked {count} more times"),
        };
        let because = match answered {
            _ if answered >= urls => format!("it has all {urls}{again}"),
            _ => format!("it has {answered} of {urls}{again}"),
        };
        (Word::CarriesOn, because)
    }
}

/// Whether a pause is clearly shorter than what was told.
fn is_early(pause_ns: u64, told_ns: u64) -> bool {
    pause_ns < told_ns / 100 * (100 - EARLY)
}
