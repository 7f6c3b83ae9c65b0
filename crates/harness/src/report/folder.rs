use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use measurement::SCHEMA_VERSION;
use measurement::environment::Run;
use measurement::record::Trial;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A report folder. `run.json` makes it one.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder of a run below `reports`, and writes `run.json`. Tried
    /// before anything is measured, so that a disk that is full or read-only
    /// costs nobody a minute.
    pub fn create(reports: &Path, run: &Run) -> Result<Folder> {
        let path = reports.join(&run.run_id);
        fs::create_dir_all(path.join("raw")).with_context(|| {
            format!(
                "cannot make the report folder {}; name another place with \
                 --reports DIR",
                path.display()
            )
        })?;
        let folder = Folder { path };
        folder.write_json("run.json", run)?;
        Ok(folder)
    }

    /// Opens the folder of an earlier run.
    pub fn open(path: &Path) -> Result<(Folder, Run)> {
        let file = path.join("run.json");
        if !file.is_file() {
            bail!(
                "{} is not a report folder: it has no run.json; name one, such \
                 as reports/latest",
                path.display()
            );
        }
        let folder = Folder { path: path.to_owned() };
        let run = read_json(&file)?;
        Ok((folder, run))
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

    /// Writes a file of text; its folder is made if need be.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        fs::write(&path, text)
            .with_context(|| format!("cannot write {}", path.display()))
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
    pub fn mark_latest(&self) {
        #[cfg(unix)]
        if let (Some(reports), Some(name)) =
            (self.path.parent(), self.path.file_name())
        {
            let link = reports.join("latest");
            let _ = fs::remove_file(&link);
            let _ = std::os::unix::fs::symlink(name, &link);
        }
    }
}

/// Reads a JSON document of ours, an older or this version of it.
fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    #[derive(serde::Deserialize)]
    struct Version {
        schema_version: u32,
    }
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let what = || format!("{} is not a record of ours", path.display());
    let Version { schema_version } =
        serde_json::from_str(&text).with_context(what)?;
    if schema_version > SCHEMA_VERSION {
        bail!(
            "{} has schema version {schema_version}, and this program knows \
             versions up to {SCHEMA_VERSION}; use a newer one",
            path.display()
        );
    }
    serde_json::from_str(&text).with_context(what)
}
