//! Where the server listens and what it is told at the start.

use std::net::{Ipv4Addr, SocketAddr};

use measurement::waits::Plan;

use crate::token::Token;

/// How to start a server.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where requests are answered. Must be a loopback address; port 0 takes
    /// a free one. By default `127.0.0.1:0`.
    pub address: SocketAddr,
    /// So many further addresses that requests are answered at, each a free
    /// port of the same host. Every connection to one address needs a port of
    /// its own to come from, and a system that has used up half of them
    /// searches long for the next. By default none.
    pub more_ports: usize,
    /// Where the witness is asked, apart from the requests so that asking is
    /// never counted. The same rules and the same default.
    pub control: SocketAddr,
    /// How many requests keep a stamp of their own, the newest ones. Room for
    /// all of them, some 64 bytes each, is reserved at the start. By default
    /// 65,536.
    pub stamps: usize,
    /// The waits until the first reset. By default none.
    pub plan: Plan,
    /// What whoever asks the witness has to show. By default a new one that
    /// nobody can guess.
    pub token: Option<Token>,
}

impl Default for Options {
    fn default() -> Self {
        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            address: any_port,
            more_ports: 0,
            control: any_port,
            stamps: 65_536,
            plan: Plan::default(),
            token: None,
        }
    }
}
