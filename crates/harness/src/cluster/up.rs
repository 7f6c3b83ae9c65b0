use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use local_nats::{Config, Peers, find, free_ports, greets, start};
use ping_queue::Servers;

use super::state::{Process, Server, State};
use crate::machines::{refused, runtime};
use crate::terminal::{copy, note, say};
use crate::usage::usage;

/// How many there are: with three, one may be missed.
const SERVERS: usize = 3;

/// How long they may take until they are of use.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts three servers, and waits until a stream with three copies could be
/// made: they answer a second before that.
pub(super) fn up(folder: &Path) -> Result<()> {
    if let Some(state) = State::read(folder)?
        && state.servers.iter().any(|server| server.process.is_there())
    {
        copy(format!("  --nats {}", state.urls().join(",")));
        let shown = folder.display();
        return Err(usage(format!(
            "there is a cluster of {shown} already; `harness cluster down` \
             ends it"
        )));
    }
    let program = find().ok_or_else(|| {
        usage(
            "there is no nats-server on this machine; install it (Debian: apt \
             install nats-server), or name servers that are elsewhere",
        )
    })?;
    if Process::of(std::process::id()).is_none() {
        return Err(usage(
            "this system does not tell one process from a later one of the \
             same number (there is no /proc), so `cluster down` could end \
             another; start nats-server by hand",
        ));
    }
    let mut starting = Starting(Vec::new());
    let mut state = State { servers: Vec::new() };
    for (port, config) in configurations(folder)? {
        let path = config.store.with_extension("conf");
        config
            .write(&path)
            .with_context(|| format!("cannot write {}", path.display()))?;
        let log = config.store.with_extension("log");
        let child = start(&program, &path, &log)
            .with_context(|| format!("cannot start {}", program.display()))?;
        let process = child.id();
        starting.0.push(child);
        wait(folder, || greets(port))?;
        let process = Process::of(process).ok_or_else(|| {
            anyhow!("a server ended at once: {}", logs(folder))
        })?;
        state.servers.push(Server { port, process });
    }
    note("the servers answer; now they choose their leader");
    ready(&state)?;
    state.write(folder)?;
    // From now on they are not ours to end.
    starting.0.clear();
    say("three servers are up:");
    copy(format!("  --nats {}", state.urls().join(",")));
    say("`harness cluster down` ends them");
    Ok(())
}

/// What each is told, with its port for clients.
fn configurations(folder: &Path) -> Result<Vec<(u16, Config)>> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    // A server has a folder of its own for its current directory.
    let folder = fs::canonicalize(folder)
        .with_context(|| format!("cannot find {}", folder.display()))?;
    let ports = free_ports(2 * SERVERS).context("cannot find free ports")?;
    let (clients, peers) = ports.split_at(SERVERS);
    let each = clients.iter().zip(peers).zip(1..);
    Ok(each
        .map(|((client, peer), number)| {
            let name = format!("ping-lessons-{number}");
            let peers = Peers { port: *peer, all: peers.to_vec() };
            let config = Config {
                store: folder.join(&name),
                name,
                peers: Some(peers),
                ..Config::new(*client, &folder)
            };
            (*client, config)
        })
        .collect())
}

/// Waits until that is so.
fn wait(folder: &Path, mut is_so: impl FnMut() -> bool) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        if Instant::now() >= end {
            let logs = logs(folder);
            return Err(anyhow!("a server does not answer; see {logs}"));
        }
        thread::park_timeout(Duration::from_millis(20));
    }
    Ok(())
}

fn logs(folder: &Path) -> String {
    folder.join("ping-lessons-*.log").display().to_string()
}

/// Waits until they can make a stream with three copies.
fn ready(state: &State) -> Result<()> {
    let servers = Servers { urls: state.urls(), ..Servers::default() };
    let copies = NonZeroUsize::new(SERVERS).expect("three");
    runtime(NonZeroUsize::MIN)?.block_on(async {
        let queue = servers.connect().await.map_err(refused)?;
        queue.wait_for_copies(copies, PATIENCE).await.map_err(refused)
    })
}

/// Servers that are ended again if something goes wrong before all are of use.
struct Starting(Vec<Child>);

impl Drop for Starting {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
