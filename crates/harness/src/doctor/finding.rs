/// What one look at the machine came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// What was looked at, in a word or two.
    pub(super) topic: &'static str,
    pub(super) verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// In order, and why.
    Fine(String),
    /// The system does not tell.
    Unknown,
    /// A measurement can be made, and read with this in mind.
    Mind(Trouble),
    /// A measurement made now would be wrong, or not be possible.
    Mend(Trouble),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// What was found.
    pub(super) found: String,
    /// What it does to a result.
    pub(super) effect: &'static str,
    /// What to do about it.
    pub(super) remedy: String,
}

impl Trouble {
    pub(super) fn new(
        found: impl Into<String>,
        effect: &'static str,
        remedy: impl Into<String>,
    ) -> Trouble {
        Trouble { found: found.into(), effect, remedy: remedy.into() }
    }
}

impl Finding {
    pub(super) fn fine(topic: &'static str, why: impl Into<String>) -> Finding {
        Finding { topic, verdict: Verdict::Fine(why.into()) }
    }

    pub(super) fn unknown(topic: &'static str) -> Finding {
        Finding { topic, verdict: Verdict::Unknown }
    }

    pub(super) fn mind(topic: &'static str, trouble: Trouble) -> Finding {
        Finding { topic, verdict: Verdict::Mind(trouble) }
    }

    pub(super) fn mend(topic: &'static str, trouble: Trouble) -> Finding {
        Finding { topic, verdict: Verdict::Mend(trouble) }
    }
}

/// How bad a finding is: what the tests of the thresholds compare.
#[cfg(test)]
impl Finding {
    pub(super) fn is(&self) -> &'static str {
        match self.verdict {
            Verdict::Fine(_) => "fine",
            Verdict::Unknown => "unknown",
            Verdict::Mind(_) => "mind",
            Verdict::Mend(_) => "mend",
        }
    }
}
