//! Lesson 1: where the time goes when nothing overlaps.

use measurement::course::Quantity;
use measurement::course::formula::in_turn;
use measurement::summary::Summary;
use measurement::ways;

use super::guess::widened;
use super::measured::{Cell, MS, cells, hedge, medians};
use super::told::{Drawing, Run, Told};
use super::words::{pings, wait};
use crate::error::ChartError;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{
    capital, duration, in_a_formula, number, percent, plural,
};
use crate::scale::{Scale, Steps, Tick};

pub(super) const TOLD: Told = Told {
    lesson: ways::ONE_BY_ONE.id,
    finding,
    explain,
    draw,
    look_for: "Pale is waiting, dark is work. All that is pale could overlap: \
               so much concurrency can win, and no more.",
};

fn finding(summary: &Summary) -> Option<String> {
    let cells = cells(summary, ways::ONE_BY_ONE.id);
    let last = *cells.last()?;
    let pings = capital(&pings(last.batch.requests));
    let took = duration(last.makespan());
    let hedge = hedge(&[last]);
    let work = last.get(Quantity::Cpu).map_or(String::new(), |cpu| {
        format!(", of which {} is work", duration(cpu))
    });
    let take = if last.batch.requests == 1 { "takes" } else { "take" };
    Some(format!("{pings} {take} {took} one by one{work}{hedge}"))
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
            percent(cpu / last.makespan())
        ));
    }
    Some(lines)
}

/// The row of the part that is magnified.
const MAGNIFIED: f64 = 2.0;

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
        Item::new(Sample::Formula, "N times as long as one (F1)"),
    ];
    let panels = vec![whole(run, &last), over_pings(run, &cells)];
    Ok(run.drawing(panels, true, key, subtitle))
}

/// All the time as one bar, the work in it as long as it is; and where that is
/// too thin to be seen, the beginning once more, magnified.
fn whole(run: &Run<'_>, last: &Cell<'_>) -> Panel {
    let all = last.makespan() * MS;
    let cpu = last.get(Quantity::Cpu).map(|cpu| (cpu * MS).min(all));
    let guesses = run.guesses(ways::ONE_BY_ONE.id, Quantity::Cpu);
    let guesses: Vec<_> = guesses
        .filter(|guess| guess.ask.requests == last.batch.requests)
        .collect();
    let most = widened(all, guesses.iter().map(|own| own.value * MS));
    let times = cpu.map_or(1.0, |cpu| magnification(all, cpu));
    let row = if times > 1.0 { MAGNIFIED } else { 0.0 };
    let mut rows = vec![pings(last.batch.requests)];
    if times > 1.0 {
        rows.extend([String::new(), format!("its start, ×{times}")]);
    }
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let x = Axis::round("", x, " ms");
    let height = Height::Rows(rows.len(), if times > 1.0 { 2 } else { 3 });
    let mut panel = Panel::new(x, Axis::rows(&rows), height);
    let bar = |row: f64, end: f64, paint: Paint, hover: &str| Layer::Bar {
        from: (0.0, row + 0.1),
        to: (end, row + 0.9),
        paint,
        hover: hover.to_owned(),
    };
    panel.layers.push(bar(0.0, all, Paint::Idle, &last.hover_makespan()));
    for ping in 1..last.batch.requests {
        let x = all * ping as f64 / last.n();
        let points = vec![(x, 0.1), (x, 0.9)];
        panel.layers.push(Layer::line(points, Paint::Background));
    }
    let note = Note::number(duration(last.makespan()), (0.5 * all, 0.5));
    panel.notes.push(note.on(Paint::Idle).rather(Side::Over));
    if times > 1.0 {
        panel.layers.push(bar(row, all, Paint::Idle, ""));
        for (above, below) in [(0.0, 0.0), (all / times, all)] {
            let points = vec![(above, 0.9), (below, row + 0.1)];
            panel.layers.push(Layer::line(points, Paint::Other));
        }
    }
    if let Some(cpu) = cpu {
        let of = last.row.client_cpu_per_request_ns.as_ref();
        let hover = last.hover(of, |each| duration(each * last.n()));
        panel.layers.push(bar(0.0, cpu, Paint::Sequential, &hover));
        if times > 1.0 {
            let end = cpu * times;
            panel.layers.push(bar(row, end, Paint::Sequential, &hover));
        }
        let text = format!("{} of work", duration(cpu / MS));
        let note = Note::number(text, (cpu * times, row + 0.5));
        panel.notes.push(note.on(Paint::Idle).rather(Side::Right));
    }
    for guess in guesses {
        let magnified = guess.value * MS * times <= most;
        let (by, row) = if magnified { (times, row) } else { (1.0, 0.0) };
        let rows = (row, row + 1.0);
        guess.end_of_bar(&mut panel, guess.value * MS * by, rows);
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
    let guesses: Vec<_> = guesses
        .map(|own| (own, (own.ask.requests as f64, own.value * MS)))
        .collect();
    let at = |cell: &Cell<'_>| (cell.n(), cell.makespan() * MS);
    let far = cells.iter().map(|cell| at(cell).0);
    let far = far.chain(guesses.iter().map(|own| own.1.0));
    let far = far.fold(1.0, f64::max);
    let high = cells.iter().map(|cell| at(cell).1).fold(0.0, f64::max);
    let high = widened(high, guesses.iter().map(|own| own.1.1));
    let x = Scale::new(Steps::Linear, [far], (0.0, 1.0));
    let y = Scale::new(Steps::Linear, [1.12 * high], (0.0, 1.0));
    let tick = |cell: &Cell<'_>| Tick {
        value: cell.n(),
        text: number(cell.batch.requests),
    };
    let ticks = cells.iter().rev().map(tick).collect();
    let x = Axis::at("pings, one after another", x, ticks);
    let y = Axis::round("milliseconds for all", y, " ms");
    let mut panel = Panel::new(x, y, Height::Part(0.55));
    if let Some(first) = cells.first() {
        let to = (far, in_turn(far, first.makespan() / first.n()) * MS);
        panel.layers.push(Layer::formula(vec![(0.0, 0.0), to], Paint::Ink));
    }
    for cell in cells {
        let of = cell.row.makespan_ns.as_ref();
        panel.layers.push(cell.symbol(at(cell), of, duration));
        panel.notes.push(Note::new(duration(cell.makespan()), at(cell)));
    }
    for (guess, at) in guesses {
        guess.point(&mut panel, at);
    }
    panel
}
