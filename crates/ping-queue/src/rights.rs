use std::fmt;

use crate::BatchName;
use crate::name::WORKERS;

/// What somebody does with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Takes jobs and stores their results.
    Worker,
    /// Opens the batch, puts the jobs in, takes the results and removes it;
    /// and works, too.
    Ping,
}

/// What a user of the servers may do, and nothing else: subjects to publish
/// on, and subjects to subscribe to. Shown as it stands in the configuration
/// of `nats-server`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    publish: Vec<String>,
    subscribe: Vec<String>,
}

impl Role {
    /// What the subjects begin with on which the servers answer. Whoever may
    /// listen to the whole of `_INBOX` hears the answers to everybody.
    pub(crate) fn inbox(self, name: &BatchName) -> String {
        let role = match self {
            Role::Worker => "worker",
            Role::Ping => "ping",
        };
        format!("_INBOX_{role}.{name}")
    }
}

impl Rights {
    /// What is needed for this part in this batch.
    pub fn of(role: Role, name: &BatchName) -> Rights {
        let mut publish = of_worker(name);
        if role == Role::Ping {
            publish.extend(of_ping(name));
        }
        let subscribe = vec![format!("{}.>", role.inbox(name))];
        Rights { publish, subscribe }
    }
}

fn of_worker(name: &BatchName) -> Vec<String> {
    let (jobs, results) = (name.jobs(), name.results());
    vec![
        format!("$JS.API.STREAM.INFO.{jobs}"),
        format!("$JS.API.STREAM.INFO.{results}"),
        format!("$JS.API.CONSUMER.INFO.{jobs}.{WORKERS}"),
        format!("$JS.API.CONSUMER.MSG.NEXT.{jobs}.{WORKERS}"),
        format!("$JS.ACK.{jobs}.{WORKERS}.>"),
        format!("$JS.API.STREAM.MSG.GET.{results}"),
        name.every_result(),
    ]
}

/// On top of those of a worker.
fn of_ping(name: &BatchName) -> Vec<String> {
    let (jobs, results) = (name.jobs(), name.results());
    vec![
        format!("$JS.API.STREAM.CREATE.{jobs}"),
        format!("$JS.API.STREAM.CREATE.{results}"),
        format!("$JS.API.STREAM.DELETE.{jobs}"),
        format!("$JS.API.STREAM.DELETE.{results}"),
        format!("$JS.API.CONSUMER.CREATE.{jobs}.{WORKERS}"),
        // The collector's, to which the servers give a new name each time.
        format!("$JS.API.CONSUMER.CREATE.{results}"),
        format!("$JS.API.CONSUMER.MSG.NEXT.{results}.>"),
        name.job(),
    ]
}

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines =
            [("publish", &self.publish), ("subscribe", &self.subscribe)];
        writeln!(f, "permissions: {{")?;
        for (what, subjects) in lines {
            writeln!(f, "  {what}: {{ allow: [")?;
            for subject in subjects {
                // In quotation marks a `$` is no variable. A name has nothing
                // in it that would have to be escaped.
                writeln!(f, "    \"{subject}\"")?;
            }
            writeln!(f, "  ] }}")?;
        }
        write!(f, "}}")
    }
}
