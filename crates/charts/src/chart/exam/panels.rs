//! The panels, from the record of an exam: one for each word that was said,
//! in it a row for each scene.

use measurement::exam::{Exam, Handed, Mark, Performance, Scored, Word};
use measurement::lanes;
use measurement::quantity::{capital, duration, plural};
use measurement::witness::End;

use super::words::counts;
use crate::error::ChartError;
use crate::finding::elided;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::scale::{Scale, Steps};

/// More rows than this are a table.
const MOST_ROWS: usize = 40;

/// The most lines of bars in a row: more are thinner than a line.
const MOST_LANES: usize = 12;

/// Room at the right for the time beside the longest row, as a factor.
const ROOM: f64 = 1.25;

/// What got no whole answer. An outline of a bar of a few pixels would look
/// like a solid one.
const LOST: Paint = Paint::ScopedThreads;

/// Nanoseconds in a second, the unit of the axis.
const SECOND: f64 = 1e9;

/// The panels, and what was looked at.
pub(crate) fn plot(exam: &Exam) -> Result<(Plot, String), ChartError> {
    match exam.scenes.len() {
        0 => return Err(ChartError::NothingSeen),
        count if count > MOST_ROWS => {
            let limit = MOST_ROWS;
            return Err(ChartError::TooManyStrategies { count, limit });
        }
        _ => {}
    }
    let key = vec![
        Item::new(Sample::Idle, "the program runs"),
        Item::new(Sample::Extra, "a request"),
        Item::new(Sample::Bar(Paint::WorkerPool), "for the same URL again"),
        Item::new(Sample::Bar(LOST), "below: no whole answer"),
    ];
    let plot = Plot {
        panels: panels(exam),
        key: [key.clone(), key],
        one_scale: true,
        stacked: true,
    };
    let urls = exam.urls as usize;
    let handed = match exam.handed {
        Handed::List => format!("a file of {}", plural(urls, "URL")),
        Handed::One => format!("one URL, {}", plural(urls, "time")),
    };
    let subtitle = format!(
        "A scene is a server with a fault of its own, or none. The program was \
         given {handed}, and {} for each scene.",
        duration(exam.patience_ns as f64)
    );
    Ok((plot, subtitle))
}

/// A panel for each word, in the order of the title; time is named below the
/// last one.
fn panels(exam: &Exam) -> Vec<Panel> {
    let ends = exam.scenes.iter().map(|one| end(&one.performance));
    let x = Scale::new(Steps::Linear, ends.map(|s| ROOM * s), (0.0, 1.0));
    let counts = counts(exam);
    let last = counts.len();
    let panel = |(at, (_, word)): (usize, &(usize, Word))| {
        let of = exam.scenes.iter().filter(|one| one.verdict.word == *word);
        let x = match at + 1 == last {
            true => Axis::round("since the program started", x.clone(), " s"),
            false => Axis::at("", x.clone(), Vec::new()),
        };
        panel((*word, exam.handed), &of.collect::<Vec<_>>(), x)
    };
    counts.iter().enumerate().map(panel).collect()
}

fn panel((word, handed): (Word, Handed), scenes: &[&Scored], x: Axis) -> Panel {
    let (mut layers, mut notes) = (Vec::new(), Vec::new());
    for (row, one) in (0_u32..).zip(scenes) {
        let (now, row) = (&one.performance, f64::from(row));
        layers.push(Layer::Bar {
            from: (0.0, row + 0.1),
            to: (end(now), row + 0.9),
            paint: Paint::Idle,
            hover: format!(
                "{}: {}; {}",
                now.scene,
                word.text(),
                one.verdict.because
            ),
        });
        layers.extend(bars(now, row));
        let time = duration(now.did.wall_ns as f64);
        let note = Note::needed(time, (end(now), row + 0.5));
        notes.push(note.rather(Side::Along));
    }
    let names: Vec<String> =
        scenes.iter().map(|one| elided(&one.performance.scene, 18)).collect();
    let count = plural(scenes.len(), "scene");
    Panel {
        title: format!("{} in {count}", capital(word.text())),
        about: meaning(word, handed).to_owned(),
        layers,
        notes,
        ..Panel::new(x, Axis::rows(&names), Height::Rows(scenes.len(), 1))
    }
}

/// What the word says that cannot be seen.
fn meaning(word: Word, handed: Handed) -> &'static str {
    match (word, handed) {
        (Word::CarriesOn, Handed::List) => "asked for every URL, and ended",
        (Word::CarriesOn, Handed::One) => "asked for all there was, and ended",
        (Word::GivesUp, Handed::List) => "ended, and left URLs unasked",
        (Word::GivesUp, Handed::One) => "no good answer, and asked no more",
        (Word::Hangs, _) => "had to be ended",
        (Word::Hides, _) => "a URL failed, and it told nobody",
        (Word::Storms, _) => "asked again at once, or sooner than told",
        (Word::Waits, _) => "asked again, and not sooner than told",
        (Word::CannotTell, _) => "what was seen does not decide it",
    }
}

/// When the program had ended, seconds.
fn end(now: &Performance) -> f64 {
    now.did.wall_ns as f64 / SECOND
}

/// The requests of a scene, side by side where they were in flight together.
fn bars(now: &Performance, row: f64) -> impl Iterator<Item = Layer> {
    let last = now.did.wall_ns;
    let flight = |mark: &Mark| {
        let from = mark.from_ns.min(last);
        (from, mark.to_ns.unwrap_or(last).clamp(from, last))
    };
    let flights: Vec<(u64, u64)> = now.requests.iter().map(flight).collect();
    let places = lanes::assign(&flights);
    let most = places.iter().max().map_or(1, |place| place + 1);
    let lanes = most.min(MOST_LANES) as f64;
    let high = 0.8 / lanes;
    let bars: Vec<Layer> = now
        .requests
        .iter()
        .zip(flights)
        .zip(places)
        .filter(|(_, place)| *place < MOST_LANES)
        .flat_map(|((mark, (from, to)), place)| {
            let top = row + 0.1 + place as f64 * high;
            let from = (from as f64 / SECOND, top + 0.1 * high);
            let to = (to as f64 / SECOND, top + 0.9 * high);
            let paint = if mark.again { Paint::WorkerPool } else { Paint::Ink };
            let hover = hover(mark);
            let bar = Layer::Bar { from, to, paint, hover };
            let middle = (from.0, f64::midpoint(from.1, to.1));
            let lost = mark.end != End::Done;
            let lost = lost.then(|| Layer::bar(middle, to, LOST));
            [Some(bar), lost].into_iter().flatten()
        })
        .collect();
    bars.into_iter()
}

fn hover(mark: &Mark) -> String {
    let ended = match mark.end {
        End::Done => format!("answered {}", mark.status),
        End::Faulted => "not answered in full, on purpose".to_owned(),
        End::Aborted => "given up by the program".to_owned(),
        End::InFlight => "in flight to the end".to_owned(),
    };
    let from = duration(mark.from_ns as f64);
    format!("URL {} after {from}: {ended}", mark.url)
}
