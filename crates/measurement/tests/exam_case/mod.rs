//! What the server saw of made-up programs, for the tests of the exam.

use measurement::MILLISECOND;
use measurement::exam::{
    Did, Handed, Mark, Outcome, PLAIN, Performance, Rule, Said, Scene, Seen,
    Word, judge, named,
};
use measurement::witness::{End, Stamp, Witness};

pub(crate) const URLS: u64 = 24;
pub(crate) const SECOND: u64 = 1000 * MILLISECOND;

/// An attempt at a URL.
pub(crate) fn attempt(
    seq: u64,
    from_ms: u64,
    to_ms: u64,
    status: u16,
    end: End,
) -> Stamp {
    Stamp {
        seq,
        connection: seq,
        received_ns: from_ms * MILLISECOND,
        sent_ns: (end != End::InFlight).then_some(to_ms * MILLISECOND),
        wait_ns: 0,
        status,
        end,
    }
}

/// A program that asks for each URL once, and for those that meet something
/// again after each of `pauses_ms`.
pub(crate) fn witness(scene: &Scene, pauses_ms: &[u64]) -> Witness {
    let mut stamps = Vec::new();
    for seq in (1..=URLS).filter(|seq| !scene.is_refused(*seq, URLS)) {
        let bad = scene.is_met(seq, URLS);
        let (status, end) = match (bad, scene.rule) {
            (false, _) => (200, End::Done),
            (true, Rule::Wait(_)) => (503, End::Done),
            (true, Rule::Take | Rule::Spoilt) => (200, End::Done),
            (true, Rule::Report) => (404, End::Done),
            (true, _) => (200, End::Faulted),
        };
        let mut at = seq;
        stamps.push(attempt(seq, at, at + 20, status, end));
        for pause in pauses_ms.iter().filter(|_| bad) {
            at += 20 + pause;
            let (status, end) = match scene.rule {
                Rule::Wait(_) => (200, End::Done),
                _ => (status, end),
            };
            stamps.push(attempt(seq, at, at + 20, status, end));
        }
    }
    seen_of(stamps)
}

pub(crate) fn seen_of(stamps: Vec<Stamp>) -> Witness {
    Witness {
        requests: stamps.len() as u64,
        peak_in_flight: 8,
        connections: 8,
        stamps,
        ..Witness::default()
    }
}

pub(crate) fn said(text: &str) -> Option<Said> {
    Some(Said::of(text, &[]))
}

pub(crate) fn did(exit: i32, text: &str) -> Did {
    Did {
        outcome: Outcome::Ended,
        exits: vec![exit],
        wall_ns: SECOND,
        cpu_ns: Some(SECOND / 10),
        starved_ns: Some(0),
        peak_rss_bytes: Some(20 << 20),
        left_processes: 0,
        last_line: text.to_owned(),
        said: said(text),
    }
}

pub(crate) fn performance(
    scene: &Scene,
    witness: &Witness,
    did: Did,
) -> Performance {
    Performance {
        scene: scene.name.to_owned(),
        urls: URLS,
        handed: Handed::List,
        patience_ns: 10 * SECOND,
        seen: Seen::of(witness, scene, URLS, 0, None),
        did,
        requests: vec![Mark {
            url: 1,
            from_ns: 1,
            to_ns: Some(2),
            status: 200,
            end: End::Done,
            again: false,
        }],
        requests_left_out: 0,
    }
}

pub(crate) fn plain() -> Performance {
    performance(PLAIN, &witness(PLAIN, &[]), did(0, "24 ok"))
}

pub(crate) fn word_of(now: &Performance) -> Word {
    judge(named(&now.scene).unwrap(), now, Some(&plain())).word
}

pub(crate) fn word(scene: &str, pauses_ms: &[u64], did: Did) -> Word {
    let scene = named(scene).unwrap();
    word_of(&performance(scene, &witness(scene, pauses_ms), did))
}
