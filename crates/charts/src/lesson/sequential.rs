//! Lesson 1: where the time goes when nothing overlaps.

use measurement::course::Quantity;
use measurement::course::formula::in_turn;
use measurement::summary::Summary;
use measurement::ways;

use super::content::{Formula, Guess, Panel};
use super::lines::{MS, curve, makespans, of_quantity, spread};
use super::measured::{cells, hedge};
use super::told::{Chart, Told};
use super::words::pings;
use crate::quantity::{capital, duration, in_a_formula, percent, plural};
use crate::scale::Steps;

pub(super) const TOLD: Told = Told {
    lesson: ways::ONE_BY_ONE.id,
    finding,
    explain,
    chart: Chart::Panels { opening: "One after another", panels },
    look_for: "The upper line is waiting, the lower one is work. The distance \
               between them is all that concurrency can win.",
};

fn finding(summary: &Summary) -> Option<String> {
    let cells = cells(summary, ways::ONE_BY_ONE.id);
    let last = *cells.last()?;
    let pings = capital(&pings(last.batch.requests));
    let took = duration(last.makespan());
    let hedge = hedge(&[last]);
    let work = last.get(Quantity::Cpu).map_or(String::new(), |cpu| {
        format!("; {} of that is work", duration(cpu))
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

fn panels(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let cells = cells(summary, ways::ONE_BY_ONE.id);
    let cpu = curve(
        "processor time",
        &cells,
        |cell| cell.row.client_cpu_per_request_ns.as_ref(),
        |cell| cell.n() * MS,
    );
    let each = cells.first().map_or(0.0, |cell| cell.makespan() / cell.n());
    let f1 = |n: f64| (n, in_turn(n, each) * MS);
    let mut own = of_quantity(guesses, Quantity::Makespan, MS);
    own.extend(of_quantity(guesses, Quantity::Cpu, MS));
    let ends = spread(&cells);
    let ends = ends.first().into_iter().chain(ends.last());
    vec![Panel {
        name: "milliseconds for all pings",
        short: "ms for all",
        unit: " ms",
        across: "pings, one after another",
        steps: Steps::Log10,
        curves: vec![makespans(ways::ONE_BY_ONE.id, &cells), cpu],
        joined: false,
        step: None,
        formulas: vec![Formula {
            name: "F1: N(L + o)",
            points: ends.map(|n| f1(*n)).collect(),
        }],
        guesses: own,
    }]
}
