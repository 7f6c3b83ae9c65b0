//! Starting and stopping.

mod wire;

use std::io::ErrorKind;
use std::net::TcpStream;

use test_server::{Options, TestServer, serve};
use wire::Wire;

#[test]
fn an_address_in_use_is_named() {
    let server = TestServer::start().unwrap();
    let address = server.address();
    let options = Options { address, ..Options::default() };
    let error = TestServer::start_with(options).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
    assert!(error.to_string().contains(&address.to_string()), "{error}");
}

#[test]
fn only_loopback_will_do() {
    let address = "0.0.0.0:0".parse().unwrap();
    let open = [
        Options { address, ..Options::default() },
        Options { control: address, ..Options::default() },
    ];
    for options in open {
        let error = serve(options, |_, _| panic!("it serves")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("0.0.0.0:0"), "{error}");
    }
}

#[test]
fn dropping_it_closes_everything() {
    let server = TestServer::start().unwrap();
    let (address, control) = (server.address(), server.control_address());
    let mut idle = Wire::to(&server);
    assert_eq!(idle.get("/200").status, 200);
    let mut waiting = Wire::to(&server);
    waiting.send(wire::get("/200?sleep=20000"));
    drop(server);
    assert!(idle.rest().is_empty());
    assert!(waiting.rest().is_empty());
    for address in [address, control] {
        let error = TcpStream::connect(address).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    }
}

#[test]
fn its_url_is_where_it_listens() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200?seq=1");
    assert_eq!(url, format!("http://{}/200?seq=1", server.address()));
}
