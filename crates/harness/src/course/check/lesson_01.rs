use measurement::waits::Plan;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 1,
        name: "refused_in_the_list",
        proof: "the server saw all five requests that were meant for it, and the sixth result is the refusal",
        given: refused_in_the_list,
        judge: |seen| {
            let pings = printed(seen);
            let refused = pings.iter().filter(|p| p.outcome == REFUSED);
            vec![
                Finding::exactly("requests", seen.witness.requests, 5),
                Finding::exactly("results", pings.len(), 6),
                Finding::exactly("refused", refused.count(), 1),
            ]
        },
    },
    Exercise {
        lesson: 1,
        name: "one_connection",
        proof: "thirty requests came on one connection, errors among them",
        given: one_connection,
        judge: |seen| {
            vec![
                Finding::exactly("requests", seen.witness.requests, 30),
                Finding::exactly("connections", seen.witness.connections, 1),
                Finding::exactly("results", printed(seen).len(), 30),
            ]
        },
    },
];

const REFUSED: &str = "connection refused";

fn refused_in_the_list() -> Given {
    let mut given = Given::numbered(6, 1);
    // Where nobody listens.
    given.paths[2] = "http://127.0.0.1:1/200?seq=2".to_owned();
    given
}

fn one_connection() -> Given {
    let statuses = [200, 404, 500].iter().cycle().take(30);
    let path = |(seq, status)| format!("/{status}?seq={seq}");
    let paths = (0..).zip(statuses).map(path).collect::<Vec<String>>();
    Given { paths, plan: Plan::default() }
}
