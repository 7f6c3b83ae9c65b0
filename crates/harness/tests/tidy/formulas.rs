//! The worked examples of the formulas, and the book's own figures.

use std::fmt::Write;
use std::num::NonZeroUsize;

use measurement::course::formula::{
    amdahl, ceiling, handed_out_again, most_with_layers, with_retries,
};
use measurement::course::lesson;
use measurement::forecast::{Cpu, cells};
use measurement::makespan::{bound, queue, sequential, shares, waves};
use measurement::model::Demand;
use measurement::quantity::speed_up as times;
use measurement::record::Act;
use measurement::speed_up::{earliest, of_sharing, roof};
use measurement::summary::Summary;
use measurement::waits::{
    BOOK_SEQUENTIAL, BOOK_STATUSES, BOOK_THREADS, BOOK_WAIT, Waits,
};
use measurement::ways;
use measurement::ways::Sharing;

use crate::documents::{quote, sample_processors, sample_summary};

#[test]
fn every_formula_has_an_example_that_is_computed() {
    let summary = sample_summary();
    let page = "docs/formulas.md";
    quote(page, "f1", &f1());
    quote(page, "f2", &f2());
    quote(page, "f3", &f3());
    quote(page, "f4", &f4(&summary));
    quote(page, "f5", &f5(&summary));
    quote(page, "f8", &f8());
    quote(page, "f10", &f10());
    quote("docs/lessons/11-cpu-work.md", "f6-f11", &f6_f11());
    quote("docs/lessons/12-many-machines.md", "f12", &f12());
    quote("docs/numbers.md", "roof", &roofs());
    quote(page, "self-test", &self_test());
    quote("docs/python.md", "book", &book());
}

/// Milliseconds, with a tenth where there is one.
fn ms(ns: u64) -> String {
    let tenths = (ns + 50_000) / 100_000;
    match tenths % 10 {
        0 => format!("{} ms", tenths / 10),
        rest => format!("{}.{rest} ms", tenths / 10),
    }
}

/// The lesson's own jobs, without what a ping costs beside its wait.
fn f12() -> String {
    let lesson = lesson(12).unwrap();
    let mut cells = lesson.cells.iter();
    let cell = cells.find(|cell| cell.strategy == lesson.name).unwrap();
    let machines = cell.machines.unwrap();
    let each = cell.waits.list()[0];
    let (killed_at, wait) = (machines.killed_at.unwrap(), machines.ack_wait_ns);
    let (n, c) = (cell.requests, cell.concurrency);
    let over = |ack_wait: u64| {
        let (ack_wait, each) = (ack_wait as f64, each as f64);
        ms(handed_out_again(killed_at, c, ack_wait, each) as u64)
    };
    let mut text = format!(
        "{n} jobs that wait {} each, {c} at once, o left out. A worker with {} \
         of them dies in the third turn: {n} ≤ requests ≤ {}. By the ack \
         wait:\n\n| A | T |\n| ---: | ---: |\n",
        ms(each),
        machines.tasks,
        n as u64 + machines.again()
    );
    for ack_wait in [wait / 2, wait, 5 * wait] {
        let _ = writeln!(text, "| {} | {} |", ms(ack_wait), over(ack_wait));
    }
    text
}

fn f1() -> String {
    let n = BOOK_STATUSES.len();
    let total = sequential(&Waits::Book.of(n));
    format!(
        "Six pings that wait {} each, o left out: T = 6 · {} = {}.\n",
        ms(BOOK_WAIT),
        ms(BOOK_WAIT),
        ms(total)
    )
}

fn f2() -> String {
    let waits = vec![50_000_000; 100];
    let mut text = String::from(
        "A hundred pings that wait 50 ms each, o left out:\n\n\
         | c | rounds | T | speed-up |\n| ---: | ---: | ---: | ---: |\n",
    );
    for c in [1, 3, 10, 33, 34, 49, 100] {
        let workers = NonZeroUsize::new(c).unwrap();
        let time = queue(&waits, workers);
        // Equal waits are alike for all who keep c in flight.
        assert_eq!(time, waves(&waits, workers));
        assert_eq!(time, bound(&waits, workers));
        let _ = writeln!(
            text,
            "| {c} | {} | {} | {:.1}× |",
            100_usize.div_ceil(c),
            ms(time),
            sequential(&waits) as f64 / time as f64
        );
    }
    text
}

fn f6_f11() -> String {
    let processors = 2.0;
    let mut text = String::from(
        "S on two processors, with 2, 4 and 8 jobs at once, by the share f of \
         computing:\n\n\
         | f | F6: c = 2 | 4 | 8 | F11: c = 2 | 4 | 8 |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for f in [0.1, 0.5, 0.9, 1.0] {
        let levels = [2.0, 4.0, 8.0];
        let serial = levels.map(|c| times(amdahl(f, c))).join(" | ");
        let roof = levels.map(|c| times(ceiling(f, c, processors)));
        let _ = writeln!(text, "| {f:.1} | {serial} | {} |", roof.join(" | "));
    }
    text
}

fn f3() -> String {
    // A round number, not a measured one.
    let spawn = 100_000_u64;
    let mut text = format!(
        "With `t_spawn` = {} µs and L = {}, o left out, one thread for each of \
         N pings:\n\n\
         | N | N·t_spawn | T | in flight at most |\n\
         | ---: | ---: | ---: | ---: |\n",
        spawn / 1000,
        ms(BOOK_WAIT)
    );
    for n in [6, 60, 600, 6000] {
        let made = n * spawn;
        let _ = writeln!(
            text,
            "| {n} | {} | {} | {} |",
            ms(made),
            ms(made + BOOK_WAIT),
            n.min(BOOK_WAIT / spawn)
        );
    }
    text
}

fn demand(summary: &Summary) -> Demand {
    let processors = sample_processors();
    let cells = cells(summary, processors, Cpu::WithoutWaits).unwrap();
    let mut cells = cells.iter();
    cells.find(|cell| cell.way == &ways::POOL).unwrap().demand
}

fn f4(summary: &Summary) -> String {
    let mut batches = summary.of_act(Act::Sweep);
    let batch = batches.find(|batch| batch.concurrency == 64).unwrap();
    let mut rows = batch.rows.iter();
    let row = rows.find(|row| row.strategy == "worker-pool").unwrap();
    let throughput = row.throughput.as_ref().unwrap().median;
    let in_flight = row.client_in_flight.unwrap();
    format!(
        "In the sample, the pool with 64 workers did {throughput:.0} pings per \
         second, and had {in_flight:.1} of them under way on average. So one \
         took {in_flight:.1} / {throughput:.0} s = {:.1} ms.\n",
        in_flight / throughput * 1e3
    )
}

fn f5(summary: &Summary) -> String {
    let demand = demand(summary);
    let most = demand.bound(usize::MAX);
    format!(
        "In the sample, the pool needed u + s = {:.0} µs on P = {} processors, \
         and L = {:.1} ms. So X_max = {} / {:.0} µs ≈ {most:.0} pings per \
         second, and c* ≈ {:.0}. The sweep ends far below.\n",
        demand.cpu_ns / 1e3,
        demand.processors,
        demand.hold_ns / 1e6,
        demand.processors,
        demand.cpu_ns / 1e3,
        demand.knee()
    )
}

fn f8() -> String {
    let mut text = String::from(
        "Lesson 3 has one slow wait and nine short ones, for two threads; the \
         second act has 48 uneven waits, eight at a time. o is left out:\n\n\
         | | ten pings, c = 2 | 48 pings, c = 8 |\n| --- | ---: | ---: |\n",
    );
    let cases = [(Waits::OneSlow.of(10), 2_usize), (Waits::Uneven.of(48), 8)];
    let mut row = |what: &str, of: &dyn Fn(&[u64], NonZeroUsize) -> u64| {
        let time = |(waits, c): &(Vec<u64>, usize)| {
            ms(of(waits, NonZeroUsize::new(*c).unwrap()))
        };
        let _ = writeln!(
            text,
            "| {what} | {} | {} |",
            time(&cases[0]),
            time(&cases[1])
        );
    };
    let longest = |waits: &[u64]| waits.iter().copied().max().unwrap_or(0);
    row("ΣL, one after another", &|waits, _| sequential(waits));
    row("Lmax", &|waits, _| longest(waits));
    row("waves", &waves);
    row("fixed shares", &shares);
    row("whoever is free takes the next", &queue);
    row("at most, for whoever is free", &most);
    row("at least, for all", &bound);
    for (waits, c) in &cases {
        let c = NonZeroUsize::new(*c).unwrap();
        let time = queue(waits, c);
        assert!(bound(waits, c) <= time && time <= most(waits, c));
    }
    text
}

/// What the uneven waits alone allow at the levels that a run measures.
fn roofs() -> String {
    let waits = Waits::Uneven.of(48);
    let levels = [8, 16, 48];
    let mut text = String::from("| in flight |");
    levels.iter().for_each(|level| text += &format!(" {level} |"));
    text += "\n| --- | ---: | ---: | ---: |\n";
    let most = NonZeroUsize::new(48).unwrap();
    for (what, curve) in [
        ("waves", of_sharing(Sharing::Waves, &waits, most)),
        ("fixed shares", of_sharing(Sharing::Shares, &waits, most)),
        (
            "whoever is free takes the next",
            of_sharing(Sharing::Queue, &waits, most),
        ),
        ("the earliest possible end", earliest(&waits, most)),
    ] {
        let at = |level: usize| times(curve[level - 1].speed_up);
        let [first, second, third] = levels.map(at);
        let _ = writeln!(text, "| {what} | {first} | {second} | {third} |");
    }
    let roof = times(roof(&waits).unwrap());
    let _ = writeln!(text, "| the roof | {roof} | {roof} | {roof} |");
    text
}

/// `ΣL/c + (1 − 1/c)·Lmax`, ns.
fn most(waits: &[u64], c: NonZeroUsize) -> u64 {
    let longest = waits.iter().copied().max().unwrap_or(0);
    let c = c.get() as u64;
    (sequential(waits) + (c - 1) * longest).div_ceil(c)
}

fn seconds(ns: u64) -> String {
    format!("{:.2} s", ns as f64 / 1e9)
}

fn book() -> String {
    format!(
        "The book: {} for six URLs one after another, {} with a thread for \
         each.\n",
        seconds(BOOK_SEQUENTIAL),
        seconds(BOOK_THREADS)
    )
}

fn f10() -> String {
    let mut text = String::from(
        "What a hundred pings become, on average:\n\n\
         | p | r = 0 | r = 1 | r = 3 | r = 10 |\n\
         | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for failing in [0.01, 0.1, 0.5, 0.9, 1.0] {
        let _ = write!(text, "| {failing} |");
        for retries in [0, 1, 3, 10] {
            let _ =
                write!(text, " {:.1} |", with_retries(100.0, failing, retries));
        }
        text.push('\n');
    }
    let layers = |layers| most_with_layers(3, layers);
    let _ = writeln!(
        text,
        "\nThree retries in one place make at most {} requests of one ping; in \
         two places {}, in three {}.",
        layers(1),
        layers(2),
        layers(3)
    );
    text
}

fn self_test() -> String {
    let each = BOOK_SEQUENTIAL as f64 / 6.0 / 1e6;
    // The wait of our server is this figure.
    assert!((each - BOOK_WAIT as f64 / 1e6).abs() < 1.0);
    format!(
        "{}\n\
         <details><summary>answer</summary>L + o = {} / 6 = {each:.0} ms. The \
         speed-up is {} / {} = {:.1}, out of the 6 of F2.</details>\n",
        book(),
        seconds(BOOK_SEQUENTIAL),
        seconds(BOOK_SEQUENTIAL),
        seconds(BOOK_THREADS),
        BOOK_SEQUENTIAL as f64 / BOOK_THREADS as f64
    )
}
