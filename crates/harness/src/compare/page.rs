//! The comparison as a page: one file, no script, nothing fetched.

use std::fmt::Write;

use measurement::runs::RunComparison;
use report::{END, Section, head, html_table};
use safe_text::html::escape;

use super::tables::{On, Table, tables};
use super::words::{
    Verdicts, how_to_read, label, partial, quiet, title, without_ratios,
};
use crate::called::called;

/// The page.
pub fn html(compared: &RunComparison) -> String {
    let title = title(compared);
    let verdicts = Verdicts::of(compared);
    let mut page = head(&format!("Ping test, {title}"), "");
    let _ = writeln!(page, "<main>\n<h1>{title}</h1>");
    let class = if verdicts.contradict.is_empty() { "holds" } else { "broken" };
    let _ = writeln!(
        page,
        "<p class=\"trust {class}\"><strong>{}.</strong></p>",
        escape(&verdicts.count())
    );
    html_table(&mut page, &differences(compared));
    let _ = writeln!(
        page,
        "<p>{}</p>\n<p>{}{}</p>",
        escape(&quiet(compared)),
        escape(&how_to_read(compared.runs.len())),
        if compared.runs.len() < 6 {
            " In parentheses: lowest to highest."
        } else {
            " In brackets: that interval; in parentheses: lowest to highest."
        }
    );
    list(&mut page, "They contradict each other", &verdicts.contradict);
    list(&mut page, "Only some see a difference", &verdicts.partly);
    for table in tables(compared, On::Page) {
        html_table(&mut page, &section(table));
    }
    list(&mut page, "They agree", &verdicts.agree);
    list(&mut page, "Not in every run", &partial(compared));
    list(&mut page, "Not compared", &without_ratios(compared));
    let _ = writeln!(
        page,
        "<p>The unit is the run: each gives one number a cell, the median of \
         its rounds. All numbers, also those of each run: \
         <code>{} compare A B --output-format json</code>.</p>",
        called()
    );
    page.push_str(END);
    page
}

/// The runs, a column each, and what is not the same in all of them.
fn differences(compared: &RunComparison) -> Section {
    let runs = 0..compared.runs.len();
    let mut headers = vec![String::new()];
    headers.extend(runs.map(label));
    let mut rows = vec![vec!["run".to_owned()]];
    rows[0].extend(compared.runs.iter().map(|run| run.run_id.clone()));
    rows.extend(compared.differences.iter().map(|difference| {
        let values = difference.values.iter().cloned();
        [difference.what.clone()].into_iter().chain(values).collect()
    }));
    let text = if compared.differences.is_empty() {
        "Nothing that is recorded differs."
    } else {
        ""
    };
    Section {
        heading: "What differs".to_owned(),
        text: text.to_owned(),
        headers,
        rows,
        open: true,
    }
}

fn section(table: Table) -> Section {
    Section {
        heading: table.heading,
        text: String::new(),
        headers: table.headers,
        rows: table.rows,
        open: table.has_verdicts,
    }
}

fn list(page: &mut String, heading: &str, told: &[String]) {
    if told.is_empty() {
        return;
    }
    let _ = write!(page, "<h2>{heading}</h2>\n<ul>\n");
    for one in told {
        let _ = writeln!(page, "<li>{}</li>", escape(one));
    }
    page.push_str("</ul>\n");
}
