//! The page about clients quotes a run of its own.

use std::fmt::Write;
use std::fs;

use measurement::quantity::{microseconds, whole};
use measurement::summary::{Batch, Row};
use measurement::ways::{self, Way};
use report::by_client;

use crate::documents::{quote, summary_of};
use crate::root;
use crate::sample::{assert_current, drawn_again};

const FOLDER: &str = "reports/sample/clients";

#[test]
fn the_clients_are_drawn_as_the_program_draws_today() {
    let folder = root().join(FOLDER);
    let copy = drawn_again(&folder);
    for file in
        ["summary.json", "charts/clients-light.svg", "charts/clients-dark.svg"]
    {
        let (drawn, committed) = (copy.path().join(file), folder.join(file));
        if std::env::var_os("UPDATE").is_some() {
            fs::copy(&drawn, &committed).unwrap();
        }
        assert_current(&drawn, &committed);
    }
}

/// The client's processor time of a ping, ns.
fn cpu(row: &Row) -> f64 {
    row.client_cpu_per_request_ns.as_ref().expect("a cost").median
}

fn of(batch: &Batch, way: &Way) -> f64 {
    cpu(batch.rows.iter().find(|row| row.strategy == way.id).unwrap())
}

#[test]
fn the_page_about_clients_quotes_its_sample() {
    let summary = summary_of(FOLDER);
    let batch = summary.no_waits().expect("pings without waits");
    let page = "docs/clients.md";
    let steps = charts::caption_clients(&summary);
    let mut list = format!("{}.\n\n", steps.title);
    for step in steps.also {
        let _ = writeln!(list, "- {step}");
    }
    quote(page, "ladder", &list);
    quote(page, "cpu", &table(batch, |row| microseconds(cpu(row))));
    let rate = |row: &Row| whole(row.throughput.as_ref().unwrap().median);
    quote(page, "rate", &table(batch, rate));

    // What the page says; if it no longer holds, it must be written again.
    let rungs = ways::LADDER.map(|way| of(batch, &way));
    assert!(rungs.is_sorted(), "{rungs:?}");
    let lines = ways::BY_CLIENT;
    let [_, (_, workers), (_, one), (_, two), (_, pool)] = lines;
    for ((worker, one), two) in workers.iter().zip(one).zip(two) {
        assert!(of(batch, worker) < of(batch, one), "{}", one.id);
        assert!(of(batch, one) < of(batch, two), "{}", two.id);
    }
    let [by_hand, ureq] = pool else { panic!("the pool and the pair by hand") };
    let (by_hand, ureq) = (of(batch, by_hand), of(batch, ureq));
    assert!(by_hand < ureq && ureq < 2.0 * by_hand, "{by_hand} {ureq}");
    let loop_by_hand = of(batch, &ways::EVENT_LOOP);
    assert!(loop_by_hand < rungs[0], "{loop_by_hand}");
}

fn table(batch: &Batch, cell: impl Fn(&Row) -> String) -> String {
    let lines = by_client(batch, |row| Some(cell(row))).expect("clients");
    let mut text = String::new();
    for (number, cells) in lines.iter().enumerate() {
        let _ = writeln!(text, "| {} |", cells.join(" | "));
        if number == 0 {
            let rule = "| ---: ".repeat(cells.len() - 1);
            let _ = writeln!(text, "| --- {rule}|");
        }
    }
    text
}
