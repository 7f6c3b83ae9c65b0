//! The switches of the page: which strategy is highlighted, whether answers
//! are hidden, light or dark. Style sheets do all of it, so there is no script.

use std::collections::BTreeSet;
use std::fmt::Write;

use measurement::summary::Summary;
use measurement::ways::{self, Kin, Way};

/// Who has a colour of their own, in the order of the lessons.
const PICKED: [(Kin, &Way); 6] = [
    (Kin::OneByOne, &ways::ONE_BY_ONE),
    (Kin::Waves, &ways::WAVES),
    (Kin::Shares, &ways::SHARES),
    (Kin::Pool, &ways::POOL),
    (Kin::Tasks, &ways::TASKS),
    (Kin::Loop, &ways::EVENT_LOOP),
];

/// All others, which are grey.
const OTHER: &str = "other";

/// Under which name the marks and rows of a strategy are highlighted: those
/// who share a colour share it, too.
pub(super) fn kin(strategy: &str) -> &'static str {
    let kin = ways::find(strategy).map_or(Kin::Other, |way| way.kin);
    let own = PICKED.iter().find(|(other, _)| *other == kin);
    own.map_or(OTHER, |(_, way)| way.id)
}

/// The switches. No form, or the enter key would send it.
pub(super) fn switches(summary: &Summary) -> String {
    let rows = summary.batches.iter().flat_map(|batch| &batch.rows);
    let here: BTreeSet<&str> = rows.map(|row| kin(&row.strategy)).collect();
    let mut html = String::from(
        "<aside class=\"view\" aria-label=\"How to look at this page\">\n\
         <div role=\"radiogroup\" aria-label=\"Highlight a strategy\">\
         <span>Highlight</span>",
    );
    html += &radio("pick", "all", "all", true);
    for (_, way) in PICKED.iter().filter(|(_, way)| here.contains(way.id)) {
        html += &radio("pick", way.id, way.label(), false);
    }
    html.push_str(
        "</div>\n<label><input type=\"checkbox\" id=\"predict\"/> predict \
         first: hide the answers</label>\n\
         <div role=\"radiogroup\" aria-label=\"Light or dark\">",
    );
    for (theme, first) in [("auto", true), ("light", false), ("dark", false)] {
        html += &radio("theme", theme, theme, first);
    }
    html.push_str("</div>\n</aside>\n");
    html
}

fn radio(group: &str, id: &str, words: &str, checked: bool) -> String {
    let checked = if checked { " checked=\"checked\"" } else { "" };
    format!(
        "<label><input type=\"radio\" name=\"{group}\" id=\"{group}-{id}\"\
         {checked}/> {words}</label>"
    )
}

/// Where one is picked, the marks of the others are faint and its rows framed.
/// Grey stays as it is: keys are drawn in it, too.
pub(super) fn rules() -> String {
    let mut css = String::new();
    for (_, Way { id, .. }) in PICKED {
        let others: Vec<String> = PICKED
            .iter()
            .filter(|(_, other)| other.id != *id)
            .map(|(_, Way { id, .. })| format!(".fill-{id},.line-{id}"))
            .collect();
        let _ = writeln!(
            css,
            "body:has(#pick-{id}:checked) svg :is({}){{opacity:.13}}\n\
             body:has(#pick-{id}:checked) .way-{id}{{outline:2px solid \
             var(--ink);outline-offset:-2px}}",
            others.join(",")
        );
    }
    css
}
