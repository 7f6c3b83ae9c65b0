//! Where a URL leads: each name is looked up once.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ping_core::{Names, PingError};
use ureq::config::Config;
use ureq::unversioned::resolver::Resolver;
use ureq::unversioned::transport::NextTimeout;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A URL whose host has no address, and that without asking anybody: a label
/// has 63 characters at most.
fn nowhere() -> String {
    format!("http://{}.invalid/", "x".repeat(64))
}

fn resolve(names: &Names, url: &str) -> Result<Vec<SocketAddr>, PingError> {
    let config = Config::builder().build();
    let found = names.resolve(
        &url.parse().unwrap(),
        &config,
        NextTimeout::default(),
    )?;
    Ok(found.iter().copied().collect())
}

#[test]
fn a_name_that_is_known_is_not_looked_up_again() {
    let names = Names::default();
    // Nobody else knows this one, so an answer can only be the remembered;
    // and clones remember the same.
    let clone = names.clone();
    names.insert("known.invalid", vec![HERE]);
    let found = resolve(&clone, "http://known.invalid:81/").unwrap();
    assert_eq!(found, [SocketAddr::new(HERE, 81)]);
    let unknown = resolve(&names, &nowhere());
    assert_eq!(unknown, Err(PingError::NameNotFound));
}

#[test]
fn a_name_that_was_looked_up_is_known_and_one_that_failed_is_not() {
    let names = Names::default();
    assert_eq!(names.get("localhost"), None);
    resolve(&names, "http://localhost/").unwrap();
    let found = names.get("localhost").unwrap();
    assert!(found.iter().all(IpAddr::is_loopback), "{found:?}");
    let url = nowhere();
    resolve(&names, &url).unwrap_err();
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    assert_eq!(names.get(host), None);
}

#[test]
fn a_literal_address_is_taken_as_it_stands() {
    let names = Names::default();
    for (url, address) in [
        ("http://127.0.0.1/", "127.0.0.1:80"),
        ("https://127.0.0.1/", "127.0.0.1:443"),
        ("http://127.0.0.1:/", "127.0.0.1:80"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://[::1]/", "[::1]:80"),
        ("https://[::1]:8443/", "[::1]:8443"),
        ("http://me:1@127.0.0.1/", "127.0.0.1:80"),
        ("http://me:1@127.0.0.1:2/", "127.0.0.1:2"),
    ] {
        let address: SocketAddr = address.parse().unwrap();
        assert_eq!(resolve(&names, url), Ok(vec![address]), "{url}");
    }
}

#[test]
fn a_port_that_is_none_is_not_port_80() {
    let names = Names::default();
    for url in ["http://127.0.0.1:65536/", "http://me@[::1]:99999/"] {
        let found = resolve(&names, url);
        assert!(matches!(found, Err(PingError::BadUrl(_))), "{found:?}");
    }
}

#[test]
fn more_addresses_than_there_are_places_for_are_no_harm() {
    let names = Names::default();
    names.insert("many.invalid", vec![HERE; 40]);
    assert_eq!(resolve(&names, "http://many.invalid/").unwrap().len(), 16);
}
