use std::time::{Duration, Instant};

use ping_core::{Ping, PingError, Reply};

use super::*;

const BATCH: usize = 4096;

fn urls(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A ping of this URL, started so many seconds after the first.
fn ping(url: &str, at: u64, zero: Instant) -> Ping {
    Ping {
        started: zero + Duration::from_secs(at),
        ..Ping::unstarted(url, PingError::Refused)
    }
}

#[test]
fn batches_go_round_the_list() {
    let list = urls(&["a", "b", "c"]);
    let one = NonZeroUsize::MIN;
    let all: Vec<String> =
        Batches::new(&list, 7, one, BATCH).flatten().collect();
    assert_eq!(all, ["a", "b", "c", "a", "b", "c", "a"]);
}

#[test]
fn batches_are_never_longer_than_they_may_be() {
    let list = urls(&["a", "b", "c"]);
    let requests = 2 * BATCH + 5;
    let lengths = |concurrency| -> Vec<usize> {
        let concurrency = NonZeroUsize::new(concurrency).unwrap();
        Batches::new(&list, requests, concurrency, BATCH)
            .map(|b| b.len())
            .collect()
    };
    assert_eq!(lengths(8), [BATCH, BATCH, 5]);
    // A batch that is short beside the concurrency would be all beginning and
    // end.
    assert_eq!(lengths(1000), [requests]);
    // The next batch goes on where the last one stopped.
    let first_of_second =
        Batches::new(&list, requests, NonZeroUsize::MIN, BATCH).nth(1).unwrap();
    assert_eq!(first_of_second[0], list[BATCH % 3]);
}

#[test]
fn pings_come_back_in_the_order_of_the_list() {
    let list = urls(&["a", "b", "a", "c"]);
    let zero = Instant::now();
    let done = vec![
        ping("c", 0, zero),
        ping("a", 3, zero),
        ping("b", 2, zero),
        ping("a", 1, zero),
    ];
    let told: Vec<(String, u64)> = in_order(&list, done)
        .into_iter()
        .map(|ping| (ping.url, (ping.started - zero).as_secs()))
        .collect();
    let want = [("a", 1), ("b", 2), ("a", 3), ("c", 0)];
    let want = want.map(|(url, at)| (url.to_owned(), at));
    assert_eq!(told, want);
}

#[test]
fn a_tally_adds_up() {
    use crate::ping::tally::Tally;
    let answer = |status| Ping {
        result: Ok(Reply {
            status,
            bytes: 0,
            digest: 0,
            head: "".into(),
            retry_after: None,
        }),
        ..Ping::unstarted("a", PingError::Cancelled)
    };
    let pings = [
        answer(200),
        answer(404),
        answer(404),
        Ping::unstarted("a", PingError::Timeout(ping_core::Phase::Head)),
        Ping::unstarted("a", PingError::Cancelled),
    ];
    let mut any = Tally::new(&[], false);
    any.count(&pings);
    assert_eq!((any.requests(), any.failed()), (4, 1));
    assert_eq!(any.outcomes().values().sum::<u64>(), any.requests());
    let mut expecting = Tally::new(&[404, 500], false);
    expecting.count(&pings);
    assert_eq!(expecting.failed(), 2, "the timeout and the 200");
}
