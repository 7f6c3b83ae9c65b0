//! What the tests run on: a queue, a server to ping, workers that can be
//! killed.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeSet;
use std::env;
use std::num::NonZeroUsize;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lesson_12_many_machines::work;
use local_nats::TestServer as Nats;
use ping_async::Client;
use ping_core::{Ping, Setup, Watch};
use ping_queue::{Asked, Batch, BatchName, Queue, Servers, Terms};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// How long one ping may take in these tests.
pub(crate) const TIMEOUT: Duration = Duration::from_millis(1000);

/// After this long a job goes to another worker.
pub(crate) const ACK_WAIT: Duration = Duration::from_millis(2000);

/// After this long a test gives up instead of hanging for ever.
const PATIENCE: Duration = Duration::from_secs(120);

const NATS: &str = "LESSON_12_NATS";
const TASKS: &str = "LESSON_12_TASKS";

pub(crate) fn many(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

pub(crate) fn client() -> Client {
    watched(&Watch::default())
}

pub(crate) fn watched(watch: &Watch) -> Client {
    let watch = watch.clone();
    let setup = Setup { timeout: TIMEOUT, watch, ..Setup::new(many(10)) };
    Client::new(&setup).unwrap()
}

/// One that waits for an answer as long as the book does.
pub(crate) fn patient() -> Client {
    Client::new(&Setup::new(many(10))).unwrap()
}

/// How many different URLs have a ping among these.
pub(crate) fn distinct(pings: &[Ping]) -> usize {
    pings.iter().map(|ping| &ping.url).collect::<BTreeSet<_>>().len()
}

pub(crate) struct Machines {
    pub(crate) server: TestServer,
    nats: Option<Nats>,
    runtime: Runtime,
    concurrency: NonZeroUsize,
}

impl Machines {
    /// None where this machine has no `nats-server`.
    pub(crate) fn new(concurrency: usize) -> Option<Machines> {
        if local_nats::skipped() {
            return None;
        }
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(2).enable_all().build();
        Some(Machines {
            server: TestServer::start().unwrap(),
            nats: Some(Nats::start()),
            runtime: runtime.unwrap(),
            concurrency: many(concurrency),
        })
    }

    pub(crate) fn urls(&self, count: usize, sleep: u64) -> Vec<String> {
        (0..count)
            .map(|seq| {
                self.server.url(&format!("/200?seq={seq}&sleep={sleep}"))
            })
            .collect()
    }

    pub(crate) fn terms(&self, urls: &[String]) -> Terms {
        Terms::new(urls, TIMEOUT)
    }

    pub(crate) fn asked(&self) -> Asked {
        Asked {
            concurrency: self.concurrency,
            ack_wait: ACK_WAIT,
            replicas: NonZeroUsize::MIN,
        }
    }

    pub(crate) async fn open(&self, queue: &Queue, urls: &[String]) -> Batch {
        let terms = self.terms(urls);
        queue.open(&name(), &terms, self.asked()).await.unwrap()
    }

    /// The queue, for who is to end it.
    pub(crate) fn take_nats(&mut self) -> Nats {
        self.nats.take().unwrap()
    }

    /// Runs it on the queue, to its end or for as long as our patience is.
    pub(crate) fn run<T>(&self, test: impl AsyncFnOnce(&Queue) -> T) -> T {
        self.run_on(&self.nats.as_ref().unwrap().url(), test)
    }

    pub(crate) fn run_on<T>(
        &self,
        url: &str,
        test: impl AsyncFnOnce(&Queue) -> T,
    ) -> T {
        self.runtime.block_on(async {
            let queue = servers(url).connect().await.unwrap();
            let test = tokio::time::timeout(PATIENCE, test(&queue));
            test.await.expect("it does not come to an end")
        })
    }

    /// Waits until the server has seen so many requests.
    pub(crate) async fn until(&self, requests: u64) {
        let end = Instant::now() + PATIENCE;
        while self.server.witness().requests < requests {
            assert!(Instant::now() < end, "waited in vain");
            tokio::task::yield_now().await;
        }
    }

    /// A worker in a process of its own, which is this test program again.
    pub(crate) fn worker(&self, tasks: usize) -> Worker {
        let url = self.nats.as_ref().unwrap().url();
        let mut command = command(&url, tasks);
        command.stdout(Stdio::null());
        Worker(command.spawn().unwrap())
    }
}

/// What starts a worker of this queue, which is this test program again.
pub(crate) fn command(url: &str, tasks: usize) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", "a_process_that_works"])
        .env(NATS, url)
        .env(TASKS, tasks.to_string());
    command
}

pub(crate) struct Worker(Child);

impl Worker {
    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Works where the environment says that this process is a worker.
pub(crate) fn be_a_worker() {
    let Ok(url) = env::var(NATS) else { return };
    let tasks: usize = env::var(TASKS).unwrap().parse().unwrap();
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let queue = servers(&url).connect().await.unwrap();
        let batch = queue.join(&name()).await.unwrap().expect("opened before");
        let client = client();
        let mut working = JoinSet::new();
        for _ in 0..tasks {
            let (client, batch) = (client.clone(), batch.clone());
            working.spawn(async move {
                work(&client, &batch, "process").await;
            });
        }
        working.join_all().await;
    });
}

fn servers(url: &str) -> Servers {
    Servers { urls: vec![url.to_owned()], ..Servers::default() }
}

pub(crate) fn name() -> BatchName {
    "test".parse().unwrap()
}
