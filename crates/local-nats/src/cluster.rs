use std::ffi::OsString;

use crate::config::Peers;
use crate::ports::free_ports;
use crate::single::TestServer;

/// Three servers for one test that keep copies of each other's streams, each
/// with a folder of its own. They are ended when this is dropped.
#[derive(Debug)]
pub struct TestCluster {
    servers: Vec<TestServer>,
}

/// With three, one may be missed.
const SERVERS: usize = 3;

impl TestCluster {
    /// Starts them; they answer when this returns, and choose their leader
    /// some time later. If there are words, these name a program and its
    /// arguments that starts each: the program of the server and its arguments
    /// follow, and it becomes that.
    ///
    /// # Panics
    ///
    /// If there is no `nats-server`, or one does not start.
    pub fn start_by(by: &[OsString]) -> TestCluster {
        let ports = free_ports(2 * SERVERS).expect("free ports");
        let (clients, peers) = ports.split_at(SERVERS);
        let each = clients.iter().zip(peers).zip(1..);
        let servers = each.map(|((client, peer), number)| {
            TestServer::start_at(*client, by.to_vec(), |config| {
                config.name = name(number);
                let all = peers.to_vec();
                config.peers = Some(Peers { port: *peer, all });
            })
        });
        TestCluster { servers: servers.collect() }
    }

    /// Where they are.
    pub fn urls(&self) -> Vec<String> {
        self.servers.iter().map(TestServer::url).collect()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.servers.len()
    }

    /// The one of this place, from 0.
    pub fn server(&mut self, place: usize) -> &mut TestServer {
        &mut self.servers[place]
    }

    /// The place of the server that calls itself so.
    pub fn place_of(&self, server: &str) -> Option<usize> {
        (0..self.count()).find(|place| name(place + 1) == server)
    }
}

fn name(number: usize) -> String {
    format!("ping-lessons-{number}")
}
