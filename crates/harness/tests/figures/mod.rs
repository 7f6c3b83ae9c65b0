//! Reads every figure of a report back, from its page, its tables and the
//! titles of its charts: one thing has one figure.

mod known;
mod page;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use measurement::quantity::{
    duration, factor, from_to, makespan, mean, mib, percent, range, speed_up,
    whole,
};
use measurement::summary::{Batch, Summary};
use measurement::waits::Waits;

use known::known;
use page::{Table, figures, paragraphs, tables_of_html, tables_of_markdown};

fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Panics where two places of this report folder have two figures for one
/// thing.
pub(crate) fn assert_one_figure_for_one_thing(folder: &Path) {
    let summary = read(&folder.join("summary.json"));
    let summary: Summary = serde_json::from_str(&summary).expect("a summary");
    let html = read(&folder.join("index.html"));
    let markdown = read(&folder.join("index.md"));
    let tables = tables_of_html(&html);
    assert_eq!(tables, tables_of_markdown(&markdown), "index.md and the page");
    let rows = csv(&read(&folder.join("tables/summary.csv")));
    assert_as_in_csv(&summary, &tables, &rows);
    assert_words(&folder.join("charts"), &html, &markdown, &summary, &tables);
}

/// A row of `summary.csv`, by the names of its columns.
type Row = BTreeMap<String, String>;

fn csv(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), names.len(), "{line}");
        let pairs = names.iter().zip(cells);
        pairs.map(|(n, c)| ((*n).to_owned(), c.to_owned())).collect()
    };
    lines.map(row).collect()
}

/// Each cell of each batch's table is what its number in the CSV reads.
fn assert_as_in_csv(summary: &Summary, tables: &[Table], csv: &[Row]) {
    let mut csv = csv.iter();
    let mut cells = 0;
    for batch in &summary.batches {
        let rows: Vec<&Row> = csv.by_ref().take(batch.rows.len()).collect();
        let names: Vec<&str> = rows
            .iter()
            .map(|row| measurement::ways::name(&row["strategy"]))
            .collect();
        let first = |table: &&Table| -> bool {
            let own = table.rows.iter().map(|row| row[0].as_str());
            table.headers[0] == "strategy"
                && table.heading == report::heading(batch)
                && own.eq(names.iter().copied())
        };
        // Of some there is another one with fewer columns.
        let tables: Vec<&Table> = tables.iter().filter(first).collect();
        let heading = report::heading(batch);
        assert!(!tables.is_empty(), "no table of {heading}");
        for table in tables {
            for (cells_of_row, row) in table.rows.iter().zip(&rows) {
                for (header, cell) in table.headers.iter().zip(cells_of_row) {
                    let Some(wanted) = reads(batch, header, row) else {
                        continue;
                    };
                    let of = &cells_of_row[0];
                    assert_eq!(cell, &wanted, "{header} of {of} in {heading}");
                    cells += 1;
                }
            }
        }
    }
    assert!(csv.next().is_none(), "more rows in the CSV than on the page");
    assert!(cells > 20, "only {cells} cells were read");
}

/// What a row of the CSV reads in this column of the page; none of words.
fn reads(batch: &Batch, header: &str, row: &Row) -> Option<String> {
    let number = |name: &str| row[name].parse::<f64>().ok();
    let say = |name: &str, rule: &dyn Fn(f64) -> String| {
        number(name).map_or("n/a".to_owned(), rule)
    };
    let of_waits = |text: String| match batch.waits {
        Waits::None => "n/a".to_owned(),
        _ => text,
    };
    let time = |ns| makespan(batch.act, ns);
    Some(match header {
        "strategy" | "client" | "notes" => return None,
        "makespan" => say("makespan_median_ns", &time),
        "interval (≥ 95 %)" => {
            let both =
                number("makespan_low_ns").zip(number("makespan_high_ns"));
            match (both, number("makespan_median_ns")) {
                (Some((low, high)), _) => from_to(&time(low), &time(high)),
                (None, Some(_)) => format!("no value (n = {})", row["valid"]),
                (None, None) => "n/a".to_owned(),
            }
        }
        "speed-up" => say("speed_up_median", &speed_up),
        "efficiency" => say("efficiency_median", &percent),
        "seen at once" => {
            let ends =
                number("peak_in_flight_min").zip(number("peak_in_flight_max"));
            of_waits(ends.map_or("n/a".to_owned(), |(least, most)| {
                range((least as u64, most as u64))
            }))
        }
        "mean at once" => of_waits(say("mean_in_flight", &mean)),
        "server late" => of_waits(say("server_late_ns", &duration)),
        "overhead per ping" => say("overhead_ns", &duration),
        "CPU per ping" => say("cpu_per_request_ns", &duration),
        "peak memory" => {
            say("peak_rss_bytes", &|bytes| format!("{} MiB", mib(bytes)))
        }
        "threads midway" => say("threads", &whole),
        relative if relative.starts_with("relative to ") => {
            let words = match row["verdict"].as_str() {
                "no-difference" => ", no visible difference",
                "too-few-rounds" => ", too few rounds",
                "too-noisy" => ", too noisy to tell",
                _ => "",
            };
            say("ratio_median", &|ratio| format!("{}{words}", factor(ratio)))
        }
        other => panic!("what is in the column `{other}`?"),
    })
}

/// Every figure of every sentence is one that the numbers read.
fn assert_words(
    charts: &Path,
    html: &str,
    markdown: &str,
    summary: &Summary,
    tables: &[Table],
) {
    let known = known(summary, tables);
    let mut read_back = 0;
    let mut check = |place: &str, text: &str| {
        for figure in figures(text) {
            assert!(
                known.contains(&figure),
                "{place}: `{figure}` is no figure of the tables, in: {text}"
            );
            read_back += 1;
        }
    };
    let svgs = fs::read_dir(charts).expect("charts");
    for path in svgs.map(|entry| entry.expect("readable").path()) {
        let svg = read(&path);
        let svg = roxmltree::Document::parse(&svg).expect("an SVG");
        let words = |name: &str| {
            let mut all = svg.descendants();
            let found = all.find(|node| node.has_tag_name(name));
            found.and_then(|node| node.text()).unwrap_or_default().to_owned()
        };
        let title = words("title");
        check(&path.display().to_string(), &title);
        check(&path.display().to_string(), &words("desc"));
        assert!(
            page::plain(html).contains(&title),
            "`{title}` is not on the page"
        );
    }
    let on_page = paragraphs(html);
    for text in &on_page {
        check("index.html", text);
    }
    // The page in Markdown says the same, letter by letter.
    let said = page::words(&page::unescaped(markdown));
    for text in on_page {
        let text = page::words(&text);
        assert!(said.contains(&text), "not in index.md: {text}");
    }
    assert!(read_back > 10, "only {read_back} figures were read");
    let trust = &summary.trust;
    let sent = measurement::quantity::number(trust.sent as usize);
    assert!(html.contains(&format!("Sent {sent} = seen ")), "{sent}");
}
