// A GET as short as can be, for whoever shows or tests what the witness sees of
// a client. The documentation takes it in as it stands.

/// Fetches one URL of the test server, whatever its answer is.
pub(crate) fn fetch(url: &str) {
    use std::io::{Read, Write};

    let rest = url.strip_prefix("http://").expect("a URL of the test server");
    let (host, path) = rest.split_once('/').expect("a path");
    let mut wire = std::net::TcpStream::connect(host).expect("it listens");
    let head = format!(
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    );
    wire.write_all(head.as_bytes()).expect("it takes a request");
    wire.read_to_end(&mut Vec::new()).expect("it answers");
}
