//! Reads what plotters writes: one element a line, except for text, which
//! takes three.

use std::collections::BTreeMap;

use crate::error::ChartError;

/// An element of plotters' SVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name, such as `rect`.
    pub(crate) tag: String,
    attributes: BTreeMap<String, String>,
    /// The text in it, still escaped.
    pub(crate) text: String,
}

impl Element {
    /// An attribute that plotters always writes.
    pub(crate) fn get(&self, name: &str) -> Result<&str, ChartError> {
        self.find(name).ok_or_else(|| {
            ChartError::Painting(format!("a {} without {name}", self.tag))
        })
    }

    /// An attribute that may be missing.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The elements inside the outermost one, in order.
pub(crate) fn elements(raw: &str) -> Result<Vec<Element>, ChartError> {
    let mut found = Vec::new();
    let mut lines = raw.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("<svg ") || line == "</svg>" || line.is_empty() {
            continue;
        }
        let mut element = element(line).ok_or_else(|| unknown(line))?;
        if element.tag == "text" {
            element.text = lines.next().unwrap_or_default().to_owned();
            let end = lines.next().unwrap_or_default();
            if end != "</text>" {
                return Err(unknown(end));
            }
        }
        found.push(element);
    }
    Ok(found)
}

fn unknown(line: &str) -> ChartError {
    ChartError::Painting(format!("an unknown line of SVG: {line}"))
}

fn element(line: &str) -> Option<Element> {
    let inside = line.strip_prefix('<')?.strip_suffix('>')?;
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let (tag, mut rest) = inside.split_once(' ')?;
    let mut attributes = BTreeMap::new();
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"')?;
        attributes.insert(name.trim().to_owned(), value.to_owned());
        rest = after;
    }
    let text = String::new();
    rest.trim().is_empty().then(|| Element {
        tag: tag.to_owned(),
        attributes,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_shapes_and_texts() {
        let raw = "<svg width=\"4\">\n<rect x=\"1\" fill=\"#010000\"/>\n\
                   <text x=\"2\" y=\"3\">\na &lt; b\n</text>\n</svg>\n";
        let found = elements(raw).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].get("x"), Ok("1"));
        assert!(found[0].get("y").is_err());
        assert_eq!(found[1].text, "a &lt; b");
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(elements("hello").is_err());
        assert!(elements("<text x=\"1\">\na\nb\n</text>").is_err());
    }
}
