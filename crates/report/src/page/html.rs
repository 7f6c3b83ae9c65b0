//! The page in HTML.

use std::fmt::Write;

use measurement::summary::Summary;
use safe_text::html::escape;

use super::super::trust;
use super::checks::checks;
use super::environment::environment;
use super::section::{Section, sections};
use super::{
    Chart, METHODOLOGY, REQUESTS, Report, TABLES, problem_lines, source_link,
};

/// How every page begins: one file, light and dark, nothing fetched.
pub fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        escape(title),
        include_str!("page.css"),
    )
}

/// How every page ends.
pub const END: &str = "</main>\n</body>\n</html>\n";

/// The page.
pub(in super::super) fn html(report: &Report<'_>, charts: &[Chart]) -> String {
    let Report { run, summary, findings, trials } = report;
    let mut page = head(&format!("Ping test, run {}", run.run_id));
    let headline = findings.first().map_or("Ping test", String::as_str);
    let _ = writeln!(page, "<h1>{}</h1>", escape(headline));
    for finding in findings.iter().skip(1) {
        let _ = writeln!(page, "<p class=\"finding\">{}</p>", escape(finding));
    }
    let class = trust::belief(&summary.trust);
    let _ = writeln!(
        page,
        "<p class=\"trust {class}\"><strong>May I believe it?</strong> {}.</p>",
        escape(&trust::lines(summary).join(". ")),
    );
    problems(&mut page, summary);
    for chart in charts {
        figure(&mut page, chart);
    }
    for section in sections(summary).into_iter().chain(checks(trials)) {
        table(&mut page, &section);
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
    let tables = TABLES.map(|name| format!("<a href=\"{name}\">{name}</a>"));
    let _ = write!(
        page,
        "</tbody>\n</table>\n<p>Again: <code>{}</code>. The records are in \
         <code>trials.jsonl</code>, a line per trial, every number of this page in \
         <code>summary.json</code>, and for other programs in {} and \
         <code>{REQUESTS}</code> (a line per ping); \
         <code>cargo run -p harness -- plot DIR</code> draws all of it again. \
         What is inside the clock, and what this cannot show: \
         <a href=\"{METHODOLOGY}\">methodology</a>.</p>\n{END}",
        escape(&run.command),
        tables.join(", "),
    );
    page
}

fn figure(page: &mut String, chart: &Chart) {
    let next = chart.lesson.as_ref().map_or(String::new(), |lesson| {
        format!(" Next: <a href=\"{}\">{lesson}</a>.", source_link(lesson))
    });
    let _ = write!(
        page,
        "<figure id=\"{}\">\n{}\n<figcaption><strong>What to look for.</strong> \
         {}{next}</figcaption>\n</figure>\n",
        chart.name,
        chart
            .picture
            .wide
            .trim_start_matches("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        escape(&chart.caption.below()),
    );
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

/// A table that can be folded.
pub fn table(page: &mut String, section: &Section) {
    let open = if section.open { " open" } else { "" };
    let _ = write!(
        page,
        "<details{open}>\n<summary><h2>{}</h2></summary>\n",
        escape(&section.heading)
    );
    if !section.text.is_empty() {
        let _ = writeln!(page, "<p>{}</p>", escape(&section.text));
    }
    page.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for header in &section.headers {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escape(header));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &section.rows {
        page.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let cell = escape(cell);
            let _ = if i == 0 {
                write!(page, "<th scope=\"row\">{cell}</th>")
            } else {
                write!(page, "<td>{cell}</td>")
            };
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table></div>\n</details>\n");
}
