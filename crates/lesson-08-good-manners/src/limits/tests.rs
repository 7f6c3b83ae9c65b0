use proptest::prelude::*;

use super::*;

fn line(manners: &Manners, concurrency: usize, urls: &[&str]) -> Line {
    let urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
    Line::new(manners, NonZeroUsize::new(concurrency).unwrap(), &urls)
}

/// The URLs of all who may go now.
fn all_who_may(line: &mut Line) -> Vec<Turn> {
    let watch = Watch::default();
    std::iter::from_fn(|| line.next(&watch)).collect()
}

fn urls(turns: &[Turn]) -> Vec<&str> {
    turns.iter().map(|turn| turn.url.as_str()).collect()
}

/// The attempt of this turn is done, after this many seconds.
fn done(line: &mut Line, turn: &mut Turn, seconds: u64) {
    let mut ping = Ping::unstarted(&turn.url, PingError::Refused);
    ping.elapsed = Duration::from_secs(seconds);
    turn.attempts.push(ping);
    line.leave(turn);
}

#[test]
fn one_host_goes_in_the_order_of_the_list() {
    let mut line = line(&Manners::default(), 3, &["http://a/1", "http://a/2"]);
    let turns = all_who_may(&mut line);
    assert_eq!(urls(&turns), ["http://a/1", "http://a/2"]);
    assert!(line.is_empty());
    assert_eq!(line.wait(), LONG);
}

#[test]
fn no_more_go_than_there_are_places() {
    let per_host = NonZeroUsize::new(2);
    let manners = Manners { per_host, ..Manners::default() };
    let list = ["http://a/1", "http://A/2", "http://a/3", "http://b/1"];
    let mut line = line(&manners, 8, &list);
    let mut turns = all_who_may(&mut line);
    // Who waits for a place at its host is passed by.
    assert_eq!(urls(&turns), ["http://a/1", "http://b/1", "http://A/2"]);
    done(&mut line, &mut turns[1], 1);
    assert!(all_who_may(&mut line).is_empty());
    done(&mut line, &mut turns[0], 1);
    assert_eq!(urls(&all_who_may(&mut line)), ["http://a/3"]);
}

#[test]
fn slow_hosts_leave_places_to_a_quick_one() {
    // Two that never answer, with more URLs each than there are places.
    let list: Vec<String> = (0..20)
        .flat_map(|n| [format!("http://mute/{n}"), format!("http://dumb/{n}")])
        .chain((0..100).map(|n| format!("http://quick/{n}")))
        .collect();
    let concurrency = NonZeroUsize::new(8).unwrap();
    let mut line = Line::new(&Manners::default(), concurrency, &list);
    let mut answered = 0;
    loop {
        let turns = all_who_may(&mut line);
        let quick = turns.into_iter().filter(|t| t.url.contains("quick"));
        let quick: Vec<Turn> = quick.collect();
        if quick.is_empty() {
            break;
        }
        for mut turn in quick {
            done(&mut line, &mut turn, 0);
            answered += 1;
        }
    }
    assert_eq!(answered, 100);
}

#[test]
fn more_slow_hosts_than_places_leave_the_next_one_to_a_quick_one() {
    let mut list: Vec<String> = (0..3)
        .flat_map(|n| (0..8).map(move |host| format!("http://mute{host}/{n}")))
        .collect();
    list.extend((0..5).map(|n| format!("http://quick/{n}")));
    let concurrency = NonZeroUsize::new(8).unwrap();
    let mut line = Line::new(&Manners::default(), concurrency, &list);
    let mut first = all_who_may(&mut line);
    done(&mut line, &mut first[3], 5);
    for n in 0..5 {
        let mut next = all_who_may(&mut line);
        assert_eq!(urls(&next), [format!("http://quick/{n}")]);
        done(&mut line, &mut next[0], 0);
    }
    assert_eq!(urls(&all_who_may(&mut line)), ["http://mute3/1"]);
}

#[test]
fn a_host_that_is_away_finds_a_place_when_it_comes_back() {
    let list: Vec<String> = ["http://busy/1".to_owned()]
        .into_iter()
        .chain((0..20).map(|n| format!("http://mute/{n}")))
        .collect();
    for (places, others) in [(1, 1), (2, 1), (3, 2), (4, 3)] {
        let concurrency = NonZeroUsize::new(places).unwrap();
        let mut line = Line::new(&Manners::default(), concurrency, &list);
        let mut busy = line.next(&Watch::default()).unwrap();
        done(&mut line, &mut busy, 0);
        line.again(busy, Duration::from_secs(60));
        let mute = all_who_may(&mut line);
        assert_eq!(mute.len(), others, "{places}");
        // Nobody is waited for but the one who comes back.
        assert!(line.wait() > Duration::from_secs(50));
        come_back(&mut line);
        let back = all_who_may(&mut line);
        let due = if places == 1 { &[][..] } else { &["http://busy/1"] };
        assert_eq!(urls(&back), due, "{places}");
    }
}

#[test]
fn half_of_the_places_are_kept_at_most() {
    let list = (0..4).map(|host| format!("http://busy{host}/"));
    let mute = (0..20).map(|n| format!("http://mute/{n}"));
    let list: Vec<String> = list.chain(mute).collect();
    let concurrency = NonZeroUsize::new(4).unwrap();
    let mut line = Line::new(&Manners::default(), concurrency, &list);
    for mut busy in all_who_may(&mut line) {
        done(&mut line, &mut busy, 0);
        line.again(busy, Duration::from_secs(60));
    }
    assert_eq!(
        urls(&all_who_may(&mut line)),
        ["http://mute/0", "http://mute/1"]
    );
}

/// The first of those who come back later comes now.
fn come_back(line: &mut Line) {
    let (_, turn) = line.later.pop_first().unwrap();
    line.later.insert((Instant::now(), 0), turn);
}

#[test]
fn who_waits_to_come_back_holds_nothing() {
    let manners =
        Manners { per_host: Some(NonZeroUsize::MIN), ..Manners::default() };
    let mut line = line(&manners, 1, &["http://a/1", "http://a/2"]);
    let mut first = all_who_may(&mut line).remove(0);
    done(&mut line, &mut first, 0);
    line.again(first, Duration::from_secs(60));
    assert_eq!(urls(&all_who_may(&mut line)), ["http://a/2"]);
    assert!(!line.is_empty());
    assert!(line.wait() <= Duration::from_secs(60));
    // One comes back, and to the front.
    come_back(&mut line);
    assert_eq!(line.wait(), Duration::ZERO);
    assert!(all_who_may(&mut line).is_empty(), "its host has no place");
    let watch = Watch::default();
    watch.stop();
    let rest = line.rest(&watch);
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0][0].result, Err(PingError::Refused));
}

#[test]
fn nobody_goes_when_the_batch_is_over() {
    let mut line = line(&Manners::default(), 2, &["http://a/", "http://b/"]);
    let watch = Watch::default();
    watch.end_by(Instant::now());
    assert!(line.next(&watch).is_none());
    for attempts in line.rest(&watch) {
        assert_eq!(attempts[0].result, Err(PingError::NotStarted));
    }
}

#[test]
fn a_bucket_begins_with_one_token_whatever_it_holds() {
    let rate = Rate::of(1.0, Duration::from_secs(3600)).unwrap();
    for catch_up in [0, 1, 100_000].map(Duration::from_secs) {
        let bucket = bucket(rate, catch_up);
        assert!(bucket.check().is_ok());
        assert!(bucket.check().is_err(), "{catch_up:?}");
    }
}

proptest! {
    /// Whoever finishes, and in whatever order, comes back or not: the limits
    /// hold, and everybody has a turn.
    #[test]
    fn limits_hold_and_everybody_has_a_turn(
        hosts in prop::collection::vec(0..5_usize, 0..60),
        concurrency in 1..10_usize,
        per_host in prop::option::of(1..4_usize),
        ends in prop::collection::vec(any::<(usize, u8, bool)>(), 1..40),
    ) {
        let list: Vec<String> =
            hosts.iter().map(|host| format!("http://h{host}/")).collect();
        let per_host = per_host.and_then(NonZeroUsize::new);
        let manners = Manners { per_host, ..Manners::default() };
        let places = NonZeroUsize::new(concurrency).unwrap();
        let mut line = Line::new(&manners, places, &list);
        let (mut in_flight, mut gone, mut ends) =
            (Vec::<Turn>::new(), 0, ends.into_iter().cycle());
        let mut again = 0;
        loop {
            in_flight.extend(all_who_may(&mut line));
            prop_assert!(in_flight.len() <= concurrency);
            for host in 0..5 {
                let own = in_flight.iter().filter(|turn| turn.host == host);
                let most = per_host.map_or(concurrency, NonZeroUsize::get);
                prop_assert!(own.count() <= most);
            }
            let (which, seconds, back) = ends.next().unwrap();
            if in_flight.is_empty() {
                break;
            }
            let mut turn = in_flight.swap_remove(which % in_flight.len());
            done(&mut line, &mut turn, seconds.into());
            if back && again < 50 {
                again += 1;
                line.again(turn, Duration::ZERO);
            } else {
                gone += 1;
            }
        }
        prop_assert!(line.is_empty());
        prop_assert_eq!(gone, list.len());
    }
}
