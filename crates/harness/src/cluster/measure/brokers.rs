//! The servers of the queue for one batch: started, waited for, ended.

use std::fs::File;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use local_nats::{Config, Peers, free_ports, greets};
use ping_queue::Servers;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::child::{self, Interrupted, end_program, kept_by};
use crate::interrupt::Interrupt;
use crate::machines::{refused, runtime};

/// How long they may take until they are of use.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked whether they are.
const LOOK: Duration = Duration::from_millis(20);

/// Servers with streams of their own. Dropping them ends them and removes what
/// they kept.
pub(super) struct Brokers {
    children: Vec<Child>,
    ports: Vec<u16>,
    /// Removed when they are ended.
    folder: TempDir,
}

impl Brokers {
    /// Starts so many, and waits until a stream with as many copies could be
    /// made: they answer a second before that.
    ///
    /// # Errors
    ///
    /// If they do not start; [`Interrupted`] after Ctrl-C.
    pub(super) fn start(
        program: &Path,
        count: NonZeroUsize,
        place: &Path,
        interrupt: &Interrupt,
    ) -> Result<Brokers> {
        let folder = TempDir::with_prefix_in("measured-", place)
            .with_context(|| format!("cannot make {}", place.display()))?;
        let (children, ports) = (Vec::new(), Vec::new());
        let mut brokers = Brokers { children, ports, folder };
        for (port, config) in brokers.configurations(count)? {
            brokers.children.push(started(program, &config)?);
            brokers.ports.push(port);
        }
        brokers.wait(interrupt)?;
        Ok(brokers)
    }

    fn configurations(
        &self,
        count: NonZeroUsize,
    ) -> Result<Vec<(u16, Config)>> {
        let count = count.get();
        let ports = free_ports(2 * count).context("cannot find free ports")?;
        let (clients, peers) = ports.split_at(count);
        let each = clients.iter().zip(peers).zip(1..);
        let config = |((client, peer), number): ((&u16, &u16), u32)| {
            let name = format!("measured-{number}");
            let store = self.folder.path().join(&name);
            let all = peers.to_vec();
            let peers = (count > 1).then_some(Peers { port: *peer, all });
            let config = Config::new(*client, &store);
            (*client, Config { name, peers, ..config })
        };
        Ok(each.map(config).collect())
    }

    fn wait(&mut self, interrupt: &Interrupt) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while !self.ports.iter().all(|port| greets(*port)) {
            if interrupt.raised() {
                return Err(Interrupted.into());
            }
            for child in &mut self.children {
                if let Ok(Some(status)) = child.try_wait() {
                    return Err(anyhow!("a nats-server ended: {status}"));
                }
            }
            if Instant::now() >= end {
                let seconds = PATIENCE.as_secs();
                return Err(anyhow!(
                    "a nats-server does not answer within {seconds} s"
                ));
            }
            thread::park_timeout(LOOK);
        }
        let servers = Servers { urls: self.urls(), ..Servers::default() };
        let copies = NonZeroUsize::new(self.ports.len()).expect("at least one");
        runtime(NonZeroUsize::MIN)?.block_on(async {
            let ready = async {
                let queue = servers.connect().await.map_err(refused)?;
                queue.wait_for_copies(copies, PATIENCE).await.map_err(refused)
            };
            tokio::select! {
                ready = ready => ready,
                () = raised(interrupt) => Err(Interrupted.into()),
            }
        })
    }

    /// Where clients find them.
    pub(super) fn urls(&self) -> Vec<String> {
        let url = |port: &u16| format!("nats://127.0.0.1:{port}");
        self.ports.iter().map(url).collect()
    }

    /// Their process numbers.
    pub(super) fn pids(&self) -> impl Iterator<Item = u32> {
        self.children.iter().filter_map(|child| kept_by(child.id()))
    }
}

async fn raised(interrupt: &Interrupt) {
    while !interrupt.raised() {
        sleep(LOOK).await;
    }
}

/// Starts one, which ends when we do.
fn started(program: &Path, config: &Config) -> Result<Child> {
    let path = config.store.with_extension("conf");
    config
        .write(&path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    let log = config.store.with_extension("log");
    let log = File::create(&log)
        .with_context(|| format!("cannot write {}", log.display()))?;
    let shown = |path: &Path| path.to_string_lossy().into_owned();
    let words = [shown(program), "--config".to_owned(), shown(&path)];
    let mut command = child::program(&words)?;
    command.stdin(Stdio::null());
    command.stdout(log.try_clone().context("cannot share the log")?);
    command.stderr(log);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))
}

impl Drop for Brokers {
    fn drop(&mut self) {
        self.children.iter_mut().for_each(end_program);
    }
}
