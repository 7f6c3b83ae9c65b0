//! Deadlines, without waiting for them.

use std::io::Write;
use std::net::{TcpListener, TcpStream as Socket};

use super::*;
use crate::event_loop::EventLoop;
use crate::options::Options;
use crate::token::Token;

/// A caller, its other end, and what it needs. The loop is not run: none
/// of this asks it.
struct Set {
    caller: Caller,
    other: Socket,
    door: Door,
    mailbox: Mailbox,
    _event_loop: EventLoop,
}

impl Set {
    fn up() -> Set {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let other = Socket::connect(address).unwrap();
        let own = listener.accept().unwrap().0;
        own.set_nonblocking(true).unwrap();
        let (event_loop, mailbox) =
            EventLoop::bind(Options::default()).unwrap();
        let token = Token::chosen("0123456789abcdef").unwrap();
        let readers = Arc::default();
        Set {
            caller: Caller::new(TcpStream::from_std(own)),
            other,
            door: Door { address, token, readers, rests_until: Instant::now() },
            mailbox,
            _event_loop: event_loop,
        }
    }

    /// Says something and lets the caller hear it.
    fn say(&mut self, text: &str) -> Next {
        self.other.write_all(text.as_bytes()).unwrap();
        self.caller.advance(&self.door, &self.mailbox)
    }

    fn time_is_up(&mut self) -> Next {
        self.caller.time_is_up(&self.door, &self.mailbox)
    }

    fn hears(&mut self) -> String {
        self.other.set_read_timeout(Some(IDLE_PATIENCE)).unwrap();
        let mut text = String::new();
        self.other.read_to_string(&mut text).unwrap();
        text
    }

    fn head(&self, lines: &str) -> String {
        let (host, token) = (self.door.address, self.door.token.as_str());
        format!(
            "POST /reset HTTP/1.1\r\nHost: {host}\r\n\
             Authorization: Bearer {token}\r\n{lines}\r\n"
        )
    }
}

#[test]
fn a_drip_moves_no_deadline() {
    let mut set = Set::up();
    let until = set.caller.until();
    for letter in "GET / HTTP/1.1".split("").take(9) {
        assert!(matches!(set.say(letter), Next::Rest));
        assert_eq!(set.caller.until(), until);
    }
    assert!(matches!(set.time_is_up(), Next::Rest));
    assert!(set.hears().starts_with("HTTP/1.1 408 "));
}

#[test]
fn a_body_has_a_deadline_of_its_own() {
    let mut set = Set::up();
    let head = set.head("Content-Length: 9\r\n");
    assert!(matches!(set.say(&head), Next::Rest));
    let until = set.caller.until();
    assert!(!set.caller.is_stranger());
    assert!(matches!(set.say("{"), Next::Rest));
    assert_eq!(set.caller.until(), until);
    assert!(matches!(set.time_is_up(), Next::Rest));
    assert!(set.hears().starts_with("HTTP/1.1 408 "));
    // And another second for its farewell.
    assert!(matches!(set.time_is_up(), Next::Close));
}

#[test]
fn who_says_nothing_is_told_nothing() {
    let mut set = Set::up();
    assert!(set.caller.is_stranger());
    assert!(matches!(set.time_is_up(), Next::Close));
}

#[test]
fn an_answer_that_nobody_takes_is_given_up() {
    let mut set = Set::up();
    let text = "x".repeat(32 * 1024 * 1024);
    set.caller.answer(Answer::text(200, &text), true);
    let advance = |set: &mut Set| set.caller.advance(&set.door, &set.mailbox);
    assert!(matches!(advance(&mut set), Next::Rest));
    assert!(set.caller.until() <= Instant::now() + IDLE_PATIENCE);
    assert!(matches!(set.time_is_up(), Next::Close));
}

#[test]
fn who_wants_stamps_waits_while_the_port_rests() {
    let mut set = Set::up();
    set.door.rests_until = Instant::now() + WRITE_PATIENCE;
    let head = set.head("").replace("POST /reset", "GET /witness");
    assert!(matches!(set.say(&head), Next::Rest));
    assert_eq!(set.caller.until(), set.door.rests_until);
    // Even if it was woken early.
    assert!(matches!(set.time_is_up(), Next::Rest));
    assert!(matches!(set.caller.state, State::Waiting(_)));
    assert!(!set.caller.is_stranger());
}
