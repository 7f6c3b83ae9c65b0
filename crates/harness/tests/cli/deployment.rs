//! The files of docs/deployment: three servers are started by them on this
//! machine, with TLS, keys and rights, and a worker by the line of its unit.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use local_nats::{find, free_ports, greets, skipped, start};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair,
};
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{run, text, until};
use crate::machines::list;
use crate::rights::{done_by_both, key, rights};

const SERVERS: usize = 3;

fn file(name: &str) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let path = docs.join("deployment").join(name);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// The text with something else in place of what has to be there.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "no {from} in\n{text}");
    text.replace(from, to)
}

/// What would be /etc, /var and three machines.
struct Place {
    folder: TempDir,
    clients: Vec<u16>,
    peers: Vec<u16>,
    health: Vec<u16>,
}

impl Place {
    fn new() -> Place {
        let folder = TempDir::new().unwrap();
        let ports = free_ports(3 * SERVERS).unwrap();
        let part = |i| ports[i * SERVERS..(i + 1) * SERVERS].to_vec();
        let (clients, peers, health) = (part(0), part(1), part(2));
        let place = Place { folder, clients, peers, health };
        place.certificates();
        place.accounts();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn certificates(&self) {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let own = KeyPair::generate().unwrap();
        let authority = CertifiedIssuer::self_signed(params, own).unwrap();
        let own = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        let certificate = params.signed_by(&own, &authority).unwrap();
        fs::write(self.path("ca.pem"), authority.pem()).unwrap();
        fs::write(self.path("server.pem"), certificate.pem()).unwrap();
        fs::write(self.path("server.key"), own.serialize_pem()).unwrap();
    }

    /// With keys that somebody has.
    fn accounts(&self) {
        let mut text = file("accounts.conf");
        for command in ["ping", "worker"] {
            let public = key(&self.path(&format!("{command}.nk")));
            text = replaced(&text, &public_key(&text, command), &public);
        }
        fs::write(self.path("accounts.conf"), text).unwrap();
    }

    /// The configuration of one server.
    fn server(&self, number: usize) -> String {
        let mut text = file("nats-server.conf");
        let mut put = |from: &str, to: String| {
            text = replaced(&text, from, &to);
        };
        let store = self.path(&format!("store-{number}"));
        put("/var/lib/nats", store.display().to_string());
        put("/etc/nats", self.folder.path().display().to_string());
        put("server_name: nats-1", format!("server_name: nats-{number}"));
        let here = |port: u16| format!("127.0.0.1:{port}");
        put("0.0.0.0:4222", here(self.clients[number]));
        put("0.0.0.0:6222", here(self.peers[number]));
        put("127.0.0.1:8222", here(self.health[number]));
        for (i, port) in self.peers.iter().enumerate() {
            put(&format!("nats-{}.example:6222", i + 1), here(*port));
        }
        text
    }

    /// Each URL that clients name.
    fn nats(&self) -> String {
        let url = |port: &u16| format!("tls://127.0.0.1:{port}");
        self.clients.iter().map(url).collect::<Vec<_>>().join(",")
    }
}

/// The key of the user whose comment names this command.
fn public_key(text: &str, command: &str) -> String {
    let (_, rest) = text.split_once(&format!("# harness {command}\n")).unwrap();
    let (_, rest) = rest.split_once("nkey: ").unwrap();
    rest.lines().next().unwrap().trim().to_owned()
}

#[test]
fn the_accounts_have_the_rights_that_the_program_prints() {
    let text = file("accounts.conf");
    for command in ["ping", "worker"] {
        let printed = rights("night", command);
        let indented: String =
            printed.lines().map(|line| format!("        {line}\n")).collect();
        assert!(text.contains(&indented), "{command}:\n{indented}\n{text}");
        assert!(public_key(&text, command).starts_with('U'));
    }
}

/// What servers before 2.10 do not know.
const SYNC: &str = "  sync_interval: always\n";

/// Whether this server knows all of the configuration; else it refuses to
/// start with the line that it does not know, and with it alone.
fn is_current(program: &Path) -> bool {
    let said = Command::new(program).arg("--version").output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let version = said.trim().rsplit('v').next().unwrap();
    let mut parts = version.split('.').map(|part| part.parse::<u32>());
    let (Some(Ok(major)), Some(Ok(minor))) = (parts.next(), parts.next())
    else {
        panic!("a version: {said}");
    };
    (major, minor) >= (2, 10)
}

/// Whether the server takes the configuration, and what it says.
fn takes(program: &Path, config: &Path) -> (bool, String) {
    let mut command = Command::new(program);
    let done = command.arg("-t").arg("-c").arg(config).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (done.status.success(), said)
}

struct Servers(Vec<Child>);

impl Drop for Servers {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn started(place: &Place) -> Servers {
    let program = find().expect("a nats-server");
    let current = is_current(&program);
    let mut servers = Servers(Vec::new());
    for number in 0..SERVERS {
        let path = place.path(&format!("nats-{number}.conf"));
        let text = place.server(number);
        fs::write(&path, &text).unwrap();
        let (taken, said) = takes(&program, &path);
        assert_eq!(taken, current, "{said}");
        if !current {
            assert!(said.contains("sync_interval"), "{said}");
            fs::write(&path, replaced(&text, SYNC, "")).unwrap();
            let (taken, said) = takes(&program, &path);
            assert!(taken, "{said}");
        }
        let log = place.path(&format!("log-{number}"));
        servers.0.push(start(&program, &path, &log).unwrap());
    }
    for port in &place.clients {
        until("a server greets", || greets(*port).then_some(()));
    }
    servers
}

/// The arguments of the worker as its unit has them.
fn worker(place: &Place) -> Vec<String> {
    let unit = file("ping-worker@.service").replace("\\\n", " ");
    let mut lines = unit.lines();
    let line = lines.find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let hosts: Vec<String> =
        (1..=SERVERS).map(|i| format!("tls://nats-{i}.example:4222")).collect();
    let line = replaced(line, &hosts.join(","), &place.nats());
    let here = place.folder.path().display().to_string();
    let line = replaced(&line, "%i", "night");
    let line = replaced(&line, "/etc/pings", &here);
    let line = replaced(&line, "${CREDENTIALS_DIRECTORY}", &here);
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("/usr/local/bin/harness"));
    words.map(str::to_owned).collect()
}

#[test]
fn three_servers_and_a_worker_as_they_are_deployed_do_a_batch() {
    if skipped() {
        return;
    }
    let (place, server) = (Place::new(), TestServer::start().unwrap());
    let _servers = started(&place);
    let file = list(&place.folder, &server, 60, 100);
    let (nats, ca) = (place.nats(), place.path("ca.pem"));
    let seed = place.path("ping.nk");
    let mut asks = vec!["ping", "--strategy", "many-machines", "-f", &file];
    asks.extend(["--nats", &nats, "--nats-ca", text(&ca), "--nats-nkey"]);
    asks.extend([text(&seed), "--batch", "night", "--replicas", "3"]);
    asks.extend(["-c", "6", "--timeout", "5s", "--output-format", "json"]);
    let worker = worker(&place);
    let worker: Vec<&str> = worker.iter().map(String::as_str).collect();
    done_by_both(&server, &asks, &worker, 60);
    // Without the authority nobody is trusted, and no key is shown.
    let at = worker.iter().position(|word| *word == "--nats-ca").unwrap();
    let bare = [&worker[..at], &worker[at + 2..]].concat();
    let done = run(&bare);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("cannot trust"), "{done:?}");
}

/// The units as the system reads them, with programs that are there.
#[test]
fn the_units_are_what_systemd_reads() {
    let folder = TempDir::new().unwrap();
    for name in ["nats-server.service", "ping-worker@.service"] {
        let unit = file(name);
        let line = unit.lines().find(|line| line.starts_with("ExecStart="));
        let program = line.unwrap()["ExecStart=".len()..].split(' ').next();
        let unit = replaced(&unit, program.unwrap(), "/bin/true");
        let path = folder.path().join(name);
        fs::write(&path, unit).unwrap();
        let mut command = Command::new("systemd-analyze");
        let Ok(done) = command.arg("verify").arg(&path).output() else {
            let line = "skipped: no systemd-analyze on this machine\n";
            let _ = io::stderr().write_all(line.as_bytes());
            return;
        };
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.is_empty(), "{name}: {said}");
    }
}
