use std::time::{Duration, Instant};

use ping_core::{Ping, PingError, Reply};

use super::*;

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

/// The URLs of every batch, one batch after another.
fn all(list: &[String], requests: usize, length: usize) -> Vec<Vec<String>> {
    Batches::new(list, requests, length).map(|batch| batch.to_vec()).collect()
}

#[test]
fn batches_go_round_the_list() {
    let list = urls(&["a", "b", "c"]);
    for length in 1..=8 {
        assert_eq!(
            all(&list, 7, length).concat(),
            ["a", "b", "c", "a", "b", "c", "a"],
            "{length}"
        );
    }
}

#[test]
fn batches_are_never_much_longer_than_they_may_be() {
    let list = urls(&["a", "b", "c"]);
    let lengths = |requests, length| -> Vec<usize> {
        all(&list, requests, length).iter().map(Vec::len).collect()
    };
    assert_eq!(lengths(2 * 4098 + 5, 4096), [4098, 4098, 5]);
    // The next batch of a long list goes on where the last one stopped.
    assert_eq!(lengths(5, 2), [2, 2, 1]);
    assert_eq!(all(&list, 4, 2)[1], ["c", "a"]);
    assert!(all(&[], 0, 4096).is_empty());
}

#[test]
fn a_batch_like_the_last_one_is_the_last_one() {
    let list = urls(&["a", "b"]);
    let mut batches = Batches::new(&list, 10, 4);
    let (first, second) = (batches.next().unwrap(), batches.next().unwrap());
    assert!(Arc::ptr_eq(&first, &second));
    assert_eq!(batches.next().unwrap().len(), 2);
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
