//! The page in HTML.

use std::fmt::Write;

use charts::Picture;
use measurement::quantity::capital;

use super::super::trust;
use super::Chart;
use super::Report;
use super::all_numbers::all_numbers;
use super::badge::badge;
use super::checks::checks;
use super::environment::environment;
use super::html_tables::{all, four_columns, row, table};
use super::look::{Look, look};
use super::part::{self, Part};
use super::tiles::tiles;
use super::view;
use super::words::{
    REQUESTS, TABLES, csv_of, measured, plot_again, problem_lines, source,
};
use safe_text::html::escape;

/// How every page begins: one file, light and dark, nothing fetched. `rules`
/// are its own besides those of all pages.
pub fn head(title: &str, rules: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n<style>\n{}{rules}</style>\n</head>\n<body>\n",
        escape(title),
        include_str!("page.css"),
    )
}

/// How every page ends.
pub const END: &str = "</main>\n</body>\n</html>\n";

/// The page.
pub(crate) fn html(report: &Report<'_>, charts: &[Chart]) -> String {
    let Report { run, summary, .. } = report;
    let title = format!("Ping test, run {}", run.run_id);
    let mut page = head(&title, &view::rules());
    page += &view::switches(summary);
    page.push_str("<main>\n");
    top(&mut page, report, charts);
    for part in part::parts(report, charts) {
        question(&mut page, &part);
        page.push_str("</section>\n");
    }
    can_i_trust_it(&mut page, report, charts);
    numbers(&mut page, report);
    data(&mut page, report);
    page.push_str(END);
    page
}

/// What was measured, the claim, the four figures, and the badge.
fn top(page: &mut String, report: &Report<'_>, charts: &[Chart]) {
    let Report { run, summary, .. } = report;
    let badge = badge(&summary.trust);
    let _ = write!(
        page,
        "<p class=\"measured\">{}</p>\n<h1>{}</h1>\n",
        escape(&measured(run, summary)),
        escape(report.claim()),
    );
    let drawn = |name: &str| charts.iter().any(|chart| chart.name == name);
    let tiles = tiles(summary).into_iter().filter(|tile| drawn(tile.chart));
    let tiles: Vec<String> = tiles
        .map(|tile| {
            format!(
                "<li><a href=\"#{}\"><strong>{}</strong> {}</a></li>\n",
                tile.chart,
                escape(&tile.figure),
                escape(&tile.words)
            )
        })
        .collect();
    if !tiles.is_empty() {
        let _ = write!(page, "<ul class=\"tiles\">\n{}</ul>\n", tiles.concat());
    }
    let _ = writeln!(
        page,
        "<p class=\"trust {}\"><strong>{}:</strong> {} \
         <a href=\"#trust-it\">Can I trust it?</a></p>",
        badge.class,
        badge.colour,
        escape(&badge.why),
    );
    let items = part::elsewhere(report, charts);
    list(page, "answers", &items, |text| escape(text));
}

fn question(page: &mut String, part: &Part<'_>) {
    let _ = write!(
        page,
        "<section id=\"{}\">\n<h2>{}</h2>\n",
        part.id,
        escape(part.question)
    );
    for chart in &part.charts {
        figure(page, chart);
    }
    if !part.findings.is_empty() {
        page.push_str("<p class=\"answers also\">Also found:</p>\n");
    }
    list(page, "answers", &part.findings, |said| {
        format!("<a href=\"#{}\">{}</a>", said.chart, escape(&said.words))
    });
    if let Some(numbers) = &part.numbers {
        four_columns(page, numbers);
    }
}

fn list<T>(
    page: &mut String,
    class: &str,
    items: &[T],
    write: impl Fn(&T) -> String,
) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(page, "<ul class=\"{class}\">");
    for item in items {
        let _ = writeln!(page, "<li>{}</li>", write(item));
    }
    page.push_str("</ul>\n");
}

fn figure(page: &mut String, chart: &Chart) {
    let Picture { wide, narrow } = &chart.picture;
    let Look { first, more } = look(&chart.caption);
    let _ = write!(
        page,
        "<figure>\n<div class=\"form-wide\">\n{wide}</div>\n\
         <div class=\"form-narrow\">\n{narrow}</div>\n<figcaption>\n<p class=\"look\"><strong>What to \
         look for.</strong> {}</p>\n",
        escape(&first),
    );
    if !more.is_empty() {
        let _ = writeln!(
            page,
            "<details>\n<summary>More about this picture</summary>\n\
             <p class=\"more\">{}</p>\n</details>",
            escape(&more)
        );
    }
    let (name, csv) = (chart.name, csv_of(chart.name));
    let _ = write!(
        page,
        "<p class=\"links\"><a href=\"charts/{name}.svg\">{name}.svg</a> \
         <a href=\"{csv}\">its numbers as CSV</a></p>\n</figcaption>\n\
         </figure>\n"
    );
}

fn can_i_trust_it(page: &mut String, report: &Report<'_>, charts: &[Chart]) {
    let summary = report.summary;
    question(page, &part::trust(report, charts));
    page.push_str("<dl class=\"trusted\">\n");
    for answer in trust::answers(summary) {
        let _ = writeln!(
            page,
            "<dt>{}</dt>\n<dd><p>{}.</p>",
            answer.question,
            escape(&capital(&answer.line))
        );
        if !answer.means.is_empty() {
            let _ = writeln!(page, "<p class=\"means\">{}</p>", answer.means);
        }
        page.push_str("</dd>\n");
    }
    page.push_str("</dl>\n");
    list(page, "problems", &problem_lines(summary), |line| escape(line));
    if let Some(section) = checks(report.trials) {
        table(page, &section);
    }
    page.push_str("</section>\n");
}

fn numbers(page: &mut String, report: &Report<'_>) {
    let [named, others] = all_numbers(report.summary);
    if named.batches.is_empty() {
        return;
    }
    page.push_str("<section id=\"numbers\">\n<h2>All numbers</h2>\n");
    all(page, "All numbers", &named);
    if !others.batches.is_empty() {
        page.push_str("<details>\n<summary>The other batches</summary>\n");
        all(page, "The other batches", &others);
        page.push_str("</details>\n");
    }
    page.push_str("</section>\n");
}

/// The data, how to make it again, on which machine it was made, and what to
/// read next.
fn data(page: &mut String, report: &Report<'_>) {
    let tables = TABLES.map(|name| format!("<a href=\"{name}\">{name}</a>"));
    let _ = write!(
        page,
        "<section id=\"data\">\n<h2>Data</h2>\n<ul>\n\
         <li>Every number of this page: <a href=\"summary.json\">summary.json\
         </a></li>\n\
         <li>For a spreadsheet: {}, and <code>{REQUESTS}</code> with a line \
         for each ping</li>\n\
         <li>The records, a line for each trial: <code>trials.jsonl</code></li>\n\
         </ul>\n<h2>Again</h2>\n<ul>\n\
         <li>The run: <code>{}</code></li>\n\
         <li>The page, from the records: \
         <code>{}</code></li>\n\
         <li>What is inside the clock, and what this cannot show: \
         <code>docs/methodology.md</code></li>\n</ul>\n",
        tables.join(", "),
        escape(&report.run.command),
        plot_again(&report.run.command),
    );
    if let Some(lesson) = report.next_lesson {
        let _ = writeln!(
            page,
            "<h2>Read next</h2>\n<p><code>{}</code></p>",
            escape(&source(lesson))
        );
    }
    page.push_str("<h2>Machine</h2>\n<table class=\"environment\">\n<tbody>\n");
    for (name, value) in environment(report.run) {
        row(page, "", &[name.to_owned(), value]);
    }
    page.push_str("</tbody>\n</table>\n</section>\n");
}
