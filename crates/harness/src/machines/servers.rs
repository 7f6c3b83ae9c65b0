use std::env;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::{Context, Error, Result};
use ping_queue::{BatchName, Credentials, Kind, QueueError, Servers};
use tokio::runtime::{Builder, Runtime};

use crate::cli::QueueArgs;
use crate::usage::usage;

/// The servers that are meant, with what shows to them who we are. What is not
/// said on the command line is read from the environment.
///
/// # Errors
///
/// If no server is named, or a name without its password.
pub(crate) fn servers(args: &QueueArgs) -> Result<Servers> {
    if args.nats.is_empty() {
        return Err(usage(
            "--nats says where the queue is, such as nats://127.0.0.1:4222; \
             `harness cluster up` starts one",
        ));
    }
    Ok(Servers {
        urls: args.nats.clone(),
        credentials: credentials(args)?,
        authority: file(args.nats_ca.as_ref(), "NATS_CA"),
    })
}

/// The batch that is meant.
///
/// # Errors
///
/// If none is named, or it cannot be called so.
pub(crate) fn name_of_batch(args: &QueueArgs) -> Result<BatchName> {
    let name = args.batch.as_ref().ok_or_else(|| {
        usage("--batch NAME says which batch on the queue; take any name")
    })?;
    name.parse().map_err(refused)
}

fn credentials(args: &QueueArgs) -> Result<Option<Credentials>> {
    let creds = file(args.nats_creds.as_ref(), "NATS_CREDS");
    if let Some(path) = creds {
        return Ok(Some(Credentials::File(path)));
    }
    if let Some(path) = file(args.nats_nkey.as_ref(), "NATS_NKEY") {
        return Ok(Some(Credentials::Seed(path)));
    }
    match (env::var("NATS_USER"), env::var("NATS_PASSWORD")) {
        (Ok(user), Ok(password)) => {
            Ok(Some(Credentials::Password(user, password)))
        }
        (Err(_), Err(_)) => Ok(None),
        _ => Err(usage(
            "of NATS_USER and NATS_PASSWORD only one is set; set both or none",
        )),
    }
}

fn file(said: Option<&PathBuf>, variable: &str) -> Option<PathBuf> {
    said.cloned().or_else(|| env::var_os(variable).map(PathBuf::from))
}

/// What the queue says, as this program ends for it: what was asked wrongly is
/// a usage error.
pub(crate) fn refused(error: QueueError) -> Error {
    match error.kind() {
        Kind::Asked | Kind::OtherTerms => usage(error.to_string()),
        _ => error.into(),
    }
}

/// What the tasks of a worker run on.
///
/// # Errors
///
/// If the system refuses it.
pub(crate) fn runtime(threads: NonZeroUsize) -> Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    builder
        .worker_threads(threads.get())
        .enable_all()
        .build()
        .context("cannot start the runtime of the worker")
}
