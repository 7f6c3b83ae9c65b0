//! Files as they are found in a folder, which may be anybody's: a pipe that
//! never ends, a link to somewhere else, more bytes than there is memory.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use safe_text::terminal::printable;
use serde::de::DeserializeOwned;

/// No document of ours but the records is longer, in bytes: the largest, a
/// `run.json`, has some 2,000.
pub const DOCUMENT: u64 = 1 << 20;

/// Opens a usual file of no more than `longest` bytes; none if there is
/// nothing of this name. Nothing else is opened, and nothing is waited for.
pub fn open(path: &Path, longest: u64) -> Result<Option<File>> {
    let cannot = || format!("cannot read {}", path.display());
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if is_absence(error.kind()) => return Ok(None),
        Err(error) => return Err(error).with_context(cannot),
    };
    refuse(path, found.file_type())?;
    let mut options = OpenOptions::new();
    options.read(true);
    // Whoever puts something else there in this moment gets no further.
    #[cfg(unix)]
    {
        use nix::fcntl::OFlag;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
        options.custom_flags(flags.bits());
    }
    let file = options.open(path).with_context(cannot)?;
    let opened = file.metadata().with_context(cannot)?;
    refuse(path, opened.file_type())?;
    if opened.len() > longest {
        bail!(
            "{} has {} bytes, and no file of a run has more than {longest} \
             there; it is none of ours",
            path.display(),
            opened.len()
        );
    }
    Ok(Some(file))
}

/// Reads such a file whole.
pub fn read(path: &Path, longest: u64) -> Result<Option<Vec<u8>>> {
    let Some(file) = open(path, longest)? else { return Ok(None) };
    let mut bytes = Vec::new();
    // It may have grown since it was measured.
    file.take(longest + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.len() as u64 > longest {
        bail!("{} grows while it is read", path.display());
    }
    Ok(Some(bytes))
}

/// What a JSON text says, or why it says nothing, in words that a terminal
/// can show: they may quote the text.
pub fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    serde_json::from_slice(text).map_err(|why| printable(&why.to_string()))
}

fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Refuses everything but a usual file.
fn refuse(path: &Path, kind: FileType) -> Result<()> {
    let Some(kind) = unusual(kind) else { return Ok(()) };
    bail!(
        "{} is {kind}; a report folder holds usual files only, so take it out \
         of there, or make the run again",
        path.display()
    )
}

/// What it is, if it is no usual file.
fn unusual(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    if kind.is_symlink() {
        return Some("a link");
    }
    if kind.is_dir() {
        return Some("a folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_block_device() || kind.is_char_device() {
            return Some("a device");
        }
    }
    Some("no usual file")
}
