//! What an answer of the test server costs, on one connection over loopback:
//! one at a time, where two wake-ups belong to each answer, and 64 asked for
//! in one write, which share theirs.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod conditions;
mod settings;

use std::io::{Read, Write};
use std::net::TcpStream;

use criterion::{Criterion, Throughput, criterion_group};
use test_server::TestServer;

use conditions::under_each;

const REQUEST: &str = "GET /200 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

fn server(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("answer of the test server");
    let server = TestServer::start().unwrap();
    for (name, at_once) in [("one at a time", 1), ("64 in one write", 64)] {
        group.throughput(Throughput::Elements(at_once));
        under_each(&mut group, name, |bencher| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            stream.set_nodelay(true).unwrap();
            let requests = REQUEST.repeat(at_once as usize);
            let mut answers = vec![0; at_once as usize * ANSWER.len()];
            bencher.iter(|| {
                stream.write_all(requests.as_bytes()).unwrap();
                stream.read_exact(&mut answers).unwrap();
            });
            // Or the lengths would not be those of whole answers.
            assert!(answers.ends_with(ANSWER.as_bytes()), "{name}");
        });
    }
    group.finish();
}

/// What comes back.
const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\
                      Content-Length: 6\r\n\r\n200 OK";

criterion_group! {
    name = benches;
    config = settings::settings();
    targets = server
}
fn main() {
    conditions::run(benches);
}
