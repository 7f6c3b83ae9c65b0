//! The page about other people's clients says what the committed run measured,
//! and its picture is drawn of that.

use std::path::PathBuf;

use charts::{compare_peers, peer_name};
use harness::peers::{draw, table, verdicts};
use measurement::peers::{Client, Peers, PeersSummary, summarise};
use measurement::quantity::{capital, plural};
use report::Folder;

use crate::committed::{drawn_as_today, table_of};
use crate::documents::quote;
use crate::{read, root};

const PAGE: &str = "docs/peers.md";

fn committed() -> PathBuf {
    root().join("reports/sample/peers")
}

fn measured() -> (Peers, PeersSummary) {
    let text = read(&committed().join("peers.json"));
    let peers: Peers = serde_json::from_str(&text).unwrap();
    let summary = summarise(&peers);
    (peers, summary)
}

#[test]
fn the_peers_are_drawn_as_the_program_draws_today() {
    let (peers, summary) = measured();
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::create(place.path(), "peers").unwrap();
    draw(&folder, &peers, &summary).unwrap();
    drawn_as_today(&committed(), folder.path());
}

#[test]
fn the_page_quotes_the_committed_run() {
    let (peers, summary) = measured();
    quote(PAGE, "peers", &numbers(&peers, &summary));
    let better = compare_peers(&summary);
    let better: Vec<String> = better.iter().map(|b| capital(b)).collect();
    quote(PAGE, "better", &list(&better));
    quote(PAGE, "counted", &list(&verdicts(&summary)));
    quote(PAGE, "commands", &commands(&peers, &summary));
}

fn list(lines: &[String]) -> String {
    lines.iter().map(|line| format!("- {line}.\n")).collect()
}

fn numbers(peers: &Peers, summary: &PeersSummary) -> String {
    let environment = &peers.environment;
    let on = environment.processors.map_or(String::new(), |count| {
        format!(" on {}", plural(count, "processor"))
    });
    let mut text = format!(
        "{} of {}, {} in flight,{on}, {}:\n\n",
        plural(peers.rounds as usize, "round"),
        plural(peers.clients.len(), "client"),
        peers.concurrency,
        peers.start_utc.split('T').next().unwrap(),
    )
    .replace(",  on", " on");
    let (header, rows) = table(summary);
    text.push_str(&table_of(&header, &rows));
    text
}

fn commands(peers: &Peers, summary: &PeersSummary) -> String {
    let mut text =
        String::from("| client | version | command |\n| --- | --- | --- |\n");
    for (client, row) in peers.clients.iter().zip(&summary.rows) {
        let Client { version, command, .. } = client;
        let version = match (version, client.ours) {
            (Some(version), _) => version,
            (None, true) => "this commit",
            (None, false) => "does not say",
        };
        text.push_str(&format!(
            "| {} | {version} | `{}` |\n",
            peer_name(row),
            command.join(" ")
        ));
    }
    for missing in &peers.missing {
        text.push_str(&format!(
            "| {} | not installed | `{}` |\n",
            missing.name, missing.install
        ));
    }
    text
}
