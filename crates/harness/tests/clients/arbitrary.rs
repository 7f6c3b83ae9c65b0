//! Whatever a server says, a ping has a result, and none that we have no word
//! for.

use std::sync::LazyLock;

use ping_core::PingError;
use proptest::prelude::*;

use crate::raw::Raw;
use crate::{Both, word};

/// Bytes, and bytes that begin like an answer or are one in part.
fn any_reply() -> impl Strategy<Value = Vec<u8>> {
    let bytes = || proptest::collection::vec(any::<u8>(), 0..200);
    let lines = proptest::collection::vec(
        prop_oneof![
            "Content-Length: [0-9a-z+-]{0,20}",
            "Transfer-Encoding: (chunked|gzip|identity|)",
            "Connection: (close|keep-alive|upgrade)",
            "Location: [ -~]{0,20}",
            "Content-Encoding: (gzip|br|)",
            "[A-Za-z-]{0,10}[: ]{0,2}[ -~]{0,20}",
        ],
        0..5,
    );
    let status = prop_oneof![
        3 => Just("HTTP/1.1 200 OK".to_owned()),
        1 => "HTTP/1\\.[01] [0-9]{3} [ -~]{0,10}",
        1 => "HTTP/[0-9]\\.[0-9] [0-9]{0,5}",
    ];
    let like = (status, lines, bytes()).prop_map(|(status, lines, body)| {
        let head = [&[status][..], &lines].concat().join("\r\n");
        [head.as_bytes(), b"\r\n\r\n", &body].concat()
    });
    prop_oneof![1 => bytes(), 4 => like]
}

/// Answers that are as they should be.
const GOOD: [&str; 8] = [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\n\r\nhello",
    "HTTP/1.0 404 Not Found\r\nContent-Length: 2\r\nX: y\r\n\r\nno",
    "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n\
     2;a\r\nok\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00a\r\n0123456789\
     \r\n0\r\nX: y\r\nZ: a\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\
     Connection: close\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
];

/// What spoils an answer: bytes and lines that mean something.
fn any_part() -> impl Strategy<Value = Vec<u8>> {
    let of = |text: &'static str| Just(text.as_bytes().to_vec());
    prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        proptest::collection::vec(any::<u8>(), 0..8),
        "[0-9a-fA-F;,: \t\r\n+-]{1,4}".prop_map(String::into_bytes),
        of("\r\n"),
        of("\n"),
        of("\r\n\r\n"),
        of("\r\n "),
        of("\r\nContent-Length: 5"),
        of("\r\nContent-Length: 3, 3"),
        of("\r\nTransfer-Encoding: chunked"),
        of("\r\nTransfer-Encoding: identity"),
        of("\r\nConnection: close"),
        of("HTTP/1.1 100 Continue\r\n\r\n"),
        of("0\r\n\r\n"),
    ]
}

/// A good answer after up to three cuts, each of which takes some bytes out and
/// puts others in; and as text, to be read when it fails.
fn spoilt_reply() -> impl Strategy<Value = (String, Vec<u8>)> {
    let cut = (any::<prop::sample::Index>(), 0_usize..6, any_part());
    let cuts = proptest::collection::vec(cut, 0..4);
    (prop::sample::select(&GOOD), cuts).prop_map(|(good, cuts)| {
        let mut reply = good.as_bytes().to_vec();
        for (place, length, part) in cuts {
            let start = place.index(reply.len() + 1);
            let end = reply.len().min(start + length);
            reply.splice(start..end, part);
        }
        (reply.escape_ascii().to_string(), reply)
    })
}

/// Whether ureq itself says it: all that breaks a rule was refused before.
fn is_long_chunk_line(error: &PingError) -> bool {
    error.to_string().contains("chunk expected crlf")
}

/// Setting them up takes longer than a ping.
static BOTH: LazyLock<Both> = LazyLock::new(Both::new);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// And it is the same word, apart from the differences that are known.
    #[test]
    fn a_good_reply_that_was_spoilt_has_one_word(
        (what, reply) in spoilt_reply()
    ) {
        let said = BOTH.ping(&Raw::answering(reply).url());
        let (ureq, reqwest) = (said.ureq.result, said.reqwest.result);
        // Of the known differences the only one that is near.
        prop_assume!(!ureq.as_ref().is_err_and(is_long_chunk_line));
        let event_loop = said.event_loop.unwrap().result;
        let executor = said.executor.unwrap().result;
        prop_assert_eq!(word(&ureq), word(&reqwest), "{}", what);
        prop_assert_eq!(word(&ureq), word(&event_loop), "{}", what);
        prop_assert_eq!(word(&event_loop), word(&executor), "{}", what);
        if ureq.is_ok() {
            prop_assert_eq!(&ureq, &event_loop, "{}", what);
            prop_assert_eq!(ureq, reqwest, "{}", what);
        }
    }

    #[test]
    fn any_reply_has_a_word(reply in any_reply()) {
        let server = Raw::answering(reply);
        let said = BOTH.ping(&server.url());
        for (client, ping) in [
            ("ureq", said.ureq),
            ("reqwest", said.reqwest),
            ("the event loop", said.event_loop.unwrap()),
            ("the tiny executor", said.executor.unwrap()),
        ] {
            let word = word(&ping.result);
            let known = ["bad_reply", "closed_early", "reset"];
            prop_assert!(
                known.contains(&&*word) || word.parse::<u16>().is_ok(),
                "{client}: {:?}",
                ping.result
            );
        }
    }
}
