//! What somebody means harm with, in every medium.

use proptest::prelude::*;

use super::{csv, html, markdown, terminal};

/// Names that somebody means harm with, and parts to make more of.
const HOSTILE: [&str; 24] = [
    "<script>alert(1)</script>",
    "\u{1b}]0;title\u{7}\u{1b}[2J",
    "a|b\n| c | d |",
    "=HYPERLINK(\"http://x\")",
    "\t=1+1",
    " @SUM(A1)",
    "＝1+1",
    "[here](javascript:alert(1))",
    "![](http://127.0.0.1/x.svg)",
    "http://127.0.0.1/",
    "WWW.example.test",
    "`code` ``more``",
    "*bold* _thin_ ~~gone~~ $x$",
    "# heading",
    "1. item",
    "- item",
    "---",
    "</title><img src=x onerror=alert(1)>",
    "\" onload=\"alert(1)",
    "' onload='alert(1)",
    "&lt;b&gt;",
    "\u{202e}gpj.exe",
    "a\r\nb\u{85}c\u{2028}d",
    "\\",
];

fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => proptest::sample::select(HOSTILE.as_slice())
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

/// What a usual name is stays what it is, in every medium.
#[test]
fn usual_names_stay_what_they_are() {
    let names = [
        "worker-pool · ureq",
        "linux x86_64",
        "1.02×, no difference we can see",
        "n/a",
        "12.5 ms to 13 ms",
        "cargo run -p harness -- run -c 8,64 --delay 20ms --seed 7",
    ];
    for name in names {
        assert_eq!(terminal::printable(name), name);
        assert_eq!(markdown::escape(name), name);
        assert_eq!(html::escape(name), name);
        assert_eq!(markdown::code(name), format!("`{name}`"));
    }
    assert_eq!(csv::cell("worker-pool"), "worker-pool");
    assert_eq!(csv::cell("a,b"), "\"a,b\"");
    assert_eq!(csv::cell("say \"a\""), "\"say \"\"a\"\"\"");
}

#[test]
fn each_medium_has_its_own_word_for_danger() {
    assert_eq!(terminal::printable("a\u{1b}[2Jb\n"), "a\u{fffd}[2Jb\u{fffd}");
    assert_eq!(csv::cell("=1+1"), "\"'=1+1\"");
    assert_eq!(csv::cell(" -1"), "\"' -1\"");
    assert_eq!(html::escape("<a b=\"c\">"), "&lt;a b=&quot;c&quot;&gt;");
    let cases = [
        ("<b>", "&lt;b&gt;"),
        ("a|b", "a\\|b"),
        ("[x](y)", "\\[x\\](y)"),
        ("http://x", "http\\://x"),
        ("www.x", "www\\.x"),
        ("# x", "\\# x"),
        ("1. x", "1\\. x"),
        ("1.5 x", "1.5 x"),
        ("- x", "\\- x"),
        ("-3 %", "-3 %"),
        ("a_b _c_", "a_b \\_c\\_"),
    ];
    for (text, escaped) in cases {
        assert_eq!(markdown::escape(text), escaped);
    }
    assert_eq!(markdown::code("a`b|c"), "<code>a\\`b\\|c</code>");
}

#[test]
fn lines_keep_our_inks_and_no_others() {
    let inked = "\u{1b}[1m\u{1b}[38;5;32mbold\u{1b}[0m\nnext";
    assert_eq!(terminal::lines(inked, true), inked);
    assert!(!terminal::lines(inked, false).contains('\u{1b}'));
    for bad in ["\u{1b}[2J", "\u{1b}[8m", "\u{1b}]0;x\u{7}", "\u{9b}2J", "\r"] {
        let shown = terminal::lines(bad, true);
        assert!(!shown.chars().any(char::is_control), "{bad:?}: {shown:?}");
    }
}

#[test]
fn what_is_cut_off_is_told() {
    assert_eq!(terminal::shortened("abcdef", 6), "abcdef");
    assert_eq!(terminal::shortened("abcdef", 3), "ab…");
    assert_eq!(terminal::shortened("äöü", 2), "ä…");
    assert_eq!(terminal::shortened("\u{1b}", 2), "\u{fffd}");
}

/// What a table makes of its row: the cells between the bars that count.
fn cells(row: &str) -> usize {
    let mut escaped = false;
    let mut cells = 1;
    for c in row.chars() {
        cells += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    cells
}

/// What a reader of CSV gets back of a cell.
fn read_back(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}

proptest! {
    #[test]
    fn a_terminal_gets_nothing_to_obey(text in hostile()) {
        let shown = terminal::printable(&text);
        prop_assert!(!shown.chars().any(char::is_control), "{shown:?}");
        let turns = ['\u{202e}', '\u{2028}'];
        prop_assert!(!shown.contains(turns));
        prop_assert_eq!(shown.chars().count(), text.chars().count());
        prop_assert!(terminal::shortened(&text, 9).chars().count() <= 9);
    }

    #[test]
    fn lines_of_ours_are_obeyed_in_nothing_but_their_ends(text in hostile()) {
        let shown = terminal::lines(&text, false);
        prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n'));
        prop_assert_eq!(shown.lines().count(), text.split('\n').count()
            - usize::from(text.is_empty() || text.ends_with('\n')));
    }

    #[test]
    fn a_spreadsheet_gets_no_formula_and_one_cell(text in hostile()) {
        let cell = csv::cell(&text);
        let back = read_back(&cell);
        let first = back.trim_start().chars().next();
        prop_assert!(!first.is_some_and(|c| "=+-@＝＋－＠".contains(c)));
        prop_assert!(!cell.chars().any(char::is_control));
        let quoted = cell.len() >= 2 && cell.starts_with('"');
        prop_assert!(quoted || !cell.contains([',', ';', '"', '\'']));
        // Nothing was lost but what a terminal would obey.
        let plain = terminal::printable(&text);
        prop_assert_eq!(back.strip_prefix('\'').unwrap_or(&back), plain
            .strip_prefix('\'').unwrap_or(&plain));
    }

    #[test]
    fn markdown_gets_no_tag_and_no_row(text in hostile()) {
        for shown in [markdown::escape(&text), markdown::code(&text)] {
            let inside = shown
                .trim_start_matches("<code>")
                .trim_end_matches("</code>");
            prop_assert!(!inside.contains(['<', '>', '\n']), "{shown:?}");
            prop_assert_eq!(cells(inside), 1, "{:?}", shown);
        }
        let shown = markdown::escape(&text);
        for (i, _) in shown.match_indices(['[', ']', '`', '*']) {
            let slashes = shown[..i].chars().rev().take_while(|c| *c == '\\');
            prop_assert_eq!(slashes.count() % 2, 1, "{:?}", shown);
        }
        prop_assert!(!shown.replace("\\://", "").contains("://"));
    }

    #[test]
    fn a_page_gets_text_that_it_can_parse(text in hostile()) {
        let shown = html::escape(&text);
        let page = format!("<p title=\"{shown}\" id=\"{shown}\">{shown}</p>");
        let page = roxmltree::Document::parse(&page);
        prop_assert!(page.is_ok(), "{page:?}");
        let page = page.unwrap();
        let root = page.root_element();
        let plain = terminal::printable(&text);
        prop_assert_eq!(root.children().filter(|n| n.is_element()).count(), 0);
        prop_assert_eq!(root.attribute("title").unwrap_or_default(), &plain);
        prop_assert_eq!(root.text().unwrap_or_default(), plain);
    }
}
