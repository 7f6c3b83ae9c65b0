//! # Trap: a server that is slow to accept
//!
//! **Learners think** that timeouts past 128 connections are the client's
//! fault.
//!
//! **Run it.** Without URLs: it has a server of its own. Shows on Linux.
#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// How many of `count` connections to `server` are made, each of which is
/// given `patience`. All are kept open to the end.
pub(crate) fn connect_all(
    server: SocketAddr,
    count: usize,
    patience: Duration,
) -> usize {
    let dial = |_| TcpStream::connect_timeout(&server, patience).ok();
    let connections: Vec<_> = (0..count).filter_map(dial).collect();
    connections.len()
}

/// A server that listens and never accepts.
pub(crate) fn never_accepts() -> io::Result<TcpListener> {
    TcpListener::bind("127.0.0.1:0")
}

fn main() -> io::Result<()> {
    if cfg!(not(target_os = "linux")) {
        println!("this system keeps its queue in another way than Linux");
    }
    let server = never_accepts()?;
    let address = server.local_addr()?;
    let made = connect_all(address, 140, Duration::from_millis(100));
    println!("140 connections asked for, {made} made, the others timed out");
    Ok(())
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Of 140 connections to a server that accepts none, exactly 129
// are made; the others time out, whatever the client does.
//
// **Where.** At `TcpListener::bind("127.0.0.1:0")`: `bind` listens with a
// backlog of 128, and does not say so.
//
// **Why.** The system finishes connections for the server and keeps them in a
// queue until it accepts them: its backlog. The standard library asks for a
// queue of 128. Once it is full, Linux lets one more in and drops the rest
// without a word; a client that was dropped tries again after a second.
//
// **Fix.** Listen with a long backlog (`socket2` or tokio's `TcpSocket` let you
// say so) and accept quickly. And suspect the server, too, before you tune a
// client.
//
// **In the lesson.** `TestServer` listens with a backlog of 4096, so that a
// wave of any size finds room.
