//! Lesson 6: which shapes lose pings while their results are used.

use measurement::course::{Quantity, SLOW_CONSUMER};
use measurement::summary::Summary;
use measurement::ways;

use super::guess::{lanes, widened};
use super::measured::{Cell, S, cells, hedge, lie_apart, medians};
use super::told::{Drawing, Guess, Run, Told};
use super::words::wait;
use crate::error::ChartError;
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, count, duration, from_to, in_a_formula};
use crate::scale::{Scale, Steps};
use crate::strategy::{label, subject};

pub(super) const TOLD: Told = Told {
    lesson: ways::SHAPES.id,
    finding,
    explain,
    draw,
    look_for: "Look at who loses pings: there the task that uses the \
               results is also the one that polls the pings. All take as long: \
               nothing is won by it.",
};

/// The shapes, those first whose pings nobody polls meanwhile.
const WAYS: [&str; 5] = [
    ways::FUTURES_UNORDERED.id,
    ways::BUFFER_UNORDERED.id,
    ways::JOIN_ALL.id,
    ways::JOIN_SET.id,
    ways::SHAPES.id,
];

/// What was measured of each with a slow consumer.
fn shapes(summary: &Summary) -> Vec<Cell<'_>> {
    let shape = |name: &&'static str| {
        let cell = *cells(summary, name).first()?;
        cell.row.lost.as_ref().map(|_| cell)
    };
    WAYS.iter().filter_map(shape).collect()
}

/// How many pings timed out, at the median.
fn lost(cell: &Cell<'_>) -> f64 {
    cell.row.lost.as_ref().map_or(0.0, |lost| lost.median)
}

/// Its name at the beginning of a sentence: what stands so in code stays so.
fn first_word(cell: &Cell<'_>) -> String {
    let name = label(&cell.row.strategy);
    if name.contains(' ') { capital(name) } else { name.to_owned() }
}

fn finding(summary: &Summary) -> Option<String> {
    let shapes = shapes(summary);
    let by_lost = |a: &&Cell<'_>, b: &&Cell<'_>| lost(a).total_cmp(&lost(b));
    // Of equals the first is the worst, and the lesson's own the best.
    let worst = *shapes.iter().rev().max_by(by_lost)?;
    let best = *shapes.iter().rev().min_by(by_lost)?;
    let hedge = hedge(&shapes);
    let (_, plural) = subject(&worst.row.strategy);
    let loses = if plural { "lose" } else { "loses" };
    let n = worst.batch.requests;
    if lost(&worst) == 0.0 {
        return Some(format!(
            "A slow consumer makes none of {n} pings time out{hedge}"
        ));
    }
    let worst_loses = format!(
        "{} {loses} {:.0} of {n} pings",
        first_word(&worst),
        lost(&worst)
    );
    if !lie_apart(&worst, &best, |row| row.lost.as_ref()) {
        return Some(format!("{worst_loses}{hedge}"));
    }
    let (name, _) = subject(&best.row.strategy);
    let none = match lost(&best) {
        0.0 => "none".to_owned(),
        some => format!("{some:.0}"),
    };
    Some(format!("{worst_loses}, {name} {none}{hedge}"))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let shapes = shapes(summary);
    let first = shapes.first()?;
    let handling = SLOW_CONSUMER.handling_ns as f64;
    let times = shapes.iter().map(Cell::makespan);
    let (least, most) = (
        times.clone().fold(f64::INFINITY, f64::min),
        times.fold(0.0, f64::max),
    );
    let mut lines = vec![format!(
        "Results are used one after another, whatever the shape: {n} × {} = {} \
         at least; measured {}.",
        in_a_formula(handling),
        in_a_formula(first.n() * handling),
        from_to(&in_a_formula(least), &in_a_formula(most)),
        n = first.batch.requests,
    )];
    for cell in &shapes {
        let (n, c) = (cell.batch.requests, cell.batch.concurrency);
        let name = first_word(cell);
        let measured = format!("measured {:.0}", lost(cell));
        let id = cell.row.strategy.as_str();
        lines.push(if id == ways::BUFFER_UNORDERED.id && c > 0 {
            format!(
                "{name}: of each {c} in the window one is in time, and the \
                 others are late when somebody polls them again, \
                 {n} − {n}/{c} = {}; {measured}.",
                n - n.div_ceil(c)
            )
        } else if id == ways::FUTURES_UNORDERED.id {
            format!(
                "{name}: each that is put in is polled once, and then late; \
                 only the first is in time, {n} − 1 = {}; {measured}.",
                n.saturating_sub(1)
            )
        } else {
            let polled = match id {
                own if own == ways::JOIN_ALL.id => {
                    "all pings are over before the first result is used"
                }
                _ => "the runtime polls its tasks all the time",
            };
            format!("{name}: {polled}, 0; {measured}.")
        });
    }
    Some(lines)
}

fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let shapes = shapes(run.summary);
    let first = shapes.first().ok_or(ChartError::NothingMeasured)?;
    let key = Vec::new();
    let subtitle = format!(
        "{} pings, {} at once; {}, a ping may take {}, and using a result takes \
         {}. {}",
        first.batch.requests,
        first.batch.concurrency,
        wait(first.wait()),
        duration(SLOW_CONSUMER.timeout_ns as f64),
        duration(SLOW_CONSUMER.handling_ns as f64),
        medians(&shapes),
    );
    let panels = vec![of_pings(run, &shapes), of_times(run, &shapes)];
    Ok(run.drawing(panels, true, key, subtitle))
}

/// A row for each shape, named up to the most.
fn rows(
    shapes: &[Cell<'_>],
    name: &str,
    most: f64,
    unit: &'static str,
) -> Panel {
    let label = |cell: &Cell<'_>| label(&cell.row.strategy).to_owned();
    let names: Vec<String> = shapes.iter().map(label).collect();
    // Room for a number behind the longest bar.
    let x = Scale::new(Steps::Linear, [1.45 * most], (0.0, 1.0));
    let x = Axis::up_to(most, name, x, unit);
    Panel::new(x, Axis::rows(&names), Height::Rows(names.len(), 2))
}

/// How many had no answer in time.
fn of_pings(run: &Run<'_>, shapes: &[Cell<'_>]) -> Panel {
    let all = shapes.iter().map(Cell::n).fold(0.0, f64::max);
    let guesses = run.all_guesses(Quantity::Lost);
    let name = format!("of {all:.0} pings timed out, so they are lost");
    let mut panel = rows(shapes, &name, all, "");
    let losing = shapes.iter().filter(|cell| lost(cell) > 0.0).count();
    panel.title = format!(
        "{} of {} shapes lose pings",
        capital(&count(losing)),
        count(shapes.len())
    );
    for (row, cell) in (0_u32..).zip(shapes) {
        let own = |guess: &Guess| guess.is_of(&cell.row.strategy);
        let [(upper, lower), lane] = lanes(row, &guesses, own);
        let paint = Paint::of_strategy(&cell.row.strategy);
        let late = lost(cell);
        let say = |late: f64| format!("{late:.0} lost");
        let hover = cell.hover(cell.row.lost.as_ref(), say);
        let (from, to) = ((0.0, upper), (late, lower));
        panel.layers.push(Layer::Bar { from, to, paint, hover });
        let at = (late, f64::midpoint(upper, lower));
        let note = Note::number(say(late), at);
        panel.notes.push(note.rather(Side::Along));
        for guess in guesses.iter().filter(|guess| own(guess)) {
            guess.bar("lost", &mut panel, guess.value, lane);
        }
    }
    panel
}

/// How long it took until the last result was used.
fn of_times(run: &Run<'_>, shapes: &[Cell<'_>]) -> Panel {
    let guesses = run.all_guesses(Quantity::Makespan);
    let times = || shapes.iter().map(Cell::makespan);
    let least = times().fold(f64::INFINITY, f64::min);
    let longest = times().fold(0.0, f64::max);
    let most = widened(longest * S, guesses.iter().map(|own| own.value * S));
    let name = "seconds until the last result is used";
    let mut panel = rows(shapes, name, most, " s");
    let span = from_to(&duration(least), &duration(longest));
    panel.title = match longest <= 1.1 * least {
        true => format!("All take about as long: {span}"),
        false => format!("They take {span}"),
    };
    for (row, cell) in (0_u32..).zip(shapes) {
        let own = |guess: &Guess| guess.is_of(&cell.row.strategy);
        let [(upper, lower), lane] = lanes(row, &guesses, own);
        let end = cell.makespan() * S;
        panel.layers.push(Layer::Bar {
            from: (0.0, upper),
            to: (end, lower),
            paint: Paint::of_strategy(&cell.row.strategy),
            hover: cell.hover_makespan(),
        });
        let at = (end, f64::midpoint(upper, lower));
        let note = Note::needed(duration(cell.makespan()), at);
        panel.notes.push(note.rather(Side::Along));
        for guess in guesses.iter().filter(|guess| own(guess)) {
            guess.bar("", &mut panel, guess.value * S, lane);
        }
    }
    panel
}
