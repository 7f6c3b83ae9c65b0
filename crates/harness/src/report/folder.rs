use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use measurement::SCHEMA_VERSION;
use measurement::environment::Run;
use measurement::record::Trial;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::usage::usage;

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
    pub fn open(path: &Path) -> Result<(Folder, Run)> {
        let file = path.join("run.json");
        if !file.is_file() {
            return Err(usage(format!(
                "{} is not a report folder: it has no run.json; name one, such \
                 as reports/latest",
                path.display()
            )));
        }
        let folder = Folder { path: path.to_owned() };
        let run = read_json(&file)?;
        Ok((folder, run))
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

    /// Writes the record of a trial.
    pub fn write_trial(&self, trial: &Trial) -> Result<()> {
        self.write_json(&format!("raw/{:05}.json", trial.trial), trial)
    }

    /// Reads every record, in the order of their numbers.
    pub fn trials(&self) -> Result<Vec<Trial>> {
        let raw = self.path.join("raw");
        let entries = fs::read_dir(&raw)
            .with_context(|| format!("cannot list {}", raw.display()))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        paths.iter().map(|path| read_json(path)).collect()
    }

    /// Writes a file of text; its folder is made if need be. The file is
    /// there whole or not at all, whenever somebody pulls the plug.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        write_whole(&path, text)
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Reads a JSON document of it; none if it has none of that name.
    pub fn read_json<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Option<T>> {
        let path = self.path.join(name);
        path.is_file().then(|| read_json(&path)).transpose()
    }

    /// Writes a JSON document.
    pub fn write_json(&self, name: &str, value: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_string(value)
            .with_context(|| format!("cannot put {name} into JSON"))?;
        text.push('\n');
        self.write(name, &text)
    }

    /// Points `latest` beside it here. Where links are not to be had, there
    /// is none.
    ///
    /// # Errors
    ///
    /// If something of that name is there that is not ours to remove: no
    /// link. Or if the link cannot be made.
    pub fn mark_latest(&self) -> Result<()> {
        #[cfg(unix)]
        if let (Some(reports), Some(name)) =
            (self.path.parent(), self.path.file_name())
        {
            let link = reports.join("latest");
            let other = link
                .symlink_metadata()
                .is_ok_and(|there| !there.file_type().is_symlink());
            if other {
                bail!(
                    "{} is not a link and was left as it is; this run is in \
                     {}",
                    link.display(),
                    self.path.display()
                );
            }
            // Made beside it and renamed: whoever looks finds the old link or
            // the new one.
            let mut new = name.to_owned();
            new.push(".latest");
            let new = reports.join(new);
            std::os::unix::fs::symlink(name, &new)
                .and_then(|()| fs::rename(&new, &link))
                .inspect_err(|_| drop(fs::remove_file(&new)))
                .with_context(|| {
                    format!("cannot make the link {}", link.display())
                })?;
        }
        Ok(())
    }
}

/// Writes a file whole or not at all: what was there before stays until the
/// new one is complete, and of what cannot be written nothing stays.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let mut part = path.to_owned().into_os_string();
    part.push(".part");
    fs::write(&part, text)
        .and_then(|()| fs::rename(&part, path))
        .inspect_err(|_| drop(fs::remove_file(&part)))
}

/// Reads a JSON document of ours, of this version.
fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    #[derive(serde::Deserialize)]
    struct Version {
        schema_version: u32,
    }
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let what = || {
        format!(
            "{} is cut short, damaged or not a record of ours; take it out of \
             the folder to draw the rest",
            path.display()
        )
    };
    let Version { schema_version } =
        serde_json::from_str(&text).with_context(what)?;
    if schema_version != SCHEMA_VERSION {
        let instead = if schema_version > SCHEMA_VERSION {
            "use a newer program"
        } else {
            "make the run again, or use the program of that time"
        };
        return Err(usage(format!(
            "{} has schema version {schema_version}, and this program reads \
             version {SCHEMA_VERSION}; {instead}",
            path.display()
        )));
    }
    serde_json::from_str(&text).with_context(what)
}
