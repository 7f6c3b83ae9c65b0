//! One word for one answer, and the safe one: what is right is said by RFC 9110
//! and 9112, and where a reader may choose, nobody takes what two readers could
//! understand in two ways. The answers stand in `words.txt`.

use std::fmt::Write;

use crate::loopback::OnLoopback;
use crate::raw::Raw;
use crate::{Both, quote, word};

/// A line of the file.
struct Case {
    what: &'static str,
    section: &'static str,
    word: &'static str,
    answer: Vec<u8>,
}

fn cases() -> impl Iterator<Item = Case> {
    let lines = include_str!("words.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(|line| {
        let mut fields = line.splitn(4, " | ");
        let mut next = || fields.next().expect(line);
        let (what, section, word) = (next(), next(), next());
        Case { what, section, word, answer: bytes(next()) }
    })
}

/// The bytes that a text of the file stands for.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (byte, length) = match c {
            '{' => {
                let end = rest.find('}').expect("a brace ends");
                let (part, times) = rest[1..end].rsplit_once('*').unwrap();
                let times = times.parse().unwrap();
                bytes.extend(self::bytes(part).repeat(times));
                rest = &rest[end + 1..];
                continue;
            }
            '¶' => {
                bytes.push(b'\r');
                (b'\n', '¶'.len_utf8())
            }
            '\\' => match rest.as_bytes()[1] {
                b'r' => (b'\r', 2),
                b'n' => (b'\n', 2),
                b'0' => (0, 2),
                _ => (u8::from_str_radix(&rest[2..4], 16).unwrap(), 4),
            },
            c => (u8::try_from(c).expect("ASCII"), 1),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    bytes
}

#[test]
fn every_answer_has_one_word() {
    let (both, on_loopback) = (Both::new(), OnLoopback::new());
    let mut wrong = String::new();
    let mut table = String::from(
        "| answer | RFC, section | what every strategy says |\n\
         | --- | --- | --- |\n",
    );
    for Case { what, section, word: expected, answer } in cases() {
        let server = Raw::answering(answer);
        let said = both.ping(&server.url());
        let words = [
            ("ureq", word(&said.ureq.result)),
            ("reqwest", word(&said.reqwest.result)),
            ("the event loop", word(&said.event_loop.unwrap().result)),
            ("the tiny executor", word(&said.executor.unwrap().result)),
            ("on loopback", word(&on_loopback.ping(&server.url()))),
        ];
        for (who, word) in words {
            if word != expected {
                let _ =
                    writeln!(wrong, "{what}: {who}: {word}, not {expected}");
            }
        }
        let _ = writeln!(table, "| {what} | {section} | {expected} |");
    }
    assert!(wrong.is_empty(), "{wrong}");
    quote("docs/answers.md", "answers", &table);
}
