//! What the page about the internet computes: ten million URLs an hour, from
//! the sample and from assumptions that stand beside each figure.

use std::fmt::Write;
use std::fs;

use measurement::quantity::{kib, mib, microseconds, number, whole};
use measurement::summary::ReachLevel;
use measurement::ways;

use crate::documents::{quote, summary_of};
use crate::root;

const PAGE: &str = "docs/internet.md";

/// The question.
const URLS: f64 = 10e6;
const HOUR_S: f64 = 3600.0;

/// How long a ping takes on average, with the time limits of dead hosts.
const PING_S: f64 = 1.0;
/// Processor time of a ping for what the sample has none of: a name, a new
/// connection, TLS.
const DIAL_S: f64 = 1e-3;
/// Processor time of a job for servers and workers of the queue.
const QUEUE_S: f64 = 150e-6;
/// How busy a machine may be when one is missing, and how many processors it
/// has.
const BUSY: f64 = 0.5;
const PROCESSORS: f64 = 2.0;
/// How long the system keeps the number of a connection that is closed.
const CLOSED_S: f64 = 60.0;
/// Bytes of a ping, in each direction: a page with its certificates.
const DOWN: f64 = 40e3;
const UP: f64 = 2e3;
/// Memory of each server of the queue for a result.
const RESULT: f64 = 400.0;
/// Memory that each may have.
const MEMORY: f64 = 500e6;

#[test]
fn the_page_computes_from_the_sample_and_what_it_assumes() {
    let summary = summary_of("reports/sample/capacity");
    let mut rows = summary.capacity.iter();
    let tasks = rows.find(|reach| reach.strategy == ways::TASKS.id);
    let level = tasks.expect("tasks").levels.last().expect("a level");
    quote(PAGE, "arithmetic", &arithmetic(level));
}

fn arithmetic(sample: &ReachLevel) -> String {
    let cpu_ns = sample.cpu_ns.as_ref().expect("processor time").median;
    let bytes = sample.bytes.as_ref().expect("memory").median;
    let rate = URLS / HOUR_S;
    let in_flight = rate * PING_S;
    let pings = rate * cpu_ns / 1e9;
    let dials = rate * DIAL_S;
    let queue = rate * QUEUE_S;
    let processors = pings + dials + queue;
    let needed = (processors / (BUSY * PROCESSORS)).ceil();
    let machines = needed + 1.0;
    let mbit = |bytes: f64| whole(rate * bytes * 8.0 / 1e6);
    let of_queue = URLS * RESULT;
    // What the page says in words; if it no longer holds, think again.
    assert!(pings < dials / 10.0 && dials > queue);
    let rows = [
        (
            "URLs",
            "the question".to_owned(),
            format!("{} an hour, {} a second", whole(URLS), whole(rate)),
        ),
        (
            "in flight",
            format!(
                "{PING_S:.0} s a ping, dead hosts with their time limits included"
            ),
            format!("{} ([Little's law](formulas.md#f4))", whole(in_flight)),
        ),
        (
            "memory of these",
            format!(
                "in the sample: {} KiB each, as tasks on reqwest, {} at once",
                kib(bytes),
                number(sample.in_flight)
            ),
            format!("{} MiB", mib(in_flight * bytes)),
        ),
        (
            "processors for the pings",
            format!(
                "in the sample: {} µs a ping, client and server, without names and TLS",
                microseconds(cpu_ns)
            ),
            format!("{pings:.2}"),
        ),
        (
            "… for names, connections and TLS",
            format!("assumed: {:.0} ms a ping", DIAL_S * 1e3),
            format!("{dials:.1}"),
        ),
        (
            "… for the queue, three copies",
            format!(
                "assumed: {:.0} µs a job, servers and workers",
                QUEUE_S * 1e6
            ),
            format!("{queue:.1}"),
        ),
        (
            "machines",
            format!(
                "{PROCESSORS:.0} processors each, {:.0} % busy when one is missing",
                BUSY * 100.0
            ),
            whole(machines),
        ),
        (
            "in flight on each, one missing",
            format!("{} machines at work", whole(needed)),
            whole((in_flight / needed).ceil()),
        ),
        (
            "numbers of closed connections",
            format!("{CLOSED_S:.0} s each, as the system keeps them"),
            format!("{} on all machines", whole(rate * CLOSED_S)),
        ),
        (
            "received",
            format!("assumed: {:.0} kB a ping", DOWN / 1e3),
            format!("{} Mbit/s", mbit(DOWN)),
        ),
        (
            "sent",
            format!("assumed: {:.0} kB a ping", UP / 1e3),
            format!("{} Mbit/s", mbit(UP)),
        ),
        (
            "hosts, if each is asked once a second",
            "the manners".to_owned(),
            format!("{} at least, in turn", whole(rate)),
        ),
        (
            "memory of each server of the queue",
            format!("assumed: {RESULT:.0} bytes a result"),
            format!(
                "{} MB as one batch, so {} batches of at most {} MB",
                whole(of_queue / 1e6),
                whole((of_queue / MEMORY).ceil()),
                whole(MEMORY / 1e6)
            ),
        ),
    ];
    let mut text =
        String::from("| what | from what | how much |\n| --- | --- | --- |\n");
    for (what, from, much) in rows {
        let _ = writeln!(text, "| {what} | {from} | {much} |");
    }
    text
}

/// The files that the page quotes.
#[test]
fn the_page_shows_the_files_that_are_tested() {
    let file = "deployment/ping-worker@.service";
    let text = fs::read_to_string(root().join("docs").join(file)).unwrap();
    quote(PAGE, file, &format!("```ini\n{text}```\n"));
}
