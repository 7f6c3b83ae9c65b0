//! Whatever name stands in a record, it is read as a name: on the page, in its
//! twin for code hosts, in the tables, in the pictures, on the terminal.

use std::fs;
use std::path::{Path, PathBuf};

use report::TRIALS;
use roxmltree::Document;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::run;

/// Names that somebody means harm with.
const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "\u{1b}]0;title\u{7}\u{1b}[2J\rforged",
    "a|b\n| c | d |\n\n# e",
    "=HYPERLINK(\"http://127.0.0.1\")",
    "+1",
    "\t@SUM(A1)",
    "-1+1,=2;=3",
    "[here](javascript:alert(1)) <b>",
    "![](http://127.0.0.1/x.svg) http://127.0.0.1/",
    "`code` ``more`` </code>",
    "</title></style></svg><img src=x onerror=alert(1)>",
    "\" onload=\"alert(1)",
    "]]> --> &lt;b&gt; &amp; <!--",
    "\u{202e}gpj.exe\u{2028}x\u{85}y\0",
];

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reports/sample")
}

/// A copy of a sample in which every text that may be any is this one.
/// `renamed` says which strategies begin with it.
fn named(
    sample: &Path,
    word: &str,
    renamed: fn(&str) -> bool,
) -> (TempDir, PathBuf) {
    let read = |name| fs::read_to_string(sample.join(name)).unwrap();
    let mut run: Value = serde_json::from_str(&read("run.json")).unwrap();
    let rename = |name: &mut Value| {
        let old = name.as_str().unwrap();
        if renamed(old) {
            *name = format!("{word}{old}").into();
        }
    };
    for field in ["run_id", "command"] {
        run[field] = word.into();
    }
    run["strategies"].as_array_mut().unwrap().iter_mut().for_each(rename);
    for field in run["environment"].as_object_mut().unwrap().values_mut() {
        if field.is_string() || field.is_null() {
            *field = word.into();
        }
    }
    run["environment"]["crates"] = json!([word, word]);
    // They are numbers, where they are known.
    for field in ["processors", "memory_bytes", "somaxconn", "load"] {
        run["environment"][field] = Value::Null;
    }
    run["environment"]["virtual_machine"] = Value::Null;
    run["environment"]["open_files"] = Value::Null;

    let mut records = String::new();
    for (i, line) in read(TRIALS).lines().enumerate() {
        let mut trial: Value = serde_json::from_str(line).unwrap();
        trial["run_id"] = word.into();
        rename(&mut trial["spec"]["strategy"]);
        trial["spec"]["client"] = word.into();
        let measured = &mut trial["outcome"]["measured"];
        for findings in ["checks", "flags"] {
            for finding in measured[findings].as_array_mut().unwrap() {
                finding["detail"] = word.into();
            }
        }
        // One is flawed and one failed; the others count.
        if i == 1 {
            let bodies = &mut measured["checks"][2];
            assert_eq!(bodies["name"], "bodies");
            bodies["ok"] = false.into();
        }
        if i == 2 {
            trial["outcome"] = json!({ "failed": { "reason": word } });
        }
        records += &format!("{trial}\n");
    }
    let place = TempDir::new().unwrap();
    let folder = place.path().join("run");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("run.json"), run.to_string()).unwrap();
    fs::write(folder.join(TRIALS), records).unwrap();
    (place, folder)
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// No control character but ends of lines.
fn is_plain(text: &str) {
    let mut controls = text.chars().filter(|c| c.is_control() && *c != '\n');
    assert_eq!(controls.next(), None, "{text}");
    assert!(!text.contains(['\u{202e}', '\u{2028}']), "{text}");
}

/// It can be parsed, and nothing in it runs or leads elsewhere.
fn is_harmless(xml: &str, name: &str) {
    let page = Document::parse(xml)
        .unwrap_or_else(|why| panic!("{name}: {why}\n{xml:.2000}"));
    for node in page.descendants().filter(|node| node.is_element()) {
        let tag = node.tag_name().name();
        assert!(!["script", "img", "b"].contains(&tag), "{name} has a {tag}");
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{name}: {tag}");
            let (key, value) = (attribute.name(), attribute.value());
            let foreign =
                value.contains(':') && !value.starts_with("http://www.w3");
            assert!(key != "href" && key != "src" || !foreign, "{value}");
        }
    }
}

/// The page without what HTML may leave out and XML may not.
fn as_xml(page: &str) -> String {
    let lines = page.lines().filter(|line| {
        !line.starts_with("<meta") && !line.starts_with("<!doctype")
    });
    let text: Vec<&str> = lines.collect();
    text.join("\n").replace("<details open>", "<details>")
}

/// Every tag is one of ours, every row has the cells of its table, and there
/// is no link but those of the page itself.
fn is_marked_down(page: &str) {
    is_plain(page);
    let mut bars = None;
    for line in page.lines() {
        if let Some(image) = line.strip_prefix("<img ") {
            let image = format!("<img {}/>", image.trim_end_matches('>'));
            let image = Document::parse(&image).expect("an image");
            assert_eq!(image.root_element().attributes().count(), 2, "{line}");
            continue;
        }
        let ours =
            ["<picture>", "</picture>", "<source ", "<details>", "</details>"];
        if ours.iter().any(|tag| line.starts_with(tag)) {
            continue;
        }
        // In code nothing is a link, and nothing ends it but a backtick.
        if let Some(code) = line.strip_prefix("- The run: `") {
            assert!(!code.trim_end_matches('`').contains(['`', '<']), "{line}");
            continue;
        }
        let text = ["<code>", "</code>", "<summary>", "</summary>"]
            .iter()
            .fold(line.to_owned(), |text, tag| text.replace(tag, ""));
        assert!(!text.contains(['<', '>']), "{line}");
        let text = text.replace("\\\\", "");
        assert!(!text.replace("\\://", "").contains("://"), "{line}");
        let links = text.replace("\\]", "").matches("](").count();
        let ours = ["](tables/", "](charts/", "](summary.json)"];
        let ours = ours.iter().map(|link| text.matches(link).count());
        assert_eq!(links, ours.sum::<usize>(), "{line}");
        let here = text.replace("\\|", "").matches('|').count();
        if here == 0 {
            bars = None;
        } else {
            assert_eq!(*bars.get_or_insert(here), here, "{line}");
        }
    }
}

/// The cells of a line of CSV, which has no ends of lines in them.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// Every line has as many cells, and none is a formula; numbers may begin
/// with a sign.
fn is_no_formula(csv: &str) {
    is_plain(csv);
    let columns = cells(csv.lines().next().unwrap()).len();
    for line in csv.lines() {
        let cells = cells(line);
        assert_eq!(cells.len(), columns, "{line}");
        for cell in cells {
            let formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
            assert!(!formula || cell.parse::<f64>().is_ok(), "{cell}");
        }
    }
}

fn is_escaped_everywhere(
    sample: &Path,
    words: &[&str],
    renamed: fn(&str) -> bool,
) {
    for word in words {
        let (place, folder) = named(sample, word, renamed);
        let done = run(&["plot", folder.to_str().unwrap()]);
        assert_eq!(done.code, Some(0), "{done:?}");
        is_plain(&done.out);
        is_plain(&done.err);
        is_harmless(&as_xml(&read(&folder, "index.html")), "index.html");
        is_marked_down(&read(&folder, "index.md"));
        for table in ["summary.csv", "memory.csv", "requests.csv"] {
            is_no_formula(&read(&folder.join("tables"), table));
        }
        // Of a lesson without its strategies nothing can be drawn.
        for chart in fs::read_dir(folder.join("charts")).into_iter().flatten() {
            let chart = chart.unwrap().path();
            let svg = fs::read_to_string(&chart).unwrap();
            is_plain(&svg);
            is_harmless(&svg, chart.to_str().unwrap());
        }
        let page = place.path().join("compared.html");
        let [one, other, at] =
            [&folder, sample, &page].map(|p| p.to_str().unwrap());
        let done = run(&["compare", one, other, one, "--page", at]);
        assert_eq!(done.code, Some(0), "{done:?}");
        is_plain(&done.out);
        is_plain(&done.err);
        let columns = |line: &str| console::measure_text_width(line);
        let wide = done.out.lines().find(|line| columns(line) > 80);
        assert_eq!(wide, None);
        is_harmless(&as_xml(&fs::read_to_string(&page).unwrap()), at);
    }
}

#[test]
fn a_strategy_may_have_any_name() {
    // The whole sample, with every kind of chart, takes its time.
    let words = [0, 1, 2, 3, 13].map(|word| HOSTILE[word]);
    is_escaped_everywhere(&samples(), &words, |name| name == "threads");
}

#[test]
fn all_strategies_may_have_any_name() {
    let sample = samples().join("lessons/04");
    is_escaped_everywhere(&sample, &HOSTILE, |_| true);
}

#[test]
fn everything_but_strategies_may_have_any_name() {
    for lesson in ["02", "05", "08"] {
        let sample = samples().join("lessons").join(lesson);
        is_escaped_everywhere(&sample, &HOSTILE, |_| false);
    }
}
