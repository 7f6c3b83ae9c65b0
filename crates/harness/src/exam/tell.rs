//! The card on the terminal.

use charts::caption_exam;
use comfy_table::CellAlignment;
use measurement::exam::{
    Exam, Expectation, Handed, Outcome, Scored, Word, named,
};
use measurement::quantity::{duration, mib, plural};
use safe_text::terminal::shortened;

use crate::called::called;
use crate::terminal::{Ink, Paint, plain_table, say, wrapped};

/// Says it all.
pub(super) fn tell(exam: &Exam) {
    say("");
    let handed = match exam.handed {
        Handed::List => plural(exam.urls as usize, "URL"),
        Handed::One => plural(exam.urls as usize, "call"),
    };
    let name = shortened(exam.name(), 40);
    let title = format!("Exam of {name}: {handed} in each scene");
    say(title.ink(Ink::Strong));
    card(&exam.scenes);
    say("");
    say(caption_exam(exam).title.ink(Ink::Strong));
    let striking: Vec<&Scored> =
        exam.scenes.iter().filter(|one| is_striking(one)).collect();
    if let [one] = &exam.scenes[..] {
        say("");
        details(one);
    } else if !striking.is_empty() {
        say("");
        say("What is striking".ink(Ink::Strong));
        striking.into_iter().for_each(why);
    }
    say("");
}

fn card(scenes: &[Scored]) {
    let header = [
        "scene",
        "judgement    ",
        "asked",
        "peak",
        "conn",
        "again",
        "exit",
        "time",
        "MiB",
    ];
    let rows: Vec<Vec<String>> = scenes.iter().map(row).collect();
    let lines = plain_table(&header, rows.into_iter(), CellAlignment::Right);
    let mut lines = lines.into_iter();
    if let Some(line) = lines.next() {
        say(format!(" {line}").ink(Ink::Muted));
    }
    for (line, one) in lines.zip(scenes) {
        let text = one.verdict.word.text();
        let inked = match one.verdict.word.accuses() {
            true => line.replacen(text, &text.ink(Ink::Wrong), 1),
            false => line,
        };
        say(format!(" {inked}"));
    }
}

fn row(one: &Scored) -> Vec<String> {
    let (seen, did) = (&one.performance.seen, &one.performance.did);
    let memory = did.peak_rss_bytes.map(|bytes| mib(bytes as f64));
    vec![
        one.performance.scene.clone(),
        // The column is one of numbers, and this is none.
        format!("{:<13}", one.verdict.word.text()),
        seen.requests.to_string(),
        seen.peak_in_flight.to_string(),
        seen.connections.to_string(),
        seen.again.to_string(),
        exit(one),
        duration(did.wall_ns as f64),
        memory.unwrap_or_default(),
    ]
}

/// The exit code: the first that is not 0. A program that was ended has none.
fn exit(one: &Scored) -> String {
    let did = &one.performance.did;
    let bad = did.exits.iter().find(|code| **code != 0);
    match (did.outcome, bad) {
        (Outcome::Ended, Some(code)) => code.to_string(),
        (Outcome::Ended, None) => "0".to_owned(),
        _ => "cut".to_owned(),
    }
}

fn is_striking(one: &Scored) -> bool {
    is_doubtful(one.verdict.word) || !one.remarks.is_empty()
}

/// Whether one wants to know the reason of the word.
fn is_doubtful(word: Word) -> bool {
    word.accuses() || word == Word::CannotTell
}

fn why(one: &Scored) {
    let verdict = &one.verdict;
    let mut clauses = Vec::new();
    if is_doubtful(verdict.word) {
        clauses.push(format!("{}: {}", verdict.word.text(), verdict.because));
    }
    clauses.extend(one.remarks.iter().map(|remark| remark.text().to_owned()));
    let name = format!("  {:<17}", one.performance.scene);
    for (number, line) in wrapped(&clauses.join("; "), 19).iter().enumerate() {
        match number {
            0 => say(format!("{name}{}", line.trim_start())),
            _ => say(line),
        }
    }
    if verdict.word.accuses() && !one.performance.did.last_line.is_empty() {
        let line = &one.performance.did.last_line;
        let line = shortened(line, 52);
        say(format!("{:19}it said: {line}", "").ink(Ink::Muted));
    }
}

/// All that is known of one scene.
fn details(one: &Scored) {
    let (seen, did) = (&one.performance.seen, &one.performance.did);
    let scene = named(&one.performance.scene);
    let time =
        |ns: Option<u64>| ns.map_or("n/a".to_owned(), |ns| duration(ns as f64));
    let mut lines = vec![
        ("the server", scene.map_or("", |scene| scene.title).to_owned()),
        ("judgement", one.verdict.word.text().to_owned()),
        ("because", one.verdict.because.clone()),
    ];
    if !one.remarks.is_empty() {
        let remarks: Vec<&str> =
            one.remarks.iter().map(|remark| remark.text()).collect();
        lines.push(("also", remarks.join(", ")));
    }
    lines.extend([
        (
            "URLs",
            format!(
                "{} asked for, {} answered well, of {}",
                seen.asked, seen.answered, one.performance.urls
            ),
        ),
        ("requests", seen.requests.to_string()),
        ("peak in flight", seen.peak_in_flight.to_string()),
        ("connections", seen.connections.to_string()),
        (
            "asked again",
            format!("{}, at most {} for one URL", seen.again, seen.most_again),
        ),
    ]);
    if seen.again > 0 {
        lines.push(("soonest", time(seen.soonest_ns)));
        lines.push(("median", time(seen.median_ns)));
        lines.push(("spread", time(seen.spread_ns)));
    }
    lines.extend([
        ("redirects followed", seen.followed.to_string()),
        (
            "left behind",
            format!(
                "{} in flight, {} given up, {}",
                seen.left_in_flight,
                seen.given_up,
                plural_of_processes(did.left_processes)
            ),
        ),
        ("exit", exit(one)),
        ("time", duration(did.wall_ns as f64)),
        ("CPU", time(did.cpu_ns)),
        (
            "memory",
            did.peak_rss_bytes.map_or("n/a".to_owned(), |bytes| {
                format!("{} MiB", mib(bytes as f64))
            }),
        ),
        ("last line", did.last_line.clone()),
    ]);
    for (name, value) in lines {
        for (number, line) in wrapped(&value, 21).iter().enumerate() {
            match number {
                0 => say(format!("  {name:<19}{}", line.trim_start())),
                _ => say(line),
            }
        }
    }
}

/// Says how to know more, where there is more to know.
pub(super) fn further(exam: &Exam) {
    let accused = exam.scenes.iter().find(|one| one.verdict.word.accuses());
    let (Some(one), true) = (accused, exam.scenes.len() > 1) else { return };
    say(format!("  {:<18} --scene {}", "one in full", one.performance.scene));
    say(format!("  {:<18} {} exam --list", "what words mean", called()));
}

fn plural_of_processes(count: u64) -> String {
    match count {
        1 => "1 process".to_owned(),
        _ => format!("{count} processes"),
    }
}

/// A line for each expectation that is not met.
pub(super) fn missed(exam: &Exam, expected: &[Expectation]) -> Vec<String> {
    let missed = expected.iter().filter(|one| !one.is_met(&exam.scenes));
    missed
        .map(|one| {
            let came = match one.of(&exam.scenes) {
                Some(scored) => format!(
                    "{}: {}",
                    scored.verdict.word.text(),
                    scored.verdict.because
                ),
                None => "it was not played".to_owned(),
            };
            format!(
                "not as expected: {} in `{}`, but {came}",
                one.word.text(),
                one.scene.name
            )
        })
        .collect()
}
