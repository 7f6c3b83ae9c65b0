use ping_core::{Drain, PingError};
use proptest::prelude::*;
use safe_text::is_obeyed;

use super::*;

#[test]
fn a_failed_ping_leaves_its_fields_empty() {
    let start = Instant::now();
    let ping = Ping::unstarted("http://a/?x=1,2", PingError::Refused);
    let refused = Verdict::Failed("refused");
    let told = Told { started_s: 0.25, ..Told::of(&ping, start, refused) };
    assert_eq!(
        told.csv(),
        "\"http://a/?x=1,2\",,,0.250000,0.000000,,connection refused,refused,\
         false,false"
    );
}

/// What a server, a client's library and a list may say.
fn said() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(
        &[
            "\u{1b}]0;title\u{7}\u{1b}[2J",
            "=1+1",
            "+1",
            "-1",
            "@a",
            "\t=1",
            "\r=1",
            "\u{202e}",
            "\u{9b}2J",
            "\u{7f}",
            "\u{2028}",
            "\u{200b}",
            "\n",
            "\"",
            ",",
            ";",
            "\u{e0041}",
            "https://me:s3cret@host/",
        ][..],
    );
    let part = prop_oneof![hostile.prop_map(str::to_owned), any::<String>()];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

fn any_ping() -> impl Strategy<Value = Ping> {
    let reply = (any::<bool>(), said()).prop_map(|(known, head)| {
        let status = if known { 200 } else { 599 };
        let mut drain = Drain::new(status);
        drain.take(format!("{status} {head}").as_bytes()).unwrap();
        Ok(drain.finish())
    });
    let error = said().prop_map(|words| Err(PingError::Other(words)));
    (said(), prop_oneof![reply, error]).prop_map(|(url, result)| Ping {
        result,
        ..Ping::unstarted(&url, PingError::Refused)
    })
}

/// The cells of a row, as RFC 4180 has them.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = row.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().unwrap();
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cell.push(c),
        }
    }
    cells
}

/// What is meant to be a URL, with a secret in it: as a URL, and as a word
/// that an error quotes.
fn secret() -> impl Strategy<Value = (String, String)> {
    let scheme = prop::sample::select(
        &[
            "",
            "//",
            "http:",
            "http:/",
            "http;//",
            "http//",
            "ftp//",
            "http:\\\\",
        ][..],
    );
    let user = "[a-z]{0,3}(:|%3a|%3A)";
    // `a://b?c@d` is a URL with a query.
    let before = "[!#-.0-;=?A-_a-~]{0,4}";
    let behind = "[!#-;=?A-_a-~]{0,4}";
    let host = prop::sample::select(&["h", "h:80/x", "[::1]/", "", "h:x"][..]);
    let loose = (scheme, user, before, behind, host).prop_map(
        |(scheme, user, before, behind, host)| {
            format!("{scheme}{user}{before}s3cret{behind}@{host}")
        },
    );
    let whole = ("[a-z]{0,3}", "[!$&-.:;=A-\\[\\]-_a-~]{0,4}", any::<bool>())
        .prop_map(|(user, around, known)| {
            let scheme = if known { "http" } else { "x" };
            format!("{scheme}://{user}:{around}s3cret{around}@h/x@y")
        });
    let said = |url: &String| format!("cannot take '{url}': ({url})");
    prop_oneof![loose, whole].prop_map(move |url| (said(&url), url))
}

proptest! {
    #[test]
    fn no_secret_is_shown((said, url) in secret()) {
        let ping = Ping {
            result: Err(PingError::Other(said)),
            ..Ping::unstarted(&url, PingError::Refused)
        };
        let told = Told::of(&ping, ping.started, Verdict::Ok);
        for shown in [ping.to_string(), told.csv(), line(&told)] {
            prop_assert!(!shown.contains("s3cret"), "{url}: {shown}");
        }
    }

    #[test]
    fn whatever_is_said_is_a_line_and_nothing_is_obeyed(ping in any_ping()) {
        let line = ping.to_string();
        prop_assert!(!line.chars().any(is_obeyed), "{line:?}");
        prop_assert!(!line.contains("s3cret@"), "{line:?}");
    }

    #[test]
    fn whatever_is_said_is_a_row_without_formulas(ping in any_ping()) {
        let told = Told::of(&ping, ping.started, Verdict::Ok);
        let row = told.csv();
        prop_assert!(!row.chars().any(is_obeyed), "{row:?}");
        prop_assert!(!row.contains("s3cret@"), "{row:?}");
        let cells = cells(&row);
        prop_assert_eq!(cells.len(), 10);
        let texts = [
            (0, told.url.as_ref()),
            (2, told.reason.as_deref().unwrap_or_default()),
            (6, told.error.as_deref().unwrap_or_default()),
        ];
        for (place, text) in texts {
            let cell = &cells[place];
            let first = cell.trim_start().chars().next();
            prop_assert!(!first.is_some_and(|c| "=+-@".contains(c)), "{cell}");
            let plain = printable(text);
            let guarded = format!("'{plain}");
            prop_assert!(*cell == plain || *cell == guarded, "{cell}");
        }
    }

    #[test]
    fn whatever_is_said_is_json(ping in any_ping()) {
        let told = Told::of(&ping, ping.started, Verdict::Ok);
        let json = line(&told);
        prop_assert!(!json.chars().any(is_obeyed), "{json:?}");
        prop_assert!(!json.contains("s3cret@"), "{json:?}");
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back["url"], told.url.as_ref());
        prop_assert_eq!(back["reason"].as_str(), told.reason.as_deref());
        prop_assert_eq!(back["error"].as_str(), told.error.as_deref());
    }
}
