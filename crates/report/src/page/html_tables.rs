//! Tables in HTML.

use std::fmt::Write;

use super::all_numbers::AllNumbers;
use super::numbers::{Line, Numbers};
use super::section::Section;
use safe_text::html::escape;

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
    scrolled(page, "wide", &section.heading);
    page.push_str("<table>\n");
    headers(page, &section.headers);
    page.push_str("<tbody>\n");
    for cells in &section.rows {
        row(page, "", cells);
    }
    page.push_str("</tbody>\n</table></div>\n</details>\n");
}

/// The numbers of a question.
pub(super) fn four_columns(page: &mut String, numbers: &Numbers) {
    scrolled(page, "wide answers", &numbers.heading);
    let _ = writeln!(
        page,
        "<table class=\"four\">\n<caption>{}</caption>",
        escape(&numbers.heading)
    );
    headers(page, &numbers.headers);
    page.push_str("<tbody>\n");
    lines(page, &numbers.lines);
    page.push_str("</tbody>\n</table></div>\n");
}

/// What is too wide scrolls in a frame of its own, by keyboard, too.
fn scrolled(page: &mut String, class: &str, label: &str) {
    let _ = writeln!(
        page,
        "<div class=\"{class}\" role=\"region\" tabindex=\"0\" \
         aria-label=\"Table: {}\">",
        escape(label)
    );
}

fn headers(page: &mut String, headers: &[String]) {
    page.push_str("<thead><tr>");
    for header in headers {
        let _ = if header.is_empty() {
            write!(page, "<td></td>")
        } else {
            write!(page, "<th scope=\"col\">{}</th>", escape(header))
        };
    }
    page.push_str("</tr></thead>\n");
}

fn lines(page: &mut String, lines: &[Line]) {
    for line in lines {
        let class = if line.kin.is_empty() {
            String::new()
        } else {
            format!(" class=\"way-{}\"", line.kin)
        };
        row(page, &class, &line.cells);
    }
}

/// A row; its first cell is what it is of.
pub(super) fn row(page: &mut String, class: &str, cells: &[String]) {
    let _ = write!(page, "<tr{class}>");
    for (i, cell) in cells.iter().enumerate() {
        let cell = escape(cell);
        let _ = if i == 0 {
            write!(page, "<th scope=\"row\">{cell}</th>")
        } else {
            write!(page, "<td>{cell}</td>")
        };
    }
    page.push_str("</tr>\n");
}

/// Batches below each other.
pub(super) fn all(page: &mut String, label: &str, numbers: &AllNumbers) {
    scrolled(page, "wide", label);
    page.push_str("<table class=\"all\">\n");
    headers(page, &numbers.headers);
    let columns = numbers.headers.len();
    for batch in &numbers.batches {
        let _ = writeln!(
            page,
            "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"{columns}\">\
             <span>{}</span></th></tr>",
            escape(&batch.heading)
        );
        lines(page, &batch.lines);
        page.push_str("</tbody>\n");
    }
    page.push_str("</table></div>\n");
    for note in &numbers.notes {
        let _ = writeln!(page, "<p class=\"note\">{}</p>", escape(note));
    }
}
