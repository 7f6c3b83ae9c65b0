//! What the server does, as data.

use crate::MILLISECOND;
use crate::fault::Fault;
use crate::waits::{Plan, UNEVEN_WAITS_US, Waits};

/// More requests than arrive in any scene.
const MOST_ARRIVALS: u64 = 1_000_000_000;

/// How long the server waits before each answer, unless the scene is about
/// that, ns.
const WAIT: u64 = 20 * MILLISECOND;

/// How soon a refusal allows to come again at the earliest, ns: the server
/// says 1 s, or a date that is at least so far ahead.
const TOLD: u64 = 1000 * MILLISECOND;

/// A scene: what the server does for which URL, and what follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// On the command line and in records.
    pub name: &'static str,
    /// What the server does, in a few words.
    pub title: &'static str,
    /// What those URLs meet that meet something.
    pub meets: Meets,
    /// Every so manyth URL meets it.
    pub every: u64,
    /// What a program can do about it.
    pub rule: Rule,
}

/// What some URLs meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    /// Equal waits, and nothing else.
    Nothing,
    /// Waits that differ.
    Uneven,
    /// This, whoever asks how often.
    Always(Fault),
    /// This, and a good answer to whoever asks again.
    Once(Fault),
    /// One URL the first, one the second.
    OneEach(Fault, Fault),
    /// A port at which nobody listens.
    Refused,
    /// Connections that are closed after so many requests.
    Closing(u64),
}

/// What a program can do about a scene, by which it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Every answer is whole and good: take it.
    Take,
    /// The answer says all there is to know: report it.
    Report,
    /// There is no answer: report it, or ask again.
    Cope,
    /// The answer has no end: leave it, at whatever length.
    Leave,
    /// The answer says after how many nanoseconds to ask again at the
    /// earliest.
    Wait(u64),
    /// The answer is good, and its connection is not: what is sent on it next
    /// may never be seen.
    Spoilt,
}

const fn scene(
    name: &'static str,
    title: &'static str,
    meets: Meets,
    every: u64,
    rule: Rule,
) -> Scene {
    Scene { name, title, meets, every, rule }
}

/// Only one URL of the list.
const ONE: u64 = u64::MAX;

/// The scene with which all others are compared.
pub const PLAIN: &Scene = &SCENES[0];

/// All of them, in the order in which they are told.
pub const SCENES: &[Scene] = &[
    scene("plain", "a plain list", Meets::Nothing, ONE, Rule::Take),
    scene("uneven", "uneven waits", Meets::Uneven, ONE, Rule::Take),
    scene(
        "errors",
        "one 404 and one 500",
        Meets::OneEach(Fault::NotFound, Fault::ServerError),
        ONE,
        Rule::Report,
    ),
    scene(
        "retry-after",
        "503, Retry-After: 1",
        Meets::Once(Fault::Unavailable),
        6,
        Rule::Wait(TOLD),
    ),
    scene(
        "retry-after-date",
        "503, Retry-After: a date",
        Meets::Once(Fault::UnavailableUntil),
        6,
        Rule::Wait(TOLD),
    ),
    scene(
        "too-many",
        "429, Retry-After: 1",
        Meets::Once(Fault::TooManyRequests),
        6,
        Rule::Wait(TOLD),
    ),
    scene(
        "too-many-date",
        "429, Retry-After: a date",
        Meets::Once(Fault::TooManyRequestsUntil),
        6,
        Rule::Wait(TOLD),
    ),
    scene(
        "overloaded",
        "503 without a word",
        Meets::Always(Fault::Overloaded),
        12,
        Rule::Cope,
    ),
    scene("refused", "connection refused", Meets::Refused, 12, Rule::Cope),
    scene(
        "reset",
        "connection reset",
        Meets::Always(Fault::Reset),
        12,
        Rule::Cope,
    ),
    scene(
        "closed-early",
        "closed in the body",
        Meets::Always(Fault::AbortInBody),
        12,
        Rule::Cope,
    ),
    scene(
        "empty-reply",
        "closed without a byte",
        Meets::Always(Fault::EmptyReply),
        12,
        Rule::Cope,
    ),
    scene(
        "garbage",
        "bytes that are no HTTP",
        Meets::Always(Fault::Garbage),
        12,
        Rule::Cope,
    ),
    scene(
        "hang",
        "never answered",
        Meets::Always(Fault::Hang),
        ONE,
        Rule::Cope,
    ),
    scene(
        "dribble",
        "a body byte by byte",
        Meets::Always(Fault::Dribble),
        12,
        Rule::Take,
    ),
    scene(
        "endless-body",
        "a body without end",
        Meets::Always(Fault::EndlessBody),
        ONE,
        Rule::Leave,
    ),
    scene(
        "redirect",
        "302 to a good answer",
        Meets::Once(Fault::Redirect),
        6,
        Rule::Report,
    ),
    scene(
        "redirect-loop",
        "302 to itself",
        Meets::Always(Fault::RedirectLoop),
        12,
        Rule::Report,
    ),
    scene(
        "keep-alive",
        "5 requests a connection",
        Meets::Closing(5),
        ONE,
        Rule::Take,
    ),
    scene(
        "close-unsaid",
        "closed after the answer",
        Meets::Always(Fault::CloseUnsaid),
        6,
        Rule::Spoilt,
    ),
    scene(
        "wrong-length",
        "more bytes than announced",
        Meets::Always(Fault::Surplus),
        6,
        Rule::Spoilt,
    ),
    scene(
        "chunked",
        "bodies in chunks",
        Meets::Always(Fault::Chunked),
        1,
        Rule::Take,
    ),
];

/// The scene of that name.
pub fn named(name: &str) -> Option<&'static Scene> {
    SCENES.iter().find(|scene| scene.name == name)
}

impl Scene {
    /// By how much the numbers that the server sees are larger than those of
    /// the list. What has no number, such as `robots.txt`, is numbered there
    /// in the order of arrival, from 0: so it is none of the list. The plan
    /// goes around so often that it is that of the numbers from 1.
    pub fn before_first(urls: u64) -> u64 {
        let plan = (urls + 1) * UNEVEN_WAITS_US.len() as u64;
        MOST_ARRIVALS.next_multiple_of(plan)
    }

    /// Whether URL `number`, from 1, of `urls` meets something. Where only one
    /// does it is the second; of a list of one it is that.
    pub fn is_met(&self, number: u64, urls: u64) -> bool {
        let place = number.saturating_sub(1);
        let second = |at: u64| at % urls.max(1);
        match self.meets {
            Meets::Nothing | Meets::Uneven | Meets::Closing(_) => false,
            Meets::OneEach(..) => place == second(1) || place == second(2),
            _ => place % self.every.min(urls.max(1)) == second(1) % self.every,
        }
    }

    /// Whether URL `number` leads to a port at which nobody listens.
    pub fn is_refused(&self, number: u64, urls: u64) -> bool {
        self.meets == Meets::Refused && self.is_met(number, urls)
    }

    /// What the server is told before a list of so many URLs. They are
    /// numbered from [`Scene::before_first`] + 1, and in what follows from 1;
    /// number 0 stands for every further attempt.
    pub fn plan(&self, urls: u64) -> Plan {
        let mut plan = Plan::waiting([WAIT]);
        let fault = |number: u64| match self.meets {
            _ if number == 0 || !self.is_met(number, urls) => None,
            Meets::Always(fault) | Meets::Once(fault) => Some(fault),
            // The place after the first one's has the second.
            Meets::OneEach(one, other) => {
                Some(if number == 1 + 1 % urls { one } else { other })
            }
            _ => None,
        };
        match self.meets {
            Meets::Uneven => plan.waits = Waits::Uneven.list(),
            Meets::Closing(requests) => {
                plan.requests_per_connection = Some(requests);
            }
            Meets::Nothing | Meets::Refused => {}
            Meets::Always(_) | Meets::Once(_) | Meets::OneEach(..) => {
                plan.faults = (0..=urls).map(fault).collect();
                plan.steady = !matches!(self.meets, Meets::Once(_));
            }
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_fit_a_card() {
        for scene in SCENES {
            assert_eq!(named(scene.name), Some(scene));
            assert!(scene.title.len() <= 25, "{}", scene.title);
            assert!(scene.name.len() <= 16, "{}", scene.name);
        }
        assert_eq!(PLAIN.name, "plain");
        assert_eq!(named("nothing"), None);
    }

    #[test]
    fn a_plan_strikes_whom_the_scene_names_and_nobody_else() {
        for scene in SCENES {
            for urls in [1, 2, 3, 5, 24, 100] {
                let plan = scene.plan(urls);
                let none = plan.faults.is_empty();
                let before = Scene::before_first(urls);
                for number in 1..=urls {
                    let first = plan.fault(before + number, 0);
                    assert_eq!(first, plan.fault(number, 0));
                    let wait = plan.wait(before + number);
                    assert_eq!(wait, plan.wait(number));
                    let met = first.is_some();
                    let told = scene.is_met(number, urls)
                        && scene.meets != Meets::Refused;
                    assert_eq!(met, told, "{} {number}/{urls}", scene.name);
                    let again = plan.fault(before + number, 1).is_some();
                    assert_eq!(again, met && plan.steady, "{}", scene.name);
                    assert!(!none || !met);
                }
                let met = (1..=urls).filter(|n| scene.is_met(*n, urls)).count();
                let nothing = matches!(
                    scene.meets,
                    Meets::Nothing | Meets::Uneven | Meets::Closing(_)
                );
                assert_eq!(met == 0, nothing, "{} of {urls}", scene.name);
                // Something good is left, to see who carries on.
                let all = scene.every == 1 || urls < 3;
                assert!(all || met < urls as usize, "{}", scene.name);
            }
        }
    }
}
