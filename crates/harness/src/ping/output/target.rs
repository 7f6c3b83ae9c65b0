use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use same_file::Handle;
use tempfile::NamedTempFile;

use crate::cli::PingArgs;
use crate::terminal::results;
use crate::usage::usage;

/// Where the results go.
pub(crate) struct Target {
    to: To,
    /// What it is called in an error.
    name: String,
}

enum To {
    Stdout(Box<dyn Write>),
    /// A terminal, a pipe, a device: it has no place of its own to be put
    /// into.
    Directly(File),
    /// A file takes the place of the one before when it is whole: a set-up
    /// that fails and a disk that is full leave what was there.
    Beside(NamedTempFile, PathBuf),
}

/// Links that lead on and on.
const MOST_LINKS: usize = 40;

impl Target {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// Where it cannot be written, and where it is the list that is read.
    pub(super) fn open(args: &PingArgs) -> Result<Target> {
        let Some(path) = &args.output else {
            refuse_list(args, Handle::stdout(), "standard output")?;
            let to = To::Stdout(Box::new(results()?));
            return Ok(Target { to, name: "the results".to_owned() });
        };
        let place = place(path);
        if place.is_file() {
            refuse_list(
                args,
                Handle::from_path(&place),
                &format!("-o {}", path.display()),
            )?;
        }
        Target::at(path)
    }

    /// Opens the file of this name.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(crate) fn at(path: &Path) -> Result<Target> {
        let name = path.display().to_string();
        let to = open(&place(path)).map_err(|why| {
            usage(format!(
                "cannot write {name}: {why}; -o takes a file in a folder that \
                 exists, and that you may write to"
            ))
        })?;
        Ok(Target { to, name })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What is to be removed where it is not finished.
    pub(super) fn unfinished(&self) -> Option<PathBuf> {
        match &self.to {
            To::Beside(file, _) => Some(file.path().to_owned()),
            To::Stdout(_) | To::Directly(_) => None,
        }
    }

    /// Puts what was written into its place.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self.to {
            To::Stdout(_) | To::Directly(_) => Ok(()),
            To::Beside(file, place) => {
                file.persist(place)?;
                Ok(())
            }
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Stdout(out) => out.write(bytes),
            To::Directly(file) => file.write(bytes),
            To::Beside(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Stdout(out) => out.flush(),
            To::Directly(file) => file.flush(),
            To::Beside(file, _) => file.flush(),
        }
    }
}

/// Refuses to write over the list, or behind its end.
fn refuse_list(
    args: &PingArgs,
    output: io::Result<Handle>,
    name: &str,
) -> Result<()> {
    let Some(list) = &args.file else { return Ok(()) };
    let list = match list == Path::new("-") {
        true => Handle::stdin(),
        // To open a pipe once more would wait for somebody to write.
        false if list.is_file() => Handle::from_path(list),
        false => return Ok(()),
    };
    // A terminal may be both.
    let is_file = |handle: &Handle| {
        let about = handle.as_file().metadata();
        about.is_ok_and(|about| about.is_file())
    };
    match (list, output) {
        (Ok(list), Ok(output)) if list == output && is_file(&list) => {
            Err(usage(format!(
                "{name} is the list of URLs itself; write the results to \
                 another file"
            )))
        }
        _ => Ok(()),
    }
}

/// Where the links lead, the last of which may lead to no file yet.
fn place(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        if is_descriptor(&place) {
            break;
        }
        let Ok(next) = fs::read_link(&place) else { break };
        let folder = place.parent().unwrap_or(Path::new(""));
        place = folder.join(next);
    }
    place
}

/// Whether the name stands for a file that is open already, as `/dev/stdout`
/// leads to one: what it leads to is not to be replaced.
fn is_descriptor(path: &Path) -> bool {
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    folder.is_some_and(|folder| {
        folder.ends_with("fd")
            && (folder.starts_with("/proc") || folder.starts_with("/dev"))
    })
}

fn open(place: &Path) -> io::Result<To> {
    let before = match fs::metadata(place) {
        Ok(about) if about.is_dir() => {
            return Err(io::Error::from(ErrorKind::IsADirectory));
        }
        Ok(about) if !about.is_file() || is_descriptor(place) => {
            let file = OpenOptions::new().append(true).open(place)?;
            return Ok(To::Directly(file));
        }
        Ok(about) => {
            // Whoever may not write it may not replace it.
            OpenOptions::new().append(true).open(place)?;
            Some(about)
        }
        Err(why) if why.kind() == ErrorKind::NotFound => {
            let text = place.as_os_str().as_encoded_bytes();
            if place.file_name().is_none() || text.ends_with(b"/") {
                return Err(why);
            }
            None
        }
        Err(why) => return Err(why),
    };
    let folder = match place.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut beside = tempfile::Builder::new();
    beside.prefix(".ping-").suffix(".part");
    #[cfg(unix)]
    let anybody = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    // As for any new file, the user's mask takes away from that.
    #[cfg(unix)]
    beside.permissions(anybody);
    let file = beside.tempfile_in(folder)?;
    if let Some(before) = before {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            // Only the superuser can, and has to.
            let _ = fchown(&file, Some(before.uid()), Some(before.gid()));
        }
        file.as_file().set_permissions(before.permissions())?;
    }
    Ok(To::Beside(file, place.to_owned()))
}
