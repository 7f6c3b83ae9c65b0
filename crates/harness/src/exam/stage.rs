//! Where scenes are played: some at a time, each in a process of its own.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use measurement::exam::{Performance, Scene};
use report::Folder;

use super::called::Called;
use super::order::Order;
use crate::child::listen::{Silence, hear};
use crate::child::{self, Family, end};
use crate::cli::ExamArgs;
use crate::interrupt::Interrupt;
use crate::terminal::Progress;

/// How much longer than the limit of a scene it may take until its process
/// has told: a machine may be busy.
const ECHO: Duration = Duration::from_secs(60);

/// The longest telling, bytes.
const LONGEST: u64 = 16 << 20;

/// What is needed to play any scene.
pub(super) struct Stage<'a> {
    called: &'a Called,
    patience: Duration,
    at_once: usize,
    /// Where lists of URLs are written.
    lists: PathBuf,
    interrupt: &'a Interrupt,
}

/// A scene that is being played.
struct Playing {
    place: usize,
    child: Child,
    /// Its end would be that of the process.
    _input: Option<ChildStdin>,
    list: PathBuf,
}

impl Drop for Playing {
    fn drop(&mut self) {
        end(&mut self.child);
        let _ = fs::remove_file(&self.list);
    }
}

/// What the process of a scene said, and of which.
type Told = (usize, String);

impl<'a> Stage<'a> {
    /// # Errors
    ///
    /// If nobody can tell where the report folder is.
    pub(super) fn new(
        called: &'a Called,
        args: &ExamArgs,
        folder: &Folder,
        interrupt: &'a Interrupt,
    ) -> Result<Stage<'a>> {
        let lists = fs::canonicalize(folder.path()).with_context(|| {
            format!("cannot find {}", folder.path().display())
        })?;
        let (patience, at_once) = (args.patience, args.at_once as usize);
        Ok(Stage { called, patience, at_once, lists, interrupt })
    }

    /// Plays these, and tells whether Ctrl-C came before the last was done.
    /// In their order.
    ///
    /// # Errors
    ///
    /// If a process cannot be started or does not tell.
    pub(super) fn play(
        &self,
        scenes: &[&Scene],
        what: &str,
    ) -> Result<(Vec<Performance>, bool)> {
        // Whoever is left of them when a process is ended ends here.
        let family = Family::adopt();
        let played = self.play_all(scenes, what);
        family.end();
        let (mut played, stopped) = played?;
        played.sort_by_key(|(place, _)| *place);
        Ok((played.into_iter().map(|(_, one)| one).collect(), stopped))
    }

    fn play_all(
        &self,
        scenes: &[&Scene],
        what: &str,
    ) -> Result<(Vec<(usize, Performance)>, bool)> {
        let progress = Progress::new(scenes.len() as u64, what);
        let mut waiting: VecDeque<usize> = (0..scenes.len()).collect();
        let mut playing: Vec<Playing> = Vec::new();
        let mut played = Vec::new();
        let (told_tx, told) = channel();
        loop {
            while playing.len() < self.at_once
                && let Some(place) = waiting.pop_front()
            {
                playing.push(self.begin(scenes[place], place, &told_tx)?);
            }
            if playing.is_empty() {
                return Ok((played, false));
            }
            let names: Vec<&str> =
                playing.iter().map(|one| scenes[one.place].name).collect();
            progress.say(&names.join(", "));
            let Some((place, line)) = self.next(&told)? else {
                return Ok((played, true));
            };
            playing.retain(|one| one.place != place);
            let performance = serde_json::from_str(&line).map_err(|_| {
                anyhow!(
                    "the scene `{}` could not be played: its process ended \
                     before it told what happened",
                    scenes[place].name
                )
            })?;
            played.push((place, performance));
            progress.step();
        }
    }

    /// The next that is told; none after Ctrl-C.
    fn next(&self, told: &Receiver<Told>) -> Result<Option<Told>> {
        match hear(told, self.patience + ECHO, self.interrupt) {
            Ok(told) => Ok(Some(told)),
            Err(Silence::Interrupted) => Ok(None),
            Err(_) => Err(anyhow!(
                "no scene came to its end within {} s; is the machine very \
                 busy?",
                (self.patience + ECHO).as_secs()
            )),
        }
    }

    fn begin(
        &self,
        scene: &Scene,
        place: usize,
        told: &Sender<Told>,
    ) -> Result<Playing> {
        let list = self.lists.join(format!("urls-{}.txt", scene.name));
        let order = Order {
            scene: scene.name.to_owned(),
            words: self.called.words.clone(),
            handed: self.called.handed,
            urls: self.called.urls,
            patience_ns: self.patience.as_nanos() as u64,
            list: list.clone(),
        };
        let mut child = child::own("scene-process")?
            .spawn()
            .context("cannot start the process of a scene")?;
        let output = child.stdout.take();
        let input = child.stdin.take();
        let mut playing = Playing { place, child, _input: input, list };
        let line = serde_json::to_string(&order)?;
        if let Some(input) = &mut playing._input {
            // One that has ended already will be heard to have.
            let _ = writeln!(input, "{line}");
        }
        let told = told.clone();
        thread::Builder::new()
            .spawn(move || {
                let mut line = String::new();
                if let Some(output) = output {
                    let mut output = BufReader::new(output.take(LONGEST));
                    let _ = output.read_line(&mut line);
                }
                let _ = told.send((place, line));
            })
            .context("cannot start a thread to hear a scene")?;
        Ok(playing)
    }
}
