//! Whatever a server says, a ping has a result, and none that we have no word
//! for.

use std::sync::LazyLock;

use ping_core::Ping;
use proptest::prelude::*;

use crate::Both;
use crate::raw::Raw;

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

fn word(ping: &Ping) -> String {
    match &ping.result {
        Ok(reply) => reply.status.to_string(),
        Err(error) => error.kind().to_owned(),
    }
}

/// Setting them up takes longer than a ping.
static BOTH: LazyLock<Both> = LazyLock::new(Both::new);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_reply_has_a_word(reply in any_reply()) {
        let server = Raw::answering(reply);
        let said = BOTH.ping(&server.url());
        for (client, ping) in [("ureq", said.ureq), ("reqwest", said.reqwest)] {
            let word = word(&ping);
            let known = ["bad_reply", "closed_early", "reset"];
            prop_assert!(
                known.contains(&&*word) || word.parse::<u16>().is_ok(),
                "{client}: {:?}",
                ping.result
            );
        }
    }
}
