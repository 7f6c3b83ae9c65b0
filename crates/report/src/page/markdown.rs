//! The page in Markdown.

use std::fmt::Write;

use measurement::quantity::capital;

use super::super::trust;
use super::Chart;
use super::Report;
use super::all_numbers::all_numbers;
use super::badge::badge;
use super::checks::checks;
use super::environment::environment;
use super::look::{Look, look};
use super::numbers::Numbers;
use super::part::{self, Part};
use super::tiles::tiles;
use super::words::{
    REQUESTS, TABLES, csv_of, measured, plot_again, problem_lines, source,
};
use safe_text::html;
use safe_text::markdown::{code, escape};

/// The page for a code host.
pub(crate) fn markdown(report: &Report<'_>, charts: &[Chart]) -> String {
    let mut page = String::new();
    top(&mut page, report, charts);
    for part in part::parts(report, charts) {
        question(&mut page, &part);
    }
    can_i_trust_it(&mut page, report, charts);
    numbers(&mut page, report);
    data(&mut page, report);
    page
}

fn top(page: &mut String, report: &Report<'_>, charts: &[Chart]) {
    let Report { run, summary, .. } = report;
    let _ = write!(
        page,
        "{}\n\n# {}\n\n",
        escape(&measured(run, summary)),
        escape(report.claim())
    );
    let drawn = |name: &str| charts.iter().any(|chart| chart.name == name);
    let tiles = tiles(summary).into_iter().filter(|tile| drawn(tile.chart));
    let tiles: Vec<String> = tiles
        .map(|t| format!("**{}** {}", escape(&t.figure), escape(&t.words)))
        .collect();
    list(page, &tiles);
    let badge = badge(&summary.trust);
    let (colour, why) = (badge.colour, escape(&badge.why));
    let _ = writeln!(page, "**{colour}:** {why}\n");
    let elsewhere = part::elsewhere(report, charts);
    let elsewhere: Vec<String> = elsewhere.iter().map(|t| escape(t)).collect();
    list(page, &elsewhere);
}

/// A list of what is Markdown already.
fn list(page: &mut String, items: &[String]) {
    for item in items {
        let _ = writeln!(page, "- {item}");
    }
    if !items.is_empty() {
        page.push('\n');
    }
}

fn question(page: &mut String, part: &Part<'_>) {
    let _ = writeln!(page, "## {}\n", escape(part.question));
    for chart in &part.charts {
        picture(page, chart);
    }
    if !part.findings.is_empty() {
        page.push_str("Also found:\n\n");
    }
    let findings = part.findings.iter().map(|said| escape(&said.words));
    list(page, &findings.collect::<Vec<_>>());
    if let Some(numbers) = &part.numbers {
        let _ = writeln!(page, "{}:\n", escape(&numbers.heading));
        table(
            page,
            &numbers.headers,
            numbers.lines.iter().map(|l| &l.cells[..]),
        );
    }
}

fn picture(page: &mut String, chart: &Chart) {
    let Look { first, more } = look(&chart.caption);
    let (name, csv) = (chart.name, csv_of(chart.name));
    let _ = writeln!(
        page,
        "<picture>\n<source media=\"(max-width: 600px) and \
         (prefers-color-scheme: dark)\" \
         srcset=\"charts/{name}-narrow-dark.svg\">\n\
         <source media=\"(max-width: 600px)\" \
         srcset=\"charts/{name}-narrow-light.svg\">\n\
         <source media=\"(prefers-color-scheme: dark)\" \
         srcset=\"charts/{name}-dark.svg\">\n<img alt=\"{}\" \
         src=\"charts/{name}-light.svg\">\n</picture>\n\n\
         **What to look for.** {} [{name}.svg](charts/{name}.svg), \
         [its numbers as CSV]({csv})\n",
        html::escape(&chart.caption.title),
        escape(&first),
    );
    if !more.is_empty() {
        fold(page, "More about this picture", |page| {
            let _ = writeln!(page, "{}\n", escape(&more));
        });
    }
}

/// What code hosts fold.
fn fold(page: &mut String, heading: &str, inside: impl FnOnce(&mut String)) {
    let heading = html::escape(heading);
    let _ = write!(page, "<details>\n<summary>{heading}</summary>\n\n");
    inside(page);
    page.push_str("</details>\n\n");
}

fn can_i_trust_it(page: &mut String, report: &Report<'_>, charts: &[Chart]) {
    let summary = report.summary;
    question(page, &part::trust(report, charts));
    let answers = trust::answers(summary).into_iter().map(|answer| {
        let line = escape(&capital(&answer.line));
        format!("**{}** {line}. {}", answer.question, answer.means)
    });
    let answers: Vec<String> =
        answers.map(|answer| answer.trim_end().to_owned()).collect();
    list(page, &answers);
    let problems = problem_lines(summary);
    list(page, &problems.iter().map(|l| escape(l)).collect::<Vec<_>>());
    if let Some(section) = checks(report.trials) {
        fold(page, &section.heading, |page| {
            let _ = writeln!(page, "{}\n", escape(&section.text));
            table(page, &section.headers, section.rows.iter().map(|r| &r[..]));
        });
    }
}

/// Each batch is folded: of what it has, four columns stand above.
fn numbers(page: &mut String, report: &Report<'_>) {
    let all = all_numbers(report.summary);
    if all[0].batches.is_empty() {
        return;
    }
    page.push_str("## All numbers\n\n");
    for part in &all {
        for Numbers { heading, lines, .. } in &part.batches {
            fold(page, heading, |page| {
                let cells = lines.iter().map(|line| &line.cells[..]);
                table(page, &part.headers, cells);
            });
        }
        let notes: Vec<String> = part.notes.iter().map(|n| escape(n)).collect();
        list(page, &notes);
    }
}

fn data(page: &mut String, report: &Report<'_>) {
    let tables = TABLES.map(|name| format!("[{name}]({name})"));
    let _ = write!(
        page,
        "## Data\n\n\
         - Every number of this page: [summary.json](summary.json)\n\
         - For a spreadsheet: {}, and `{REQUESTS}` with a line for each ping\n\
         - The records, a line for each trial: `trials.jsonl`\n\n\
         ## Again\n\n- The run: {}\n\
         - The page, from the records: `{}`\n\
         - What is inside the clock, and what this cannot show: \
         `docs/methodology.md`\n\n",
        tables.join(", "),
        code(&report.run.command),
        plot_again(&report.run.command)
    );
    if let Some(lesson) = report.next_lesson {
        let _ = writeln!(page, "## Read next\n\n{}\n", code(&source(lesson)));
    }
    let _ = writeln!(page, "## Machine\n\n| | |\n| --- | --- |");
    for (name, value) in environment(report.run) {
        let _ = writeln!(page, "| {name} | {} |", escape(&value));
    }
}

fn table<'a>(
    page: &mut String,
    headers: &[String],
    rows: impl Iterator<Item = &'a [String]>,
) {
    let rule = " ---: |".repeat(headers.len().saturating_sub(1));
    let _ = write!(page, "{}\n| --- |{rule}\n", row(headers));
    for cells in rows {
        let _ = writeln!(page, "{}", row(cells));
    }
    page.push('\n');
}

/// A row of a table.
fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
    format!("| {} |", cells.join(" | "))
}
