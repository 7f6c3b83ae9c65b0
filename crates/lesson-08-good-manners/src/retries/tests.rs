use std::time::{Instant, UNIX_EPOCH};

use ping_core::{Phase, Reply};
use proptest::prelude::*;

use super::*;

fn ping(result: Result<Reply, PingError>) -> Ping {
    let unmade = Ping::unstarted("http://a/", PingError::Cancelled);
    Ping { result, ..unmade }
}

fn reply(status: u16, retry_after: Option<&str>) -> Ping {
    ping(Ok(Reply {
        status,
        bytes: 0,
        digest: 0,
        head: "".into(),
        retry_after: retry_after.map(Box::from),
    }))
}

fn asked(text: &str, now: SystemTime) -> Option<Duration> {
    retry_after(&reply(503, Some(text)), now)
}

fn seconds(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

/// Sunday, 6 November 1994, 08:49:37: the example of RFC 9110.
const SUNDAY: Duration = Duration::from_secs(784_111_777);

#[test]
fn retry_after_may_be_seconds() {
    let now = SystemTime::now();
    assert_eq!(asked("0", now), seconds(0));
    assert_eq!(asked("120", now), seconds(120));
    assert_eq!(asked(" 5 ", now), seconds(5));
    // Too much for a number is not nothing.
    assert_eq!(asked(&"9".repeat(30), now), seconds(u64::MAX));
}

#[test]
fn retry_after_may_be_a_date_in_three_forms() {
    let now = UNIX_EPOCH + SUNDAY - Duration::from_secs(7);
    let forms = [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ];
    for form in forms {
        assert_eq!(asked(form, now), seconds(7), "{form}");
        // Long ago.
        assert_eq!(asked(form, SystemTime::now()), seconds(0), "{form}");
    }
}

#[test]
fn what_is_neither_asks_for_nothing() {
    let now = SystemTime::now();
    for text in ["", " ", "soon", "-1", "+1", "1.5", "1 s", "٣"] {
        assert_eq!(asked(text, now), None, "{text}");
    }
    assert_eq!(retry_after(&reply(503, None), now), None);
    assert_eq!(retry_after(&ping(Err(PingError::Reset)), now), None);
}

#[test]
fn transient_is_what_may_be_over_in_a_moment() {
    for status in [429, 502, 503, 504] {
        assert!(is_transient(&reply(status, None)), "{status}");
    }
    for status in [200, 301, 400, 401, 403, 404, 408, 410, 500, 501, 524] {
        assert!(!is_transient(&reply(status, None)), "{status}");
    }
    let passing = [
        PingError::Refused,
        PingError::Reset,
        PingError::ClosedEarly,
        PingError::Timeout(Phase::Head),
    ];
    for error in passing {
        assert!(is_transient(&ping(Err(error.clone()))), "{error:?}");
    }
    let lasting = [
        PingError::BadUrl(String::new()),
        PingError::NameNotFound,
        PingError::Tls(String::new()),
        PingError::BadReply(String::new()),
        PingError::BodyTooLarge,
        // The batch is over, or is to be.
        PingError::Deadline,
        PingError::NotStarted,
        PingError::Cancelled,
    ];
    for error in lasting {
        assert!(!is_transient(&ping(Err(error.clone()))), "{error:?}");
    }
}

fn retries(retries: u32, retry_share: Option<f32>) -> Retries {
    let none = Manners::default();
    Retries::new(&Manners { retries, retry_share, ..none })
}

#[test]
fn who_is_asked_for_a_long_wait_does_not_come_back() {
    let (mut retries, watch) = (retries(3, None), Watch::default());
    let mut after = |text| retries.after(&[reply(503, Some(text))], &watch);
    assert!(after("60").unwrap() >= LONGEST_RETRY_AFTER);
    assert_eq!(after("61"), None);
    assert_eq!(after(&"9".repeat(30)), None);
    assert_eq!(watch.given_up(NoRetry::Patience), 2);
}

#[test]
fn what_would_come_after_the_deadline_is_not_waited_for() {
    let watch = Watch::default();
    watch.end_by(Instant::now() + Duration::from_secs(30));
    let manners = Manners {
        retries: 1,
        retry_share: Some(0.0),
        retry_reserve: 1,
        ..Manners::default()
    };
    let mut retries = Retries::new(&manners);
    assert_eq!(retries.after(&[reply(429, Some("40"))], &watch), None);
    assert_eq!(watch.given_up(NoRetry::Deadline), 1);
    // It has cost nothing.
    assert!(retries.after(&[reply(429, Some("1"))], &watch).is_some());
    assert_eq!(retries.after(&[reply(429, Some("1"))], &watch), None);
    assert_eq!(watch.given_up(NoRetry::Budget), 1);
}

/// How many retries `pings` pings get with this budget, if all of them fail
/// and each may be tried again so often.
fn granted(share: f32, reserve: u32, pings: u32, each: u32) -> u32 {
    let watch = Watch::default();
    let mut retries = Retries::new(&Manners {
        retries: u32::MAX,
        retry_share: Some(share),
        retry_reserve: reserve,
        ..Manners::default()
    });
    (0..pings).for_each(|_| retries.earn());
    let failed = [reply(503, None)];
    let most = pings.saturating_mul(each).min(1_000_000);
    let asks = (0..most).map_while(|_| retries.after(&failed, &watch));
    asks.count().try_into().unwrap()
}

#[test]
fn a_budget_is_a_share_of_the_pings() {
    for (share, most) in [
        (0.0, 0),
        (f32::NAN, 0),
        (-1.0, 0),
        (0.001, 0),
        (0.1, 10),
        (0.2, 20),
        // One for every four: more would be more than 0.3.
        (0.3, 25),
        (0.5, 50),
        (0.6, 50),
        (0.99, 50),
        (1.0, 100),
        (2.0, 200),
    ] {
        assert_eq!(granted(share, 0, 100, 100), most, "{share}");
    }
}

proptest! {
    #[test]
    fn a_backoff_is_never_longer_than_its_bound(past in 0..300_u32) {
        let before = SystemTime::now();
        let attempts = vec![reply(503, None); past as usize + 1];
        let watch = Watch::default();
        let wait = retries(u32::MAX, None).after(&attempts, &watch);
        // The time until the wait begins is in it.
        let on_the_way = before.elapsed().unwrap_or_default();
        let doubled = 2_u32.checked_pow(past).unwrap_or(u32::MAX);
        let bound = (FIRST_BACKOFF * doubled).min(LONGEST_BACKOFF);
        prop_assert!(wait.unwrap() <= bound + on_the_way);
    }

    #[test]
    fn a_budget_never_gives_more_than_its_share(
        share in 0.0_f32..3.0,
        pings in 0..200_u32,
    ) {
        let granted = f64::from(granted(share, 0, pings, 100));
        prop_assert!(granted <= f64::from(share) * f64::from(pings) + 1e-3);
    }

    /// No cliff: one more ping is at most one more request, with its own
    /// retries and the whole reserve; and never one request fewer.
    #[test]
    fn more_pings_are_never_many_more_retries(
        share in 0.01_f32..1.0,
        reserve in 0..50_u32,
        pings in 0..400_u32,
        each in 0..101_u32,
    ) {
        let few = granted(share, reserve, pings, each);
        let more = granted(share, reserve, pings + 1, each);
        prop_assert!(few <= more, "{few} and {more}");
        prop_assert!(more - few <= reserve.max(1), "{few} and {more}");
        let most = (share * pings as f32).max(reserve as f32);
        prop_assert!(few as f32 <= most + 1e-3, "{few} of {most}");
    }

    /// The same, where pings start one after another and all fail at once.
    #[test]
    fn whoever_fails_early_takes_no_more_than_the_reserve(
        reserve in 0..50_u32,
        pings in 1..400_u32,
    ) {
        let watch = Watch::default();
        let mut retries = Retries::new(&Manners {
            retries: 100,
            retry_share: Some(0.2),
            retry_reserve: reserve,
            ..Manners::default()
        });
        let mut granted = 0;
        for started in 1..=pings {
            retries.earn();
            while retries.after(&[reply(503, None)], &watch).is_some() {
                granted += 1;
            }
            prop_assert!(granted <= reserve.max(started / 5));
        }
        prop_assert_eq!(granted, reserve.max(pings / 5));
    }

    #[test]
    fn whatever_a_server_asks_for_is_understood_or_not(text in "\\PC*") {
        let _ = asked(&text, SystemTime::now());
    }
}
