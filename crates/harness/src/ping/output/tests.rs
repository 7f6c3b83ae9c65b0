use ping_core::{Reply, is_hidden};
use proptest::prelude::*;

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

proptest! {
    #[test]
    fn whatever_is_said_is_one_line(
        url in any::<String>(),
        said in any::<String>(),
        status in 100..1000_u16,
        answered in any::<bool>(),
    ) {
        let reply = Reply {
            status,
            bytes: 0,
            digest: 0,
            head: format!("{status} {said}").into(),
            retry_after: Some(said.as_str().into()),
        };
        let ping = Ping {
            result: match answered {
                true => Ok(reply),
                false => Err(PingError::Other(said)),
            },
            ..Ping::unstarted(&url, PingError::Refused)
        };
        let text = format!("{ping}{}", asked(&ping));
        prop_assert!(!text.chars().any(is_hidden), "{text:?}");
        let told = Told::of(&ping, Instant::now(), Verdict::Ok);
        prop_assert!(!told.csv().chars().any(is_hidden));
        let json = escape::json(&json!(told).to_string());
        prop_assert!(!json.chars().any(is_hidden), "{json:?}");
    }
}
