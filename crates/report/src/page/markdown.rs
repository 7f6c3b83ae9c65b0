//! The page in Markdown.

use std::fmt::Write;

use safe_text::html;
use safe_text::markdown::{code, escape};

use super::super::trust;
use super::checks::checks;
use super::environment::environment;
use super::section::sections;
use super::{
    Chart, REQUESTS, Report, TABLES, problem_lines, sentence, source_link,
};

/// The page for a code host.
pub(in super::super) fn markdown(
    report: &Report<'_>,
    charts: &[Chart],
) -> String {
    let mut page = String::new();
    let Report { run, summary, findings, trials } = report;
    let headline = findings.first().map_or("Ping test", String::as_str);
    let _ = writeln!(page, "# {}\n", escape(headline));
    for finding in findings.iter().skip(1) {
        let _ = writeln!(page, "{}\n", escape(&sentence(finding)));
    }
    let _ = writeln!(
        page,
        "**May I believe it?** {}.\n",
        escape(&trust::lines(summary).join(". "))
    );
    let problems = problem_lines(summary);
    for line in &problems {
        let _ = writeln!(page, "- {}", escape(line));
    }
    if !problems.is_empty() {
        // Or the first chart would belong to the last of them.
        page.push('\n');
    }
    for chart in charts {
        let next = chart.lesson.as_ref().map_or(String::new(), |lesson| {
            format!(" Next: [{lesson}]({}).", source_link(lesson))
        });
        let _ = writeln!(
            page,
            "<picture>\n<source media=\"(prefers-color-scheme: dark)\" \
             srcset=\"charts/{name}-dark.svg\">\n<img alt=\"{}\" \
             src=\"charts/{name}-light.svg\">\n</picture>\n\n\
             **What to look for.** {}{next}\n",
            html::escape(&chart.caption.title),
            escape(&chart.caption.below()),
            name = chart.name,
        );
    }
    for section in sections(summary).into_iter().chain(checks(trials)) {
        let _ = writeln!(page, "## {}\n", escape(&section.heading));
        if !section.text.is_empty() {
            let _ = writeln!(page, "{}\n", escape(&section.text));
        }
        let columns = section.headers.len();
        let _ = writeln!(page, "{}", row(&section.headers));
        let rule = " ---: |".repeat(columns.saturating_sub(1));
        let _ = writeln!(page, "| --- |{rule}");
        for cells in &section.rows {
            let _ = writeln!(page, "{}", row(cells));
        }
        page.push('\n');
    }
    let _ = writeln!(page, "## Where and how\n\n| | |\n| --- | --- |");
    for (name, value) in environment(run) {
        let _ = writeln!(page, "| {name} | {} |", escape(&value));
    }
    let tables = TABLES.map(|name| format!("[{name}]({name})"));
    let _ = writeln!(
        page,
        "\nIn plain numbers: {} and `{REQUESTS}`, a line per ping.",
        tables.join(", ")
    );
    let _ = writeln!(page, "\nAgain: {}", code(&run.command));
    page
}

/// A row of a table.
fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
    format!("| {} |", cells.join(" | "))
}
