//! What a reader finds on the page of the sample, beside its figures.

use crate::{read, root};

/// The page, and the same for code hosts.
fn pages() -> [String; 2] {
    let folder = root().join("reports/sample");
    ["index.html", "index.md"].map(|name| read(&folder.join(name)))
}

/// What stands between, each time.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(|part| part.split(close).next()).collect()
}

/// A report may be moved, or sent to somebody.
#[test]
fn no_link_leaves_the_folder() {
    let [html, markdown] = pages();
    let mut links = between(&html, "href=\"", "\"");
    for (begin, end) in [("](", ")"), ("src=\"", "\""), ("srcset=\"", "\"")] {
        links.extend(between(&markdown, begin, end));
    }
    assert!(links.len() > 60, "{} links", links.len());
    for link in links {
        let there = match link.strip_prefix('#') {
            Some(id) => html.contains(&format!(" id=\"{id}\"")),
            None => root().join("reports/sample").join(link).is_file(),
        };
        assert!(there && !link.contains(".."), "{link}");
    }
}

#[test]
fn what_to_look_for_is_read_in_one_go() {
    let [html, _] = pages();
    let looks = between(&html, "What to look for.</strong>", "</p>");
    assert!(looks.len() >= 8, "{} pictures", looks.len());
    for look in looks {
        let words = look.split_whitespace().count();
        assert!((5..=40).contains(&words), "{words} words: {look}");
    }
}

/// On a telephone a code host shows four columns.
#[test]
fn what_is_not_folded_has_four_columns() {
    let [_, markdown] = pages();
    let unfolded = markdown.split("<details>").map(|part| {
        part.split_once("</details>").map_or(part, |(_, after)| after)
    });
    let mut rows = 0;
    for line in unfolded.flat_map(str::lines) {
        if let Some(cells) = line.strip_prefix("| ") {
            rows += 1;
            assert!(cells.matches(" |").count() <= 4, "{line}");
        }
    }
    assert!(rows > 30, "{rows} rows");
}
