//! The server as a test of another language has it: one line of JSON says where
//! it is, and it ends with the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Stdio};

use jsonschema::{Registry, Validator};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};

use crate::common::{finish, harness, read_to_end, run};

const WITNESS: &str = include_str!("../../../measurement/schemas/witness.json");
const CONTROL_PORT: &str =
    include_str!("../../../measurement/schemas/control-port.json");

/// The part of the schema of that name.
fn described(part: &str) -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).unwrap();
    let neighbours = Registry::new()
        .add("json-schema:///witness.json", parsed(WITNESS))
        .unwrap()
        .add("json-schema:///control-port.json", parsed(CONTROL_PORT))
        .unwrap()
        .prepare()
        .unwrap();
    let part = format!("json-schema:///control-port.json#/$defs/{part}");
    jsonschema::options()
        .with_registry(&neighbours)
        .build(&json!({ "$ref": part }))
        .unwrap()
}

fn valid(part: &str, document: &Value) {
    if let Err(error) = described(part).validate(document) {
        panic!("{part} {}: {error}: {document}", error.instance_path());
    }
}

/// It, and what its first line says.
fn start(args: &[&str]) -> (Child, BufReader<ChildStdout>, Value) {
    let words = ["serve", "--output-format", "json", "--end-with-stdin"];
    let mut child = harness(&[&words[..], args].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let ready = serde_json::from_str(&line).expect("a line of JSON");
    valid("ready", &ready);
    (child, out, ready)
}

/// Its end, after which it has said nothing more.
fn end(mut child: Child, mut out: BufReader<ChildStdout>) {
    let err = child.stderr.take().unwrap();
    assert_eq!(read_to_end(err), "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "one line");
}

fn address(url: &Value) -> SocketAddr {
    url.as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap()
}

/// Status line and headers, and the body.
fn ask(ready: &Value, line: &str, body: &str) -> (String, String) {
    let control = address(&ready["control"]);
    let token = ready["token"].as_str().unwrap();
    let length = body.len();
    let mut wire = TcpStream::connect(control).unwrap();
    write!(
        wire,
        "{line} HTTP/1.1\r\nHost: {control}\r\nAuthorization: Bearer {token}\
         \r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    wire.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

#[test]
fn a_line_says_where_it_is_and_every_answer_is_as_described() {
    let (child, out, ready) = start(&["--wait", "none"]);
    let url = format!("{}/200", ready["url"].as_str().unwrap());
    assert_eq!(run(&["ping", "-n", "3", &url]).code, Some(0));
    for line in ["GET /witness", "GET /witness?stamps=1"] {
        let (head, body) = ask(&ready, line, "");
        assert!(head.contains("Control-Port-Version: 1\r\n"), "{head}");
        let witness = serde_json::from_str(&body).unwrap();
        valid("witness", &witness);
        assert_eq!(witness["requests"], 3);
    }
    let plan = json!({
        "waits": [20_000_000, 0],
        "faults": [null, "reset"],
        "capacity": { "at_once": 2, "queue": 0 },
        "requests_per_connection": 1,
    });
    for plan in [None, Some(json!({})), Some(plan)] {
        let body = plan.as_ref().map(Value::to_string).unwrap_or_default();
        plan.iter().for_each(|plan| valid("plan", plan));
        let (head, body) = ask(&ready, "POST /reset", &body);
        assert!(head.starts_with("HTTP/1.1 200"), "{head} {body}");
        valid("reset", &serde_json::from_str(&body).unwrap());
    }
    kill(Pid::from_raw(child.id() as i32), Signal::SIGTERM).unwrap();
    end(child, out);
}

/// What the schema refuses, the server refuses, and says which field it was.
#[test]
fn what_is_no_plan_is_refused_in_words() {
    let (mut child, out, ready) = start(&[]);
    let cases = [
        (json!({ "wait": [1] }), "unknown field `wait`"),
        (json!({ "waits": [-1] }), "invalid value"),
        (json!({ "faults": ["rest"] }), "unknown variant `rest`"),
        (json!({ "capacity": { "at_once": 1 } }), "missing field `queue`"),
        (json!({ "capacity": { "at_once": 0, "queue": 1 } }), "nobody"),
        (json!({ "requests_per_connection": 0 }), "nobody"),
        (json!([]), "no plan"),
    ];
    for (plan, why) in cases {
        assert!(!described("plan").is_valid(&plan), "{plan}");
        let (head, body) = ask(&ready, "POST /reset", &plan.to_string());
        assert!(head.starts_with("HTTP/1.1 400"), "{plan}: {head}");
        assert!(head.contains("Control-Port-Version: 1\r\n"), "{head}");
        assert!(body.contains(why), "{plan}: {body}");
        assert_eq!(body.lines().count(), 1, "{body}");
    }
    drop(child.stdin.take());
    end(child, out);
}

/// However the test ends, its end of the pipe is closed.
#[test]
fn it_ends_when_its_input_does() {
    let (mut child, out, _) = start(&[]);
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"what nobody reads\n").unwrap();
    assert!(child.try_wait().unwrap().is_none());
    drop(input);
    end(child, out);
}

/// Others go on without an input, as servers in the background do.
#[test]
fn without_that_option_it_serves_without_an_input() {
    let mut child = harness(&["serve", "--output-format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let (head, _) = ask(&ready, "GET /witness?stamps=0", "");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    kill(Pid::from_raw(child.id() as i32), Signal::SIGTERM).unwrap();
    end(child, out);
}

#[test]
fn what_it_cannot_do_is_one_line() {
    let mut command = harness(&["serve", "--output-format", "json"]);
    command.env("HARNESS_TOKEN", "short");
    let done = finish(command);
    assert_eq!((done.code, done.out.as_str()), (Some(2), ""));
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
}

/// The schema knows every fault that the server can do.
#[test]
fn the_schema_has_every_fault() {
    let schema: Value = serde_json::from_str(CONTROL_PORT).unwrap();
    let named = schema["$defs"]["fault"]["enum"].as_array().unwrap();
    let all = measurement::fault::Fault::all().map(|it| json!(it));
    let all: Vec<Value> = all.chain([Value::Null]).collect();
    assert_eq!(named, &all);
    let version = &schema["$defs"]["version"]["const"];
    assert_eq!(version, &json!(test_server::CONTROL_PORT_VERSION));
}
