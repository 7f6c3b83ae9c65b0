use std::io::ErrorKind;

use anyhow::{Context, Result};
use ping_queue::{BatchName, Key, Rights, Role};

use crate::cli::{KeyArgs, QueueUser, RightsArgs};
use crate::machines::refused;
use crate::terminal::{copy, note};
use crate::usage::usage;

/// Prints what a user may do who has this part in this batch, to be pasted
/// into the configuration of `nats-server`.
pub(super) fn rights(args: &RightsArgs) -> Result<()> {
    let name: BatchName = args.batch.parse().map_err(refused)?;
    let role = match args.command {
        QueueUser::Worker => Role::Worker,
        QueueUser::Ping => Role::Ping,
    };
    copy(Rights::of(role, &name).to_string());
    Ok(())
}

/// Makes a key: its seed goes to the file, what the servers know it by is
/// printed.
pub(super) fn key(args: &KeyArgs) -> Result<()> {
    let (key, shown) = (Key::random(), args.file.display());
    match key.write(&args.file) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(usage(format!(
                "{shown} is there already, and may be the only copy of a key; \
                 take another name"
            )));
        }
        Err(error) => {
            return Err(error).context(format!("cannot write {shown}"));
        }
    }
    copy(format!("nkey: {}", key.public()));
    note(format!(
        "{shown} is the secret: give it to --nats-nkey, and to nobody else"
    ));
    Ok(())
}
