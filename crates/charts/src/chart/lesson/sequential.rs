//! Lesson 1: where the time goes when nothing overlaps.

use measurement::course::Quantity;
use measurement::course::formula::in_turn;
use measurement::summary::Summary;
use measurement::ways;

use super::guess::{lanes, widened};
use super::measured::{Cell, MS, cells, hedge, medians};
use super::told::{Drawing, Guess, Run, Told};
use super::words::{pings, wait};
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{
    capital, count, duration, factor, in_a_formula, number, plural, share,
};
use crate::scale::{Scale, Steps, Tick};

pub(super) const TOLD: Told = Told {
    lesson: ways::ONE_BY_ONE.id,
    finding,
    explain,
    draw,
    look_for: "Pale is waiting, dark is work, so little that it is shown once \
               more, magnified. All that is pale could overlap: so much \
               concurrency can win, and no more.",
};

fn finding(summary: &Summary) -> Option<String> {
    let cells = cells(summary, ways::ONE_BY_ONE.id);
    let last = *cells.last()?;
    let pings = capital(&pings(last.batch.requests));
    let took = duration(last.makespan());
    let hedge = hedge(&[last]);
    let take = if last.batch.requests == 1 { "takes" } else { "take" };
    let found = format!("{pings} {take} {took} one by one");
    let Some(cpu) = last.get(Quantity::Cpu) else {
        return Some(format!("{found}{hedge}"));
    };
    let part = share(cpu / last.makespan());
    Some(fitting([
        format!("{found}, of which {} ({part}) is work{hedge}", duration(cpu)),
        format!("{found}, of which {part} is work{hedge}"),
    ]))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let cells = cells(summary, ways::ONE_BY_ONE.id);
    let (first, last) = (*cells.first()?, *cells.last()?);
    let each = first.makespan() / first.n();
    let mut line = format!(
        "F1, T = N(L + o): {} took {}, of which the server waited {}.",
        plural(first.batch.requests, "ping"),
        in_a_formula(first.makespan()),
        in_a_formula(first.n() * first.wait()),
    );
    // Of itself it would forecast what it was made of.
    if last.n() > first.n() {
        line += &format!(
            " So {n} take {n} × {} = {}; measured {}.",
            in_a_formula(each),
            in_a_formula(in_turn(last.n(), each)),
            in_a_formula(last.makespan()),
            n = last.batch.requests,
        );
    }
    let mut lines = vec![line];
    if let Some(cpu) = last.get(Quantity::Cpu) {
        lines.push(format!(
            "The client's processor worked for {} of them, {} of the \
             time.",
            duration(cpu),
            share(cpu / last.makespan())
        ));
    }
    Some(lines)
}

fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let cells = cells(run.summary, ways::ONE_BY_ONE.id);
    let last = *cells.last().ok_or(ChartError::NothingMeasured)?;
    let subtitle = format!(
        "One after another; {}. {}",
        wait(last.wait()),
        medians(&cells)
    );
    let key = vec![
        Item::new(Sample::Idle, "waiting"),
        Item::new(Sample::InFlight, "work: processor time of the client"),
        Item::new(Sample::Formula, "forecast: the sum of all waits"),
    ];
    let mut panels = bars(run, &last);
    panels.push(over_pings(run, &cells));
    Ok(run.drawing(panels, true, key, subtitle))
}

/// All the time as one bar, the work in it as long as it is; and where that is
/// too thin to be seen, the beginning once more, on an axis of its own.
fn bars(run: &Run<'_>, last: &Cell<'_>) -> Vec<Panel> {
    let all = last.makespan() * MS;
    let cpu = last.get(Quantity::Cpu).map(|cpu| cpu.min(last.makespan()));
    let guesses = run.guesses(ways::ONE_BY_ONE.id, Quantity::Cpu);
    let guesses: Vec<_> = guesses
        .filter(|guess| guess.ask.requests == last.batch.requests)
        .collect();
    let most = widened(all, guesses.iter().map(|own| own.value * MS));
    let times = cpu.map_or(1.0, |cpu| magnification(last.makespan(), cpu));
    let part = all / times;
    let (near, far): (Vec<Guess>, Vec<Guess>) = guesses
        .into_iter()
        .partition(|own| times > 1.0 && own.value * MS <= part);
    let mut whole = bar(last, cpu, most, &far);
    for ping in 1..last.batch.requests {
        let x = all * ping as f64 / last.n();
        let (upper, lower) = lanes(0, &far, |_| true)[0];
        let points = vec![(x, upper), (x, lower)];
        whole.layers.push(Layer::line(points, Paint::Background));
    }
    let pings = capital(&pings(last.batch.requests));
    whole.title = format!("{pings}: {}", duration(last.makespan()));
    let Some(cpu) = cpu else { return vec![whole] };
    let work = format!(
        "{} is work, {} of the time",
        duration(cpu),
        share(cpu / last.makespan())
    );
    if times == 1.0 {
        whole.title = format!("{}, {work}", whole.title);
        return vec![whole];
    }
    let mut start = bar(last, Some(cpu), part, &near);
    start.title = capital(&work);
    start.about = format!(
        "the first {} of that bar, {times} times as large",
        duration(part / MS)
    );
    let middle = lanes(0, &near, |_| true)[0];
    let at = (cpu * MS, f64::midpoint(middle.0, middle.1));
    let note = Note::number(format!("{} of work", duration(cpu)), at);
    start.notes.push(note.on(Paint::Idle).rather(Side::Right));
    vec![whole, start]
}

/// Pale up to the end of the batch, dark for the work.
fn bar(
    last: &Cell<'_>,
    cpu: Option<f64>,
    most: f64,
    guesses: &[Guess],
) -> Panel {
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let x = Axis::round("", x, " ms");
    let height = Height::Rows(1, 2);
    let mut panel = Panel::new(x, Axis::rows(&[String::new()]), height);
    let [(upper, lower), lane] = lanes(0, guesses, |_| true);
    let mut bar = |end: f64, paint: Paint, hover: String| {
        let (from, to) = ((0.0, upper), (end.min(most), lower));
        panel.layers.push(Layer::Bar { from, to, paint, hover });
    };
    bar(last.makespan() * MS, Paint::Idle, last.hover_makespan());
    if let Some(cpu) = cpu {
        let of = last.row.client_cpu_per_request_ns.as_ref();
        let hover = last.hover(of, |each| duration(each * last.n()));
        bar(cpu * MS, Paint::Sequential, hover);
    }
    for guess in guesses {
        guess.bar("work", &mut panel, guess.value * MS, lane);
    }
    panel
}

/// How much longer work must be drawn to be seen well: a power of ten.
fn magnification(all: f64, work: f64) -> f64 {
    let times = 10_f64.powf((all / work / 2.0).log10().floor());
    if times.is_finite() { times.clamp(1.0, 1e6) } else { 1.0 }
}

/// So many times as long as one.
fn over_pings(run: &Run<'_>, cells: &[Cell<'_>]) -> Panel {
    let guesses = run.guesses(ways::ONE_BY_ONE.id, Quantity::Makespan);
    let at = |cell: &Cell<'_>| (cell.n(), cell.makespan() * MS);
    let far = cells.iter().map(|cell| at(cell).0);
    let far = far.fold(1.0, f64::max);
    let high = cells.iter().map(|cell| at(cell).1).fold(0.0, f64::max);
    let x = Scale::new(Steps::Linear, [far], (0.0, 1.0));
    let y = Scale::new(Steps::Linear, [1.25 * high], (0.0, 1.0));
    let tick = |cell: &Cell<'_>| Tick {
        value: cell.n(),
        text: number(cell.batch.requests),
    };
    let ticks = cells.iter().rev().map(tick).collect();
    let x = Axis::at("pings, one after another", x, ticks);
    let y = Axis::round("milliseconds for all", y, " ms");
    let mut panel = Panel::new(x, y, Height::Part(0.55));
    if let [first, .., last] = cells {
        let pings = capital(&count(last.batch.requests));
        let ratio = last.makespan() / first.makespan();
        let few = count(first.batch.requests);
        panel.title =
            format!("{pings} take {} as long as {few}", factor(ratio));
    }
    if let Some(first) = cells.first() {
        let to = (far, in_turn(far, first.makespan() / first.n()) * MS);
        panel.layers.push(Layer::formula(vec![(0.0, 0.0), to], Paint::Ink));
    }
    for cell in cells {
        let of = cell.row.makespan_ns.as_ref();
        panel.layers.push(cell.symbol(at(cell), of, duration));
        panel.notes.push(Note::new(duration(cell.makespan()), at(cell)));
    }
    for guess in guesses {
        let text = guess.words(&pings(guess.ask.requests));
        // Below the line there is room.
        let note = Note::needed(text, (far, 0.25 * high));
        panel.notes.push(note.rather(Side::Left));
    }
    panel
}
