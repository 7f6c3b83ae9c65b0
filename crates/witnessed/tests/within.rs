//! The watchdog: it returns what comes to an end, leaves what does not, and
//! passes a panic on.

use std::sync::mpsc;
use std::time::Duration;

use witnessed::within;

const LONG: Duration = Duration::from_secs(60);

#[test]
fn what_ends_is_returned() {
    assert_eq!(within(LONG, || 7), Some(7));
}

#[test]
fn what_hangs_is_left_behind() {
    let (_kept, never) = mpsc::channel::<()>();
    let hangs = move || never.recv();
    assert_eq!(within(Duration::from_millis(1), hangs), None);
}

#[test]
#[should_panic(expected = "the batch is wrong")]
fn a_panic_is_passed_on() {
    within(LONG, || panic!("the batch is wrong"));
}
