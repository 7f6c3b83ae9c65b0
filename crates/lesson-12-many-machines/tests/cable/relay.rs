use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use crate::network::REACHED;

/// Lets another machine reach what listens on 127.0.0.1 alone; says where.
pub(crate) fn relay(to: &str) -> String {
    let listener = TcpListener::bind((REACHED, 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let to = to.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Ok(onward) = TcpStream::connect(&to) else { return };
            let back = onward.try_clone().unwrap();
            let forth = stream.try_clone().unwrap();
            thread::spawn(move || carry(&forth, &onward));
            thread::spawn(move || carry(&back, &stream));
        }
    });
    address
}

fn carry(mut from: &TcpStream, mut to: &TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
