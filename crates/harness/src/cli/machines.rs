use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::measure::MeasureArgs;
use super::parse::positive;
use crate::duration;

/// Where a queue is, and what shows to it who we are.
#[derive(Debug, Args)]
pub struct QueueArgs {
    /// NATS servers of the queue, such as nats://127.0.0.1:4222
    #[arg(long, value_name = "URL,...", value_delimiter = ',')]
    pub nats: Vec<String>,

    /// The batch on the queue; who asks for the same one goes on with it
    #[arg(long, value_name = "NAME")]
    pub batch: Option<String>,

    /// A file of credentials for the queue (also: NATS_CREDS)
    #[arg(long, value_name = "FILE")]
    pub nats_creds: Option<PathBuf>,

    /// A file with the seed of an nkey for the queue (also: NATS_NKEY)
    #[arg(long, value_name = "FILE")]
    pub nats_nkey: Option<PathBuf>,

    /// A file of certificates that may vouch for the servers of the queue
    /// (also: NATS_CA)
    #[arg(long, value_name = "FILE")]
    pub nats_ca: Option<PathBuf>,
}

/// What a batch on a queue is opened with.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// The queue.
    #[command(flatten)]
    pub queue: QueueArgs,

    /// many-machines: how many servers keep a copy of the batch [default: 1]
    #[arg(long, value_name = "N", value_parser = positive)]
    pub replicas: Option<NonZeroUsize>,

    /// many-machines: after this long a job goes to another worker, so longer
    /// than a ping may take [default: --timeout and 10 s more]
    #[arg(long, value_name = "D", value_parser = duration::parse_positive)]
    pub ack_wait: Option<Duration>,
}

/// Arguments of `worker`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  harness worker --nats nats://127.0.0.1:4222 --batch night
  harness worker --nats tls://a:4222,tls://b:4222 \\
      --nats-ca ca.pem --nats-nkey seed.txt --batch night -c 50

It waits until somebody opens the batch (`ping --strategy many-machines`), and
ends when every job has its result. Ctrl-C and SIGTERM let it finish what it
has in its hands. Of all workers together no more jobs are in flight than that
`ping` asked for with -c. A name and a password for the queue are read from
NATS_USER and NATS_PASSWORD. The program has this where it was built with
--features many-machines.")]
pub struct WorkerArgs {
    /// The queue.
    #[command(flatten)]
    pub queue: QueueArgs,

    /// Jobs that it may have in its hands at once
    #[arg(short, long, value_name = "N", default_value = "8",
        value_parser = positive)]
    pub concurrency: NonZeroUsize,
}

/// Arguments of `queue-worker`.
#[derive(Debug, Args)]
pub struct QueueWorkerArgs {
    /// The process that this one must not outlive
    #[arg(long)]
    pub parent: u32,

    /// The server of the queue
    #[arg(long)]
    pub nats: String,

    /// The batch on it
    #[arg(long)]
    pub batch: String,

    /// Jobs that it may have in its hands at once
    #[arg(long, value_parser = positive)]
    pub tasks: NonZeroUsize,

    /// What it is called in the results
    #[arg(long)]
    pub name: String,

    /// To acknowledge a job before it is done
    #[arg(long)]
    pub ack_first: bool,
}

/// Arguments of `cluster`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness --features many-machines -- cluster up
  cargo run -p harness --features many-machines -- cluster down
  cargo run -p harness --features many-machines -- cluster key worker.nk
  cargo run -p harness --features many-machines -- cluster rights --batch night
  cargo run -p harness --features many-machines -- cluster measure

Three servers on 127.0.0.1, each with a folder of its own; they need the
program nats-server. `up` says where they are once a stream with three copies
can be made. `down` ends them and leaves their streams in the folder. `key` and
`rights` print what the configuration of other servers has to say of a user.
`measure` starts servers of its own, and tells what the queue costs.")]
pub struct ClusterArgs {
    /// What to do
    #[command(subcommand)]
    pub what: ClusterCommand,

    /// Where their configurations, logs and streams are
    #[arg(
        long,
        value_name = "DIR",
        default_value = "nats-cluster",
        global = true
    )]
    pub folder: PathBuf,
}

/// What to do with the cluster.
#[derive(Debug, Subcommand)]
pub enum ClusterCommand {
    /// Start three servers
    Up,
    /// End them
    Down,
    /// Measure what the queue costs, beside a pool in one process
    Measure(MeasureArgs),
    /// Print the rights that a worker needs, as nats-server reads them
    Rights(RightsArgs),
    /// Make a key for a user of the servers, and print its public part
    Key(KeyArgs),
}

/// Arguments of `cluster rights`.
#[derive(Debug, Clone, Args)]
pub struct RightsArgs {
    /// The batch that they are for
    #[arg(long, value_name = "NAME")]
    pub batch: String,

    /// The command that they are for
    #[arg(
        long = "for",
        value_enum,
        value_name = "COMMAND",
        default_value = "worker"
    )]
    pub command: QueueUser,
}

/// A command that uses a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum QueueUser {
    /// Takes jobs
    Worker,
    /// Opens the batch, puts jobs in, takes the results
    Ping,
}

/// Arguments of `cluster key`.
#[derive(Debug, Clone, Args)]
pub struct KeyArgs {
    /// Where its secret part goes; a file that is there is left alone
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
