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

/// The tables of measurements: that of the machine has no headers. A table of
/// several batches is one for each.
pub(crate) fn tables_of_html(html: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut above = html;
    while let Some((before, rest)) = above.split_once("<table") {
        let (table, after) = rest.split_once("</table>").expect("its end");
        above = after;
        let headers = between(table, "<th scope=\"col\">", "</th>");
        let headers: Vec<String> = headers.into_iter().map(plain).collect();
        if headers.is_empty() {
            continue;
        }
        let folded = between(before, "<h2>", "</h2>").last().copied();
        let caption = between(table, "<caption>", "</caption>").pop();
        for body in between(table, "<tbody>", "</tbody>") {
            let group = between(body, "<span>", "</span>").pop();
            let heading = group.or(caption).or(folded).expect("a heading");
            let (heading, rows) = (plain(heading), rows_of_html(body));
            tables.push(Table { heading, headers: headers.clone(), rows });
        }
    }
    tables
}

fn rows_of_html(body: &str) -> Vec<Vec<String>> {
    let rows = between(body, "<tr", "</tr>").into_iter();
    rows.filter(|row| !row.contains("\"rowgroup\""))
        .map(|row| {
            let row = row.replace("<th scope=\"row\">", "<td>");
            let row = row.replace("</th>", "</td>");
            between(&row, "<td>", "</td>").into_iter().map(plain).collect()
        })
        .collect()
}

/// The same tables in Markdown. What stands above one is folded with it, or
/// ends with a colon.
pub(crate) fn tables_of_markdown(markdown: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut heading = String::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in markdown.lines() {
        let cells = line.strip_prefix("| ").and_then(|l| l.strip_suffix(" |"));
        if let Some(cells) = cells {
            rows.push(cells.split(" | ").map(unescaped).collect());
            continue;
        }
        if let [headers, _, rows @ ..] = &rows[..]
            && headers.len() > 2
        {
            let (headers, rows) = (headers.clone(), rows.to_vec());
            tables.push(Table { heading: heading.clone(), headers, rows });
        }
        rows.clear();
        let folded = between(line, "<summary>", "</summary>").pop();
        if let Some(above) = folded.or(line.strip_suffix(':')) {
            heading = unescaped(above);
        }
    }
    tables
}

/// The sentences of a page: the claim, the figures at the top, findings, trust,
/// and what stands below charts.
pub(crate) fn paragraphs(html: &str) -> Vec<String> {
    let mut texts = between(html, "<h1>", "</h1>");
    for list in between(html, "<ul class=\"", "</ul>") {
        texts.extend(between(list, "<li>", "</li>"));
    }
    for class in ["look", "more"] {
        let begin = format!("<p class=\"{class}\">");
        texts.extend(between(html, &begin, "</p>"));
    }
    texts.extend(between(html, "<dd><p>", "</p>"));
    let trust = between(html, "<p class=\"trust ", "<a ");
    texts.extend(trust.iter().filter_map(|text| Some(text.split_once('>')?.1)));
    texts.into_iter().map(plain).collect()
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
