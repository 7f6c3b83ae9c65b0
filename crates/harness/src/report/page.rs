//! The page of a run: one file, no script, nothing fetched; and its twin in
//! Markdown for a code host.

use std::fmt::Write;

use measurement::environment::Run;
use measurement::record::Act;
use measurement::summary::{Batch, Summary};

use super::draw::Chart;
use super::{table, trust};

/// What stands on the page besides the charts.
pub(super) struct Report<'a> {
    pub(super) run: &'a Run,
    pub(super) summary: &'a Summary,
    pub(super) findings: &'a [String],
}

/// The page.
pub(super) fn html(report: &Report<'_>, charts: &[Chart]) -> String {
    let mut page = String::new();
    let Report { run, summary, findings } = report;
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Ping test, run {}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        escape(&run.run_id),
        include_str!("page.css"),
    );
    let headline = findings.first().map_or("Ping test", String::as_str);
    let _ = writeln!(page, "<h1>{}</h1>", escape(headline));
    for finding in findings.iter().skip(1) {
        let _ = writeln!(page, "<p class=\"finding\">{}</p>", escape(finding));
    }
    let class = if trust::holds(&summary.trust) { "holds" } else { "broken" };
    let _ = writeln!(
        page,
        "<p class=\"trust {class}\"><strong>May I believe it?</strong> {}.</p>",
        escape(&trust::lines(summary).join(". ")),
    );
    problems(&mut page, summary);
    for chart in charts {
        let _ = write!(
            page,
            "<figure id=\"{}\">\n{}\n<figcaption><strong>What to look for.</strong> {} \
             Next: <a href=\"{}\">{}</a>.</figcaption>\n</figure>\n",
            chart.name,
            chart.svg.trim_start_matches(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            ),
            escape(&chart.caption.look_for),
            source_link(chart.lesson),
            chart.lesson,
        );
    }
    for batch in &summary.batches {
        html_table(&mut page, batch);
    }
    let _ = write!(
        page,
        "<h2>Where and how</h2>\n<table class=\"environment\">\n<tbody>\n"
    );
    for (name, value) in environment(run) {
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\">{name}</th><td>{}</td></tr>",
            escape(&value)
        );
    }
    let _ = write!(
        page,
        "</tbody>\n</table>\n<p>Again: <code>{}</code>. The records are in \
         <code>raw/</code>, every number of this page in \
         <code>summary.json</code> and <code>tables/</code>; \
         <code>cargo run -p harness -- plot DIR</code> draws all of it again. \
         What is inside the clock, and what this cannot show: \
         <a href=\"{}\">methodology</a>.</p>\n</main>\n</body>\n</html>\n",
        escape(&run.command),
        METHODOLOGY,
    );
    page
}

/// The page for a code host.
pub(super) fn markdown(report: &Report<'_>, charts: &[Chart]) -> String {
    let mut page = String::new();
    let Report { run, summary, findings } = report;
    let headline = findings.first().map_or("Ping test", String::as_str);
    let _ = writeln!(page, "# {headline}\n");
    for finding in findings.iter().skip(1) {
        let _ = writeln!(page, "{finding}.\n");
    }
    let _ = writeln!(
        page,
        "**May I believe it?** {}.\n",
        trust::lines(summary).join(". ")
    );
    for line in problem_lines(summary) {
        let _ = writeln!(page, "- {line}");
    }
    for chart in charts {
        let _ = writeln!(
            page,
            "<picture>\n<source media=\"(prefers-color-scheme: dark)\" \
             srcset=\"charts/{name}-dark.svg\">\n<img alt=\"{}\" \
             src=\"charts/{name}-light.svg\">\n</picture>\n\n\
             **What to look for.** {} Next: [{lesson}]({}).\n",
            escape(&chart.caption.title),
            chart.caption.look_for,
            source_link(chart.lesson),
            name = chart.name,
            lesson = chart.lesson,
        );
    }
    for batch in &summary.batches {
        let _ = writeln!(page, "## {}\n", heading(batch));
        let columns: Vec<_> = table::columns(batch).collect();
        let headers: Vec<&str> = columns.iter().map(|c| c.header).collect();
        let _ = writeln!(page, "| {} |", headers.join(" | "));
        let _ = writeln!(
            page,
            "| --- |{}",
            " ---: |".repeat(headers.len().saturating_sub(1))
        );
        for row in &batch.rows {
            let cells: Vec<String> =
                columns.iter().map(|column| column.of(row)).collect();
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
        page.push('\n');
    }
    let _ = writeln!(page, "## Where and how\n\n| | |\n| --- | --- |");
    for (name, value) in environment(run) {
        let _ = writeln!(page, "| {name} | {value} |");
    }
    let _ = writeln!(page, "\nAgain: `{}`", run.command);
    page
}

/// How many problems stand on a page.
const PROBLEMS: usize = 20;

/// Report folders lie in `reports/`, two levels below the workspace.
const METHODOLOGY: &str = "../../docs/methodology.md";

fn source_link(package: &str) -> String {
    format!("../../crates/{package}/src/lib.rs")
}

fn problems(page: &mut String, summary: &Summary) {
    let lines = problem_lines(summary);
    if lines.is_empty() {
        return;
    }
    page.push_str("<ul class=\"problems\">\n");
    for line in lines {
        let _ = writeln!(page, "<li>{}</li>", escape(&line));
    }
    page.push_str("</ul>\n");
}

/// What was wrong, a line each.
fn problem_lines(summary: &Summary) -> Vec<String> {
    let problems = &summary.trust.problems;
    let shown = problems.iter().take(PROBLEMS);
    let mut lines: Vec<String> = shown
        .map(|(trial, problem)| format!("Trial {trial}: {problem}"))
        .collect();
    if let Some(more @ 1..) = problems.len().checked_sub(PROBLEMS) {
        lines.push(format!("and {more} more, in summary.json"));
    }
    lines
}

fn html_table(page: &mut String, batch: &Batch) {
    let _ = write!(
        page,
        "<h2>{}</h2>\n<div class=\"wide\"><table>\n<thead><tr>",
        escape(&heading(batch))
    );
    let columns: Vec<_> = table::columns(batch).collect();
    for column in &columns {
        let _ = write!(page, "<th scope=\"col\">{}</th>", column.header);
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &batch.rows {
        page.push_str("<tr>");
        for (i, column) in columns.iter().enumerate() {
            let cell = escape(&column.of(row));
            let _ = if i == 0 {
                write!(page, "<th scope=\"row\">{cell}</th>")
            } else {
                write!(page, "<td>{cell}</td>")
            };
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table></div>\n");
}

/// What a batch is, in words.
pub fn heading(batch: &Batch) -> String {
    let what = match batch.act {
        Act::Book => "The book's six URLs",
        Act::Uneven => "Uneven waits",
        Act::Calibration => "One at a time, before the sweep",
        Act::NoWaits => "No waits",
        Act::Sweep => "Equal waits",
        Act::Memory => "As many pings as are in flight",
    };
    format!(
        "{what}: {} pings, {} at a time, not below {}",
        batch.requests,
        batch.concurrency,
        crate::duration::display(batch.bound_ns as f64),
    )
}

fn environment(run: &Run) -> Vec<(&'static str, String)> {
    let machine = &run.environment;
    let mut rows =
        vec![("run", run.run_id.clone()), ("seed", run.seed.to_string())];
    let mut row = |name, value: Option<String>| {
        rows.push((name, value.unwrap_or_else(|| "not known".to_owned())));
    };
    row("system", Some(machine.system.clone()));
    row("kernel", machine.kernel.clone());
    row("processor", machine.processor.clone());
    row("processors", machine.processors.map(|n| n.to_string()));
    row(
        "virtual machine",
        machine
            .virtual_machine
            .map(|yes| if yes { "yes" } else { "no" }.to_owned()),
    );
    row("governor", machine.governor.clone());
    row(
        "memory",
        machine
            .memory_bytes
            .map(|b| format!("{:.1} GiB", b as f64 / f64::from(1 << 30))),
    );
    row("open files", machine.open_files.map(|n| n.to_string()));
    row("load before", machine.load.map(|load| format!("{load:.2}")));
    row("compiler", Some(machine.rustc.clone()));
    row("build", Some(machine.profile.clone()));
    row("commit", machine.commit.clone());
    row("crates", Some(machine.crates.join(", ")));
    rows
}

/// Makes text safe inside HTML and its attributes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
