//! `ping -o`: what was in the file is there until something whole takes its
//! place, and the list is no such file.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::signal::Signal::SIGINT;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{Done, HARNESS, finish, harness, run, text, until};
use crate::processes::Running;

const OLD: &str = "what was there\n";

/// A folder with one file in it.
fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("out");
    fs::write(&file, OLD).unwrap();
    (folder, file)
}

/// Nothing was written, and nothing lies about.
fn untouched(folder: &TempDir, file: &Path) {
    assert_eq!(fs::read_to_string(file).unwrap(), OLD);
    assert_eq!(names(folder), ["out"]);
}

fn names(folder: &TempDir) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry.unwrap().file_name().into_string().unwrap()
    };
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(name).collect();
    names.sort();
    names
}

fn told(file: &Path) {
    let told = fs::read_to_string(file).unwrap();
    assert!(told.contains("1 request = 1 ok"), "{told}");
}

#[test]
fn a_set_up_that_fails_leaves_the_file() {
    let server = TestServer::start().unwrap();
    let (folder, file) = place();
    let url = server.url("/200");
    let mut command = harness(&["ping", "-o", text(&file), &url]);
    command.env("SSL_CERT_FILE", "/nowhere/authority.pem");
    let done = finish(command);
    assert_ne!(done.code, Some(0), "{done:?}");
    untouched(&folder, &file);
    let done = run(&["ping", "-o", text(&file), "no URL"]);
    assert_eq!(done.code, Some(2), "{done:?}");
    untouched(&folder, &file);
    assert_eq!(server.witness().requests, 0);
}

#[test]
fn a_disk_that_is_full_leaves_the_file() {
    let server = TestServer::start().unwrap();
    let (folder, file) = place();
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
    let mut command = Command::new("sh");
    let url = server.url("/200");
    command.args(["-c", script, "sh", HARNESS, "ping", "-o", text(&file)]);
    command.arg(&url).stdin(Stdio::null());
    let done = finish(command);
    assert_eq!(done.code, Some(1), "{done:?}");
    let said = format!("error: cannot write {}: File too large", text(&file));
    assert!(done.err.starts_with(&said), "{}", done.err);
    untouched(&folder, &file);
}

/// Refused before anything is sent.
fn refused(done: &Done, server: &TestServer) {
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.err.contains("is the list of URLs itself"), "{}", done.err);
    assert_eq!(server.witness().requests, 0);
}

#[test]
fn the_list_is_not_written_over_by_any_name() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let urls = format!("{}\n", server.url("/200"));
    fs::write(at("l"), &urls).unwrap();
    symlink("l", at("link")).unwrap();
    symlink(at("link"), at("far")).unwrap();
    fs::hard_link(at("l"), at("hard")).unwrap();
    for list in ["l", "link", "hard"] {
        for out in ["l", "./l", "link", "far", "hard", text(&at("l"))] {
            let mut command = harness(&["ping", "-f", list, "-o", out]);
            command.current_dir(folder.path());
            refused(&finish(command), &server);
        }
    }
    for script in [
        "\"$0\" ping -f - -o l <l",
        "\"$0\" ping -f l >>l",
        "\"$0\" ping -f - <l >>l",
        "\"$0\" ping -f l -o /dev/stdout >>l",
        "\"$0\" ping -f l -o /dev/fd/3 3>>l",
    ] {
        let mut command = Command::new("sh");
        command.args(["-c", script, HARNESS]).current_dir(folder.path());
        refused(&finish(command), &server);
    }
    assert_eq!(fs::read_to_string(at("l")).unwrap(), urls);
    assert_eq!(names(&folder), ["far", "hard", "l", "link"]);
    // Another file with the same text is another file.
    fs::copy(at("l"), at("copy")).unwrap();
    let done = run(&["ping", "-f", text(&at("l")), "-o", text(&at("copy"))]);
    assert_eq!(done.code, Some(0), "{done:?}");
}

#[test]
fn permissions_and_links_stay() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let (folder, file) = place();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    for wanted in [0o640, 0o604, 0o200] {
        fs::set_permissions(&file, Permissions::from_mode(wanted)).unwrap();
        let done = run(&["ping", "-o", text(&file), &url]);
        assert_eq!(done.code, Some(0), "{done:?}");
        assert_eq!(mode(&file) & 0o777, wanted);
    }
    // A link, and one that leads to nothing yet.
    for (link, target) in [("link", "out"), ("new-link", "new")] {
        let (link, leads_to) = (folder.path().join(link), Path::new(target));
        symlink(leads_to, &link).unwrap();
        let done = run(&["ping", "-o", text(&link), &url]);
        assert_eq!(done.code, Some(0), "{done:?}");
        assert_eq!(fs::read_link(&link).unwrap(), leads_to);
        told(&folder.path().join(target));
    }
    // A new file is what the user's mask makes of any.
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(mode(&folder.path().join("new")), mode(&plain));
    assert_eq!(names(&folder), ["link", "new", "new-link", "out", "plain"]);
}

#[test]
fn what_is_no_file_is_written_to_directly() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    for out in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let done = run(&["ping", "-o", out, &url]);
        assert_eq!(done.code, Some(0), "{out}: {done:?}");
        assert!(done.out.contains("1 request = 1 ok"), "{out}: {done:?}");
    }
    assert_eq!(run(&["ping", "-o", "/dev/null", &url]).code, Some(0));

    let (folder, file) = place();
    let script = "mkfifo pipe; \"$0\" ping -o pipe \"$1\" & cat pipe; wait; \
                  exec >>out; \"$0\" ping -o /dev/stdout \"$1\"; echo last";
    let mut command = Command::new("sh");
    command.args(["-c", script, HARNESS, &url]).current_dir(folder.path());
    let done = finish(command);
    assert!(done.out.contains("1 request = 1 ok"), "{done:?}");
    let all = fs::read_to_string(&file).unwrap();
    assert!(all.starts_with(OLD) && all.ends_with("\nlast\n"), "{all}");
    told(&file);
    assert_eq!(names(&folder), ["out", "pipe"]);
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_sent() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let below = folder.path().join("nowhere/out");
    let slash = format!("{}/new/", text(folder.path()));
    symlink("loop", folder.path().join("loop")).unwrap();
    let circle = folder.path().join("loop");
    let outs =
        [text(&below), text(folder.path()), &slash, text(&circle), "/proc/x"];
    for out in outs {
        let done = run(&["ping", "-o", out, &server.url("/200")]);
        assert_eq!(done.code, Some(2), "{out}: {done:?}");
        assert!(done.err.contains("cannot write"), "{out}: {done:?}");
    }
    assert_eq!(server.witness().requests, 0);
    assert_eq!(names(&folder), ["loop"]);
}

/// Pings into the file, and signals when one is in flight.
fn stopped(file: &Path, sleep: &str, signals: impl Fn(&Running)) -> Done {
    let server = TestServer::start().unwrap();
    let (quick, slow) = (server.url("/404"), server.url(sleep));
    let args = ["ping", "-c", "1", "-o", text(file), &quick, &slow, &quick];
    let ping = Running::start(&args);
    until("the second is waited for", || {
        let seen = server.witness();
        (seen.done == 1 && seen.in_flight == 1).then_some(())
    });
    assert_eq!(fs::read_to_string(file).unwrap(), OLD, "not yet");
    signals(&ping);
    let done = ping.end();
    assert_eq!(done.code, Some(130), "{done:?}");
    done
}

#[test]
fn ctrl_c_writes_what_there_is_and_again_nothing() {
    let (folder, file) = place();
    let again = |ping: &Running| {
        until("it ends", || {
            ping.signal(SIGINT);
            ping.ended()
        });
    };
    stopped(&file, "/200?sleep=30000", again);
    untouched(&folder, &file);

    stopped(&file, "/200?sleep=1000", |ping| ping.signal(SIGINT));
    let all = fs::read_to_string(&file).unwrap();
    assert!(all.contains("1 was never sent"), "{all}");
    assert_eq!(names(&folder), ["out"]);
}
