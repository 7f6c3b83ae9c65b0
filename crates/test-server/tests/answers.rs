//! What httpstat.us answered, to the letter.

mod wire;

use measurement::waits::BOOK_STATUSES;
use test_server::{LARGEST_BODY, TestServer, expected_body};
use wire::{Wire, get};

#[test]
fn the_books_six() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    let answers = BOOK_STATUSES.map(|status| {
        let answer = wire.get(&format!("/{status}"));
        assert_eq!(answer.header("content-type"), Some("text/plain"));
        (answer.head[0].clone(), answer.text().to_owned())
    });
    let expected = [
        ("HTTP/1.1 200 OK", "200 OK"),
        ("HTTP/1.1 400 Bad Request", "400 Bad Request"),
        ("HTTP/1.1 404 Not Found", "404 Not Found"),
        ("HTTP/1.1 408 Request Timeout", "408 Request Timeout"),
        ("HTTP/1.1 500 Internal Server Error", "500 Internal Server Error"),
        ("HTTP/1.1 524 A Timeout Occurred", "524 A Timeout Occurred"),
    ];
    assert_eq!(answers, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(server.witness().connections, 1);
}

#[test]
fn every_code_is_answered_by_itself() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for code in 200..=999 {
        let answer = wire.get(&format!("/{code}/anything"));
        assert_eq!(answer.status, code);
        let bodiless = matches!(code, 204 | 205 | 304);
        assert_eq!(answer.body.is_empty(), bodiless, "{code}");
        assert_eq!(answer.header("content-type").is_none(), bodiless);
    }
    assert_eq!(wire.get("/299").text(), "299 299 Unknown Code");
    assert_eq!(wire.get("/204").head, ["HTTP/1.1 204 No Content"]);
    assert_eq!(wire.get("/304").head, ["HTTP/1.1 304 Not Modified"]);
    assert_eq!(wire.get("/205").header("content-length"), Some("0"));
}

#[test]
fn after_an_interim_answer_the_connection_closes() {
    let server = TestServer::start().unwrap();
    for code in [100, 103, 199] {
        let mut wire = Wire::to(&server);
        let answer = wire.get(&format!("/{code}"));
        assert_eq!(answer.status, code);
        assert_eq!(answer.header("content-length"), None);
        assert!(wire.rest().is_empty());
    }
}

#[test]
fn json_for_those_who_accept_it() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    let ask = |code| {
        format!(
            "GET /{code} HTTP/1.1\r\nHost: x\r\n\
             Accept: text/html, application/json\r\n\r\n"
        )
    };
    wire.send(ask(200));
    let answer = wire.answer();
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.text(), r#"{"code":200,"description":"OK"}"#);
    wire.send(ask(299));
    let unknown = r#"{"code":299,"description":"299 Unknown Code"}"#;
    assert_eq!(wire.answer().text(), unknown);
}

#[test]
fn some_codes_bring_headers() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for (code, name, value) in [
        (206, "Content-Range", "0-30"),
        (301, "Location", "/200"),
        (301, "Retry-After", "5"),
        (308, "Location", "/200"),
        (401, "WWW-Authenticate", "Basic realm=\"Fake Realm\""),
        (429, "Retry-After", "5"),
        (503, "Retry-After", "5"),
    ] {
        let answer = wire.get(&format!("/{code}"));
        assert_eq!(answer.header(name), Some(value), "{code}");
    }
    assert_eq!(wire.get("/200").head.len(), 3);
}

#[test]
fn head_is_get_without_the_body() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send("HEAD /524 HTTP/1.1\r\nHost: x\r\n\r\nDELETE /200 HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(wire.head().header("content-length"), Some("22"));
    assert_eq!(wire.answer().text(), "200 OK");
    assert_eq!(server.witness().body_bytes, 6);
}

#[test]
fn a_body_made_to_measure() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for bytes in [0, 1, 64, 1000, 200_000] {
        let answer = wire.get(&format!("/404?seq=3&nonce=9&bytes={bytes}"));
        assert_eq!(answer.status, 404);
        assert!(answer.body == expected_body(3, 9, bytes), "{bytes}");
    }
    assert_eq!(server.witness().body_bytes, 201_065);
}

#[test]
fn what_cannot_be_obeyed_is_refused_without_a_word() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    let too_many = format!("bytes={}", LARGEST_BODY + 1);
    for query in ["sleep=30001", "sleep=-1", "sleep=soon", "seq=x", &too_many] {
        let answer = wire.get(&format!("/200?{query}"));
        assert_eq!(answer.head[0], "HTTP/1.1 400 Bad Request", "{query}");
        assert_eq!(answer.header("content-length"), Some("0"));
    }
    wire.send(
        "GET /200 HTTP/1.1\r\nHost: x\r\nX-HttpStatus-Sleep: 30001\r\n\r\n",
    );
    assert_eq!(wire.answer().status, 400);
}

#[test]
fn other_paths_say_what_paths_there_are() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    let lost = wire.get("/nowhere");
    assert_eq!((lost.status, lost.text().lines().count()), (404, 1));
    assert!(lost.text().contains("/{code}"));
    assert_eq!(wire.get("/").status, 200);
    wire.send(get("/gate/0"));
    assert_eq!(wire.answer().status, 404);
}
