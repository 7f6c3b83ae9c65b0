//! A report folder: how it is made, opened and written to.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use measurement::environment::Run;
use measurement::{SCHEMA_VERSION, agreement, bounds};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::log::Log;
use super::numbers::bounded;
use super::records::{self, Records, TRIALS};
use super::{given, version};
use crate::usage::usage;

/// The file that makes a folder a report folder.
pub(super) const RUN: &str = "run.json";

/// A report folder. `run.json` makes it one.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes a folder below `reports` that was not there before: of this name
    /// or, where two begin in the same second, of this name and a number.
    ///
    /// # Errors
    ///
    /// Says to name another place.
    pub fn create(reports: &Path, name: &str) -> Result<Folder> {
        let mut path = reports.join(name);
        let mut made = fs::create_dir_all(reports);
        for number in 2.. {
            made = made.and_then(|()| fs::create_dir(&path));
            match &made {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    path = reports.join(format!("{name}-{number}"));
                    made = Ok(());
                }
                _ => break,
            }
        }
        made.map_err(|error| {
            usage(format!(
                "cannot make the folder {}: {error}; name another place with \
                 --reports DIR",
                path.display()
            ))
        })?;
        Ok(Folder { path })
    }

    /// Removes it, where it was made for nothing.
    pub fn discard(&self) {
        let _ = fs::remove_dir_all(&self.path);
    }

    /// Opens the folder of an earlier run.
    ///
    /// # Errors
    ///
    /// If it is none, or one that this program does not read.
    pub fn open(path: &Path) -> Result<(Folder, Run)> {
        let folder = Folder { path: path.to_owned() };
        let Some(run) = folder.read_json(RUN, |run| {
            bounds::of_run(run).and_then(|()| agreement::of_run(run))
        })?
        else {
            return Err(usage(format!(
                "{} is not a report folder: it has no {RUN}; name one, such \
                 as reports/latest",
                path.display()
            )));
        };
        Ok((folder, run))
    }

    /// The same, of a run that may be named as in [`Folder::called`].
    ///
    /// # Errors
    ///
    /// As [`Folder::open`].
    pub fn named(path: &Path) -> Result<(Folder, Run)> {
        Folder::open(&Folder::called(path).path)
    }

    /// A folder, whatever is in it, that may be named as people do: `latest`,
    /// or any other name below `reports`, where nothing of that name is here.
    pub fn called(path: &Path) -> Folder {
        let below = Path::new("reports").join(path);
        let is_name = path.components().count() == 1 && !path.exists();
        let path = if is_name && below.is_dir() { &below } else { path };
        Folder { path: path.to_owned() }
    }

    /// Its name, which is the run's.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what is known of the run.
    pub fn write_run(&self, run: &Run) -> Result<()> {
        self.write_json(RUN, run)
    }

    /// Begins the file of records.
    pub fn log(&self) -> Result<Log> {
        Log::create(&self.path)
    }

    /// Reads every record of the run.
    pub(super) fn records(&self, run: &Run) -> Result<Records> {
        records::read(&self.path.join(TRIALS), run)
    }

    /// Writes a file of text; its folder is made if need be. The file is
    /// there whole or not at all, whenever somebody pulls the plug.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        if let Some(parent) = Path::new(name).parent() {
            self.make(parent)?;
        }
        write_whole(&path, text)
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Makes folders inside. One that is a link would lead out of here.
    fn make(&self, inside: &Path) -> Result<()> {
        let mut path = self.path.clone();
        for part in inside.components() {
            let Component::Normal(part) = part else { continue };
            path.push(part);
            match fs::symlink_metadata(&path) {
                Ok(found) if found.is_dir() => {}
                Ok(_) => bail!(
                    "{} is no folder, so nothing is written there; remove it",
                    path.display()
                ),
                Err(_) => fs::create_dir(&path).with_context(|| {
                    format!("cannot make {}", path.display())
                })?,
            }
        }
        Ok(())
    }

    /// Reads a JSON document of a run, of this version and within its bounds;
    /// none if it has none of that name.
    pub fn read_json<T: DeserializeOwned>(
        &self,
        name: &str,
        judge: impl FnOnce(&T) -> bounds::Found,
    ) -> Result<Option<T>> {
        self.read_version(name, SCHEMA_VERSION, judge)
    }

    /// The same, of a document that has a version of its own, and no number
    /// that no run can have made but in the fields of these names.
    ///
    /// # Errors
    ///
    /// If it is of another version, out of bounds or no such document.
    pub fn read_numbers<T: DeserializeOwned + Serialize>(
        &self,
        name: &str,
        version: u32,
        free: &[&str],
    ) -> Result<Option<T>> {
        self.read_version(name, version, |value| bounded(value, free))
    }

    fn read_version<T: DeserializeOwned>(
        &self,
        name: &str,
        version: u32,
        judge: impl FnOnce(&T) -> bounds::Found,
    ) -> Result<Option<T>> {
        let path = self.path.join(name);
        let Some(text) = given::read(&path, given::DOCUMENT)? else {
            return Ok(None);
        };
        let shown = path.display();
        if let Some(known) = version::of(&text) {
            version::is(&shown.to_string(), known, version)?;
        }
        let value = given::parse(&text).and_then(|value| {
            judge(&value)?;
            Ok(value)
        });
        value.map(Some).map_err(|why| {
            anyhow!(
                "{shown} is cut short, damaged or not ours ({why}); bring it \
                 back as the run wrote it, or make the run again"
            )
        })
    }

    /// Writes a JSON document.
    pub fn write_json(&self, name: &str, value: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_string(value)
            .with_context(|| format!("cannot put {name} into JSON"))?;
        text.push('\n');
        self.write(name, &text)
    }
}

/// Writes a file whole or not at all: what was there before stays until the
/// new one is complete, and of what cannot be written nothing stays. A link is
/// replaced, and never followed.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let mut part = path.to_owned().into_os_string();
    part.push(".part");
    // Left behind by whoever was killed, or put there to lead us elsewhere.
    match fs::remove_file(&part) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(&part)?;
    file.write_all(text.as_bytes())
        .and_then(|()| fs::rename(&part, path))
        .inspect_err(|_| drop(fs::remove_file(&part)))
}
