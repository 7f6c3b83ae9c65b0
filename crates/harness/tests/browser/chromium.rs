//! A Chromium without a window, spoken to in the DevTools protocol. It reads
//! and writes a pipe, as its `--remote-debugging-pipe` has it: messages in
//! JSON, each ended by a zero byte. So there is no port to wait for, and it
//! ends when this process does.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use harness::terminal::note;
use serde_json::{Value, json};
use tempfile::TempDir;

/// What it is called on one system and the other.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// After this long a test gives up instead of hanging for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Chromium with one page.
pub(crate) struct Chromium {
    child: Child,
    orders: ChildStdin,
    messages: Receiver<Value>,
    session: String,
    number: u64,
    /// What happened since it was last asked.
    events: VecDeque<Value>,
    _profile: TempDir,
}

/// Where it is installed; `None`, with a word, where it is not. What a reader's
/// machine may skip is required in CI.
fn installed() -> Option<PathBuf> {
    let found = NAMES.iter().find_map(|name| which::which(name).ok());
    let required = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(found.is_some() || !required, "there is no chromium here");
    if found.is_none() {
        note("skipped: there is no chromium here");
    }
    found
}

/// The source of axe-core, which finds what keeps people from reading a page.
/// `AXE` says in which file it is.
pub(crate) fn axe() -> Option<String> {
    let path = std::env::var_os("AXE");
    let required = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(path.is_some() || !required, "AXE does not name axe.min.js");
    if path.is_none() {
        note("skipped: AXE does not name axe.min.js");
    }
    Some(std::fs::read_to_string(path?).expect("axe.min.js"))
}

impl Chromium {
    /// Starts one; `None` where there is none to start.
    pub(crate) fn start() -> Option<Chromium> {
        let program = installed()?;
        let profile = TempDir::new().expect("a folder for its profile");
        // It reads orders from the third descriptor and answers on the fourth.
        let on_a_pipe = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>&2";
        let mut command = Command::new("sh");
        command.args(["-c", on_a_pipe]).arg(program).args([
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--no-first-run",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--hide-scrollbars",
        ]);
        let mut folder = OsString::from("--user-data-dir=");
        folder.push(profile.path());
        command.arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(Stdio::null());
        let mut child = command.spawn().expect("a shell");
        let orders = child.stdin.take().expect("a pipe");
        let answers = child.stdout.take().expect("a pipe");
        let mut chromium = Chromium {
            child,
            orders,
            messages: in_messages(answers),
            session: String::new(),
            number: 0,
            events: VecDeque::new(),
            _profile: profile,
        };
        let target = chromium
            .order("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = chromium.order("Target.attachToTarget", &attach);
        let session = attached["sessionId"].as_str().expect("a session");
        chromium.session = session.to_owned();
        for part in ["Page", "Runtime", "Log", "Network"] {
            chromium.order(&format!("{part}.enable"), &json!({}));
        }
        Some(chromium)
    }

    /// Gives an order and waits for its answer.
    pub(crate) fn order(&mut self, method: &str, params: &Value) -> Value {
        self.number += 1;
        let mut order = json!({
            "id": self.number, "method": method, "params": params,
        });
        if !self.session.is_empty() {
            order["sessionId"] = self.session.as_str().into();
        }
        let mut text = order.to_string().into_bytes();
        text.push(0);
        self.orders.write_all(&text).expect("it listens");
        loop {
            let message = self.message(method);
            if message["id"] == self.number {
                let error = &message["error"];
                assert!(error.is_null(), "{method}: {error}");
                return message["result"].clone();
            }
            self.events.push_back(message);
        }
    }

    fn message(&self, awaited: &str) -> Value {
        let message = self.messages.recv_timeout(PATIENCE);
        message.unwrap_or_else(|why| panic!("{awaited}: {why}"))
    }

    /// Opens a file and waits until all of it is there. What happens on the
    /// way can be asked for with [`Chromium::events`].
    pub(crate) fn open(&mut self, page: &Path) {
        self.events.clear();
        let url = address(page);
        let opened = self.order("Page.navigate", &json!({ "url": url }));
        assert!(opened["errorText"].is_null(), "{url}: {opened}");
        let loaded = |event: &Value| event["method"] == "Page.loadEventFired";
        while !self.events.iter().any(loaded) {
            let message = self.message("the page");
            self.events.push_back(message);
        }
    }

    /// What has happened since the page was opened, of this kind.
    pub(crate) fn events(&self, method: &str) -> Vec<&Value> {
        let of_kind = |event: &&Value| event["method"] == method;
        let events = self.events.iter().filter(of_kind);
        events.map(|event| &event["params"]).collect()
    }

    /// The value of an expression on the page; of a promise that which it
    /// promised.
    pub(crate) fn value(&mut self, script: &str) -> Value {
        let done = self.order(
            "Runtime.evaluate",
            &json!({
                "expression": script,
                "returnByValue": true,
                "awaitPromise": true,
            }),
        );
        let wrong = &done["exceptionDetails"];
        assert!(wrong.is_null(), "{wrong} in:\n{script:.500}");
        done["result"]["value"].clone()
    }

    /// How large the window is, in CSS pixels.
    pub(crate) fn size(&mut self, width: u32, height: u32) {
        self.order(
            "Emulation.setDeviceMetricsOverride",
            &json!({
                "width": width, "height": height,
                "deviceScaleFactor": 1, "mobile": false,
            }),
        );
    }

    /// On what the page is shown, and what its reader prefers.
    pub(crate) fn media(&mut self, medium: &str, features: &[(&str, &str)]) {
        let feature = |(name, value): &(&str, &str)| -> Value {
            json!({ "name": name, "value": value })
        };
        let features: Vec<Value> = features.iter().map(feature).collect();
        self.order(
            "Emulation.setEmulatedMedia",
            &json!({ "media": medium, "features": features }),
        );
    }

    /// Presses a key: its name, its number, and what it writes.
    pub(crate) fn press(&mut self, (key, code, text): (&str, u32, &str)) {
        for kind in ["keyDown", "keyUp"] {
            let mut pressed = json!({
                "type": kind, "key": key, "code": key,
                "windowsVirtualKeyCode": code,
            });
            if kind == "keyDown" && !text.is_empty() {
                pressed["text"] = text.into();
            }
            self.order("Input.dispatchKeyEvent", &pressed);
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What comes out of the pipe, message by message.
fn in_messages(answers: impl Read + Send + 'static) -> Receiver<Value> {
    let (send, messages) = channel();
    thread::spawn(move || {
        for message in BufReader::new(answers).split(0) {
            let Ok(message) = message else { break };
            let message = serde_json::from_slice(&message).expect("JSON");
            if send.send(message).is_err() {
                break;
            }
        }
    });
    messages
}

/// The address of a file.
pub(crate) fn address(file: &Path) -> String {
    let file = file.canonicalize().expect("a file that is there");
    url::Url::from_file_path(file).expect("a path").into()
}
