use super::finding::{Finding, Trouble, Verdict};
use crate::terminal::{Ink, Paint, say, wrapped};

/// What is in order first: what is not stays in sight above the last line.
pub(super) fn tell(findings: &[Finding]) {
    say("");
    say("What on this machine would disturb a measurement".ink(Ink::Strong));
    say("");
    let mut in_turn: Vec<&Finding> = findings.iter().collect();
    in_turn.sort_by_key(|finding| urgency(&finding.verdict));
    for finding in in_turn {
        line(finding);
    }
    say("");
    let (sentence, ink) = conclusion(findings);
    say(sentence.ink(ink));
}

fn urgency(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Fine(_) => 0,
        Verdict::Unknown => 1,
        Verdict::Mind(_) => 2,
        Verdict::Mend(_) => 3,
    }
}

fn line(finding: &Finding) {
    let topic = finding.topic;
    match &finding.verdict {
        Verdict::Fine(why) => {
            say(format!("  ok    {topic:<15} {}", hanging(why)));
        }
        Verdict::Unknown => {
            let line = format!("  –     {topic:<15} not available here");
            say(line.ink(Ink::Muted));
        }
        Verdict::Mind(trouble) => {
            say(format!(
                "  {}  {}",
                "mind".ink(Ink::Strong),
                of(topic, trouble)
            ));
        }
        Verdict::Mend(trouble) => {
            say(format!(
                "  {}  {}",
                "mend".ink(Ink::Wrong),
                of(topic, trouble)
            ));
        }
    }
}

fn of(topic: &str, trouble: &Trouble) -> String {
    let Trouble { found, effect, remedy } = trouble;
    let below = " ".repeat(HANG);
    let (found, effect) = (hanging(found), hanging(effect));
    let remedy = hanging(&format!("→ {remedy}"));
    format!("{topic:<15} {found}\n{below}{effect}\n{below}{remedy}")
}

/// Where what is told of a topic begins.
const HANG: usize = 24;

/// The text in lines that stand below each other.
fn hanging(text: &str) -> String {
    wrapped(text, HANG).join("\n").trim_start().to_owned()
}

fn conclusion(findings: &[Finding]) -> (String, Ink) {
    let topics = |like: u8| {
        let alike = findings.iter().filter(|f| urgency(&f.verdict) == like);
        alike.map(|finding| finding.topic).collect::<Vec<_>>().join(", ")
    };
    let (mend, mind) = (topics(3), topics(2));
    if !mend.is_empty() {
        (format!("Mend first: {mend}."), Ink::Wrong)
    } else if !mind.is_empty() {
        (format!("Ready, with this in mind: {mind}."), Ink::Strong)
    } else {
        ("Ready.".to_owned(), Ink::Strong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_finding_decides() {
        let trouble = || Trouble::new("", "", "");
        let fine = Finding::fine("a", "");
        let unknown = Finding::unknown("b");
        let mind = Finding::mind("c", trouble());
        let mend = Finding::mend("d", trouble());
        let also = Finding::mend("e", trouble());
        let says = |findings: &[&Finding]| {
            let all: Vec<Finding> = findings.iter().copied().cloned().collect();
            conclusion(&all).0
        };
        assert_eq!(says(&[&fine, &unknown]), "Ready.");
        assert_eq!(says(&[&fine, &mind]), "Ready, with this in mind: c.");
        assert_eq!(says(&[&mend, &mind, &also]), "Mend first: d, e.");
    }
}
