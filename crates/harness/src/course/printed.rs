//! The lines in which a program of the course tells of its pings.

use crate::course::program::Performance;

/// What a program printed of one ping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed<'a> {
    pub(super) url: &'a str,
    /// Such as `200 OK`, or why there is no status.
    pub(super) outcome: &'a str,
}

/// Of every ping that it told of, in its order. Other lines are passed over.
pub(super) fn printed(performance: &Performance) -> Vec<Printed<'_>> {
    performance.lines.iter().filter_map(|line| parse(line)).collect()
}

/// `http://host/path: 200 OK (1.2 ms)`
fn parse(line: &str) -> Option<Printed<'_>> {
    let (url, rest) = line.split_once(": ")?;
    let (outcome, _time) = rest.rsplit_once(" (")?;
    url.starts_with("http").then_some(Printed { url, outcome })
}

impl Printed<'_> {
    /// The number of its request.
    pub(super) fn seq(&self) -> Option<u64> {
        let (_, after) = self.url.split_once("seq=")?;
        after.split('&').next()?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_url_and_what_came_of_it() {
        let url = "http://127.0.0.1:1/200?seq=7&x=1";
        let printed =
            parse("http://127.0.0.1:1/200?seq=7&x=1: 200 OK (1.2 ms)");
        let printed = printed.unwrap();
        assert_eq!((printed.url, printed.outcome), (url, "200 OK"));
        assert_eq!(printed.seq(), Some(7));
        for other in ["", "starting", "http://x", "a: b (c)", "http://x: y"] {
            assert_eq!(parse(other), None, "{other}");
        }
    }
}
