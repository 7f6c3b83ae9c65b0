//! What stands on a page, as text.

/// A table of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) heading: String,
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// What is between `open` and `close`, each time.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(|part| Some(part.split_once(close)?.0)).collect()
}

/// HTML as a reader sees it.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// Markdown without what keeps its signs from being obeyed.
pub(crate) fn unescaped(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown.chars().peekable();
    while let Some(c) = rest.next() {
        let sign = rest.peek().is_some_and(char::is_ascii_punctuation);
        if c != '\\' || !sign {
            text.push(c);
        }
    }
    plain(&text.replace("**", ""))
}

/// The words, one blank between them.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tables of measurements: that of the machine has no headers.
pub(crate) fn tables_of_html(html: &str) -> Vec<Table> {
    let tables = between(html, "<details", "</details>");
    let table = |text: &&str| {
        let cells = |row: &str| -> Vec<String> {
            let row = row.replace("<th scope=\"row\">", "<td>");
            let row = row.replace("</th>", "</td>");
            between(&row, "<td>", "</td>").into_iter().map(plain).collect()
        };
        let (head, body) = text.split_once("<tbody>").expect("a body");
        let headers = between(head, "<th scope=\"col\">", "</th>");
        Table {
            heading: plain(between(head, "<h2>", "</h2>")[0]),
            headers: headers.into_iter().map(plain).collect(),
            rows: between(body, "<tr>", "</tr>")
                .into_iter()
                .map(cells)
                .collect(),
        }
    };
    tables.iter().map(table).collect()
}

/// The same tables in Markdown.
pub(crate) fn tables_of_markdown(markdown: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for section in markdown.split("\n## ").skip(1) {
        let heading = unescaped(section.lines().next().unwrap_or_default());
        let rows: Vec<Vec<String>> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
            .map(|line| line.split(" | ").map(unescaped).collect())
            .collect();
        if let [headers, _, rows @ ..] = &rows[..]
            && headers.len() > 2
        {
            let (headers, rows) = (headers.clone(), rows.to_vec());
            tables.push(Table { heading, headers, rows });
        }
    }
    tables
}

/// The sentences of a page: findings, trust, and what stands below charts.
pub(crate) fn paragraphs(html: &str) -> Vec<String> {
    let mut texts = between(html, "<h1>", "</h1>");
    texts.extend(between(html, "<p class=\"finding\">", "</p>"));
    let trust = between(html, "<p class=\"trust ", "</p>");
    texts.extend(trust.iter().filter_map(|text| Some(text.split_once('>')?.1)));
    texts.extend(between(html, "<figcaption>", "</figcaption>"));
    let texts = texts.into_iter().map(plain);
    // Where it leads to is a link in one and an address in the other.
    let without_links =
        texts.map(|text| text.split(" Next: ").next().unwrap().to_owned());
    without_links.collect()
}

const UNITS: [&str; 8] = ["ms", "s", "µs", "KiB", "MiB", "GiB", "×", "%"];

/// The numbers with a unit. One that stands before `to` or a dash has that of
/// the next.
pub(crate) fn figures(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open: Option<String> = None;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let text = &rest[at..];
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || ".,".contains(c)))
            .unwrap_or(text.len());
        let number = text[..end].trim_end_matches(['.', ',']);
        rest = &text[number.len()..];
        let after = rest.trim_start_matches([' ', '\u{a0}']);
        let is_unit = |name: &&str| {
            after
                .strip_prefix(*name)
                .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        match UNITS.iter().find(|name| is_unit(name)) {
            Some(unit) => {
                let with = |number: &str| format!("{number} {unit}");
                found.extend(open.take().map(|number| with(&number)));
                found.push(with(number));
            }
            None => {
                let goes_on = ["to ", "–"].iter().any(|w| after.starts_with(w));
                open = goes_on.then(|| number.to_owned());
            }
        }
    }
    found
}
