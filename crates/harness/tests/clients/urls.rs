//! What of a URL leaves for the server, and where.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ping_core::URL_LIMIT;
use url::Url;

use crate::raw::Nobody;
use crate::wire::{listen, normal};
use crate::{Both, CLIENTS};

/// The value of this header, if it is there.
fn header<'a>(headers: &'a [String], name: &str) -> Option<&'a str> {
    let of = |line: &'a String| line.split_once(": ");
    headers.iter().filter_map(of).find(|(n, _)| *n == name).map(|(_, v)| v)
}

#[test]
fn all_send_a_name_and_a_password_alike_and_only_in_their_header() {
    let (server, heads) = listen();
    let both = Both::new();
    for (user, pair) in [
        ("me:secret", Some(&b"me:secret"[..])),
        ("us%40er:p%3Ass", Some(b"us@er:p:ss")),
        ("me:p:w", Some(b"me:p:w")),
        ("me", Some(b"me:")),
        ("me:", Some(b"me:")),
        (":secret", Some(b":secret")),
        ("%ff:%fe", Some(b"\xff:\xfe")),
        ("%C3%A4:%20%25", Some("ä: %".as_bytes())),
        ("a%2Fb:c%3Fd", Some(b"a/b:c?d")),
        ("!$&'()*+,;=-._~:a", Some(b"!$&'()*+,;=-._~:a")),
        (":", None),
        ("", None),
    ] {
        // As it is typed, and as `harness ping` writes it.
        let typed = format!("http://{user}@{}/a?b@c", server.address());
        let written = String::from(Url::parse(&typed).unwrap());
        for url in [typed, written] {
            both.ping(&url).reply(&url);
            let [ureq, others @ ..] =
                [(); CLIENTS].map(|()| normal(&heads.recv().unwrap()));
            assert!(others.iter().all(|other| *other == ureq), "{url}");
            let (first, headers) = ureq;
            assert_eq!(first, "GET /a?b@c HTTP/1.1");
            let host = server.address().to_string();
            assert_eq!(header(&headers, "host"), Some(&*host), "{url}");
            let basic = pair
                .map(|pair| format!("Basic {}", BASE64_STANDARD.encode(pair)));
            let said = header(&headers, "authorization");
            assert_eq!(said, basic.as_deref(), "{url}");
        }
    }
}

#[test]
fn a_url_of_any_length_is_sent_and_one_that_is_too_long_is_none() {
    let (server, heads) = listen();
    let both = Both::new();
    // Around the sizes of the buffers, and the longest of all.
    for length in [
        2040, 2047, 2048, 4000, 4095, 4096, 8000, 8192, 16_384, 49_152,
        URL_LIMIT,
    ] {
        let short = format!("http://{}/?", server.address());
        let url = format!("{short}{}", "a".repeat(length - short.len()));
        both.ping(&url).reply(&length.to_string());
        for _ in 0..CLIENTS {
            let (first, _) = normal(&heads.recv().unwrap());
            let sent = first.len() - "GET  HTTP/1.1".len();
            assert_eq!(sent, length - short.len() + 2, "{length}");
        }
        let user = "u".repeat(length - short.len() - 1);
        let url = format!("http://{user}@{}/", server.address());
        both.ping(&url).reply(&length.to_string());
        for _ in 0..CLIENTS {
            let (_, headers) = normal(&heads.recv().unwrap());
            let basic = header(&headers, "authorization").unwrap();
            assert!(basic.len() > length, "{length}");
        }
    }
    let url = format!("{}?{}", Nobody::there().url(), "a".repeat(URL_LIMIT));
    both.ping(&url).fail("bad_url", "too long");
}

/// What the standard for URLs lets stand, all clients send alike.
#[test]
fn every_character_leaves_alike() {
    let (server, heads) = listen();
    let both = Both::new();
    let characters = (0x21_u8..0x7f).map(char::from).chain(['ä', '\u{1f600}']);
    for c in characters {
        let typed = format!("http://{}/a{c}b?c{c}d#e{c}f", server.address());
        let url = String::from(Url::parse(&typed).unwrap());
        both.ping(&url).reply(&url);
        let [ureq, others @ ..] =
            [(); CLIENTS].map(|()| normal(&heads.recv().unwrap()));
        assert!(others.iter().all(|other| *other == ureq), "{url}");
    }
}
