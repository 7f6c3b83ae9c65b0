//! Where the results go: standard output, or a file that is there whole or
//! not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result};
use ping_core::printable;

use crate::cli::PingArgs;
use crate::interrupt::half_written;
use crate::usage::usage;

/// A place for the results that could be opened.
#[derive(Debug)]
pub(super) struct Target {
    to: File,
    /// Written beside, and put in the place of a file at the end.
    beside: Option<Beside>,
}

#[derive(Debug)]
struct Beside {
    part: PathBuf,
    file: PathBuf,
}

impl Target {
    /// Opens a place for the file at `path`, and leaves alone what is there.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or is the list that is to be read.
    pub(super) fn open(path: &Path, args: &PingArgs) -> Result<Target> {
        let name = printable(&path.display().to_string());
        if is_list(path, args) {
            return Err(usage(format!(
                "{name} is the list of URLs itself, and -o would replace it; \
                 name another file"
            )));
        }
        Target::at(path).map_err(|error| {
            usage(format!(
                "cannot write {name}: {error}; -o takes a file in a folder \
                 that exists and may be written"
            ))
        })
    }

    fn at(path: &Path) -> io::Result<Target> {
        let there = fs::metadata(path).ok();
        // A pipe, a terminal or a device cannot be replaced; neither can what
        // the system shows of open files, such as /dev/stdout.
        let special = path.starts_with("/dev") || path.starts_with("/proc");
        if special || there.as_ref().is_some_and(|there| !there.is_file()) {
            return Ok(Target { to: File::create(path)?, beside: None });
        }
        if there.is_some() {
            // What may not be written is not to be replaced either.
            OpenOptions::new().write(true).open(path)?;
        }
        let file = followed(path);
        let mut part = file.file_name().unwrap_or_default().to_owned();
        part.push(format!(".{}.part", process::id()));
        let part = file.with_file_name(part);
        let to = OpenOptions::new().write(true).create_new(true).open(&part)?;
        half_written(Some(part.clone()));
        let target = Target { to, beside: Some(Beside { part, file }) };
        if let Some(there) = there {
            target.to.set_permissions(there.permissions())?;
        }
        Ok(target)
    }

    /// All is written: the file takes its place.
    ///
    /// # Errors
    ///
    /// If it cannot; what stood there is still there then.
    pub(super) fn finish(mut self) -> Result<()> {
        if let Some(beside) = &self.beside {
            fs::rename(&beside.part, &beside.file).with_context(|| {
                let name = beside.file.display().to_string();
                format!("cannot write {}", printable(&name))
            })?;
        }
        half_written(None);
        self.beside = None;
        Ok(())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Drop for Target {
    /// Whatever went wrong leaves nothing behind.
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(&beside.part);
            half_written(None);
        }
    }
}

/// The file that a chain of symbolic links leads to, whether or not it is
/// there: a link stays a link.
fn followed(path: &Path) -> PathBuf {
    const LINKS: usize = 40;
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        let Ok(to) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    path
}

/// Whether the list is read from this very file, by whatever name.
fn is_list(path: &Path, args: &PingArgs) -> bool {
    let Some(list) = &args.file else { return false };
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        use std::os::unix::fs::MetadataExt;

        let of_list = if list == Path::new("-") {
            let input = io::stdin().as_fd().try_clone_to_owned();
            input.and_then(|input| File::from(input).metadata())
        } else {
            fs::metadata(list)
        };
        let (Ok(list), Ok(output)) = (of_list, fs::metadata(path)) else {
            return false;
        };
        let same = (list.dev(), list.ino()) == (output.dev(), output.ino());
        same && output.is_file()
    }
    #[cfg(not(unix))]
    {
        let real = |path: &Path| fs::canonicalize(path).ok();
        real(list).is_some_and(|list| Some(list) == real(path))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use tempfile::TempDir;

    use super::*;

    fn names(folder: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_at_the_end_and_keeps_its_permissions() {
        let folder = TempDir::new().unwrap();
        let (file, link) =
            (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file", &link).unwrap();
        let mut target = Target::at(&link).unwrap();
        target.write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        target.finish().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(link.is_symlink());
        assert_eq!(names(&folder), ["file", "link"]);
    }

    #[test]
    fn what_is_not_finished_leaves_what_was_there() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "old").unwrap();
        let mut target = Target::at(&file).unwrap();
        target.write_all(b"new").unwrap();
        drop(target);
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(names(&folder), ["file"]);
    }

    #[test]
    fn a_link_to_nothing_yet_leads_to_a_new_file() {
        let folder = TempDir::new().unwrap();
        let link = folder.path().join("link");
        symlink("file", &link).unwrap();
        Target::at(&link).unwrap().finish().unwrap();
        assert_eq!(names(&folder), ["file", "link"]);
        assert!(link.is_symlink());
    }

    #[test]
    fn devices_are_written_as_they_are() {
        let target = Target::at(Path::new("/dev/null")).unwrap();
        assert!(target.beside.is_none());
        assert!(Target::at(Path::new("/nowhere/file")).is_err());
        let folder = TempDir::new().unwrap();
        assert!(Target::at(folder.path()).is_err());
    }
}
