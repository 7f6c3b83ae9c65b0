//! Starts `nats-server` on this machine, listening on 127.0.0.1 alone:
//! [`TestServer`] and [`TestCluster`] for a test, [`start`] for whoever keeps
//! it longer.

mod cluster;
mod config;
mod find;
mod ports;
mod process;
mod single;

pub use cluster::TestCluster;
pub use config::{Account, Config, Peers, Secrets, User};
pub use find::find;
pub use ports::free_ports;
pub use process::start;
pub use single::{TestServer, greets, skipped};
