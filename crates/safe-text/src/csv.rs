//! Text for a cell of a CSV file. Numbers are written as they are: a number
//! is no text, and `-3` is to stay one.

use super::terminal::printable;

/// The text as a cell. What a spreadsheet would take for a formula gets a `'`
/// before it, which spreadsheets read as "this is text"; quotes go around
/// what would end a cell, in any dialect.
pub fn cell(text: &str) -> String {
    let text = printable(text);
    let text = match is_formula(&text) {
        true => format!("'{text}"),
        false => text,
    };
    if text.contains([',', ';', '"', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Blanks before a formula do not keep a spreadsheet from reading it. A tab
/// or an end of line does not count here: [`printable`] took them out.
fn is_formula(text: &str) -> bool {
    // The wide ones are what a Japanese keyboard writes.
    let begins = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    text.trim_start().starts_with(begins)
}
