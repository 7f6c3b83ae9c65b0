//! The records of a run as they are written: a line a trial, as it ends.

use std::fs::{self, File, Metadata, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use measurement::bounds::{self, MOST_TRIALS};
use measurement::record::Trial;

use super::given;
use super::records::{LONGEST_FILE, LONGEST_LINE, Lines, TRIALS};

/// A file of records that grows, and what it must hold.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    file: File,
    /// Bytes written.
    length: u64,
    /// A digest of each line. The keys are of this process, so that nobody
    /// makes another line of the same digest.
    written: Vec<u64>,
    keys: RandomState,
}

impl Log {
    /// Makes the file, empty. There must be none yet.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    pub(super) fn create(folder: &Path) -> Result<Log> {
        let path = folder.join(TRIALS);
        let file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(&path)
            .with_context(|| format!("cannot make {}", path.display()))?;
        let (written, keys) = (Vec::new(), RandomState::new());
        Ok(Log { path, file, length: 0, written, keys })
    }

    /// How many records were written.
    pub fn trials(&self) -> u32 {
        self.written.len() as u32
    }

    /// Appends a record. It goes to the system in one write, so that whoever
    /// kills this process loses at most the end of the last line; of a record
    /// that does not fit on the disk nothing stays.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or nobody would find it: the file is gone, or
    /// the run has more records than are read.
    pub fn append(&mut self, trial: &Trial) -> Result<()> {
        // What would not be read is not written: better now than at the end.
        bounds::of_trial(trial)
            .map_err(|why| anyhow!("a record is none that is read: {why}"))?;
        let mut line = serde_json::to_string(trial)
            .context("cannot put a record into JSON")?;
        let digest = self.keys.hash_one(line.as_bytes());
        line.push('\n');
        let length = self.length + line.len() as u64;
        let path = self.path.display();
        if line.len() as u64 > LONGEST_LINE
            || length > LONGEST_FILE
            || self.written.len() == MOST_TRIALS
        {
            bail!(
                "{path} is as long as one may be: {MOST_TRIALS} trials and \
                 {LONGEST_FILE} bytes; ask for fewer rounds or fewer pings"
            );
        }
        self.still_there()?;
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            let _ = self.file.set_len(self.length);
            return Err(error).with_context(|| format!("cannot write {path}"));
        }
        self.length = length;
        self.written.push(digest);
        Ok(())
    }

    /// Whether the file is where it was made. One that was removed takes
    /// whatever is written, and nobody would ever read it.
    fn still_there(&self) -> Result<()> {
        let there = fs::symlink_metadata(&self.path);
        let ours = self.file.metadata();
        let both = there.and_then(|there| Ok((there, ours?)));
        if both.is_ok_and(|(there, ours)| same(&there, &ours)) {
            return Ok(());
        }
        bail!(
            "{} was removed or replaced after {} trials, so nothing more is \
             measured; make the run again",
            self.path.display(),
            self.trials()
        )
    }

    /// Compares what stands in the file with what was written.
    ///
    /// # Errors
    ///
    /// Names the first trial that somebody took out, copied or changed.
    pub fn compare(&self) -> Result<()> {
        let Some(file) = given::open(&self.path, LONGEST_FILE)? else {
            return Err(self.touched("all trials are missing"));
        };
        let mut lines = Lines::of(file, &self.path);
        let mut place = 0;
        while let Some(line) = lines.next()? {
            let digest = self.keys.hash_one(&line.text);
            let expected = self.written.get(place);
            if expected != Some(&digest) {
                let mut known = self.written.iter();
                let what = match known.position(|known| *known == digest) {
                    Some(there) if there < place => {
                        format!("trial {there} stands twice")
                    }
                    Some(_) => format!("trial {place} is missing"),
                    None if expected.is_none() => {
                        format!("line {} is none of this run", line.number)
                    }
                    None => format!("trial {place} is not what was written"),
                };
                return Err(self.touched(&what));
            }
            place += 1;
        }
        match place < self.written.len() {
            true => Err(self.touched(&format!("trial {place} is missing"))),
            false => Ok(()),
        }
    }

    fn touched(&self, what: &str) -> anyhow::Error {
        anyhow!(
            "{what} in {}, of which this run wrote {} trials: somebody changed \
             it meanwhile. Nothing is drawn of half a run; make it again",
            self.path.display(),
            self.trials()
        )
    }
}

/// Whether both are of one file; where the system does not number its files,
/// whether both are files.
fn same(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        one.is_file() && other.is_file()
    }
}
