//! The program as a newcomer builds it knows of many machines, and how to have
//! them.

use crate::common::run;

#[test]
fn how_to_have_many_machines_is_said() {
    let commands: [&[&str]; 8] = [
        &["worker", "--nats", "nats://127.0.0.1:1", "--batch", "a"],
        &["cluster", "up"],
        &["cluster", "down"],
        &["cluster", "measure"],
        &["lesson", "12", "--skip"],
        &["lesson", "12", "--trap", "ack_first"],
        &["check", "12"],
        &["ping", "--strategy", "many-machines", "http://127.0.0.1:1/"],
    ];
    for command in commands {
        let done = run(command);
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains("--features many-machines"), "{done:?}");
        assert_eq!(done.err.lines().count(), 1, "{done:?}");
    }
}
