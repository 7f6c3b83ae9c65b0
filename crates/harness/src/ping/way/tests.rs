use clap::Parser;

use super::*;
use crate::cli::{Cli, Command};

fn way(line: &str) -> Result<Way> {
    let typed = ["harness", "ping"].into_iter().chain(line.split(' '));
    let command = Cli::try_parse_from(typed).unwrap().chosen();
    let Command::Ping(args) = command else { unreachable!() };
    Way::of(&args, &args.urls.clone())
}

#[test]
fn this_machine_has_many_names() {
    for url in [
        "http://127.0.0.1:8080/200",
        "http://127.9.9.9/",
        "http://[::1]:80/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://LOCALHOST./",
        "https://a.localhost/",
    ] {
        assert_eq!(foreign_host(url), None, "{url}");
    }
    for url in ["http://0.0.0.0/", "http://127.1/", "http://[::]:81/"] {
        assert_eq!(foreign_host(url), None, "{url}");
    }
    for (url, host) in [
        ("http://example.com/", "example.com"),
        ("http://localhost.example.com/", "localhost.example.com"),
        ("http://notlocalhost/", "notlocalhost"),
        ("http://127.0.0.1@example.com/", "example.com"),
        ("http://192.0.2.1/", "192.0.2.1"),
        ("http://[2001:db8::1]/", "[2001:db8::1]"),
    ] {
        assert_eq!(foreign_host(url).as_deref(), Some(host), "{url}");
    }
}

#[test]
fn at_home_nothing_is_held_back() {
    let way = way("http://127.0.0.1/ -n 100000").unwrap();
    assert_eq!(way.strategy.way.id, USUAL);
    assert_eq!(way.manners.rate, None);
    assert_eq!(way.manners.per_host, None);
    assert_eq!(way.concurrency, AT_ONCE);
    assert!(way.notes.is_empty());
}

#[test]
fn one_foreign_host_is_enough_to_be_polite() {
    let way = way("http://127.0.0.1/ http://example.com/").unwrap();
    assert_eq!(way.strategy.way.id, POLITE);
    assert_eq!(way.manners.rate, Some(POLITE_RATE));
    assert_eq!(way.manners.per_host, Some(POLITE_PER_HOST));
    assert!(way.notes[0].contains("example.com is not this machine"));
}

#[test]
fn what_is_asked_for_is_done_and_said() {
    let line = "http://example.com/ --rate 50/s --per-host 2 --retries 3";
    let kept = way(line).unwrap().manners;
    assert_eq!(kept.rate.unwrap().to_string(), "50");
    assert_eq!(kept.per_host.map(NonZeroUsize::get), Some(2));
    assert_eq!((kept.retries, kept.retry_share), (3, Some(RETRY_SHARE)));
    let plain = way("http://example.com/ --strategy threads").unwrap();
    assert_eq!(plain.concurrency, POLITE_PER_HOST);
    assert!(plain.notes[0].contains("keeps to no rate"));
    let slow = way("http://127.0.0.1/ --rate 30/m").unwrap();
    assert_eq!(slow.manners.rate.unwrap().to_string(), "0.5");
}

#[test]
fn refuses_what_would_not_be_kept_and_what_is_no_test_of_ones_own() {
    let unkept =
        way("http://127.0.0.1/ --strategy threads --rate 5").unwrap_err();
    assert!(unkept.to_string().contains("--strategy good-manners"), "{unkept}");
    assert!(way("http://example.com/ -n 10").is_ok());
    let often = way("http://example.com/ -n 11").unwrap_err();
    assert!(often.to_string().contains("--allow-repeats"), "{often}");
    assert!(way("http://example.com/ -n 11 --allow-repeats").is_ok());
}
