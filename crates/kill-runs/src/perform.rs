//! One run, from its first process to its record.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::judge::{Seen, judged};
use crate::order::Line;
use crate::record::{Run, Struck};
use crate::scene::{Scene, Size, Strike};
use crate::stage::{Fate, Stage};

/// How often the witness is asked how many requests there were.
const LOOK: Duration = Duration::from_millis(2);

/// After so long without a request and without an end it stands still for
/// good.
const PATIENCE: Duration = Duration::from_secs(60);

/// Plays a scene and counts. None if `stop` was set before its end.
///
/// # Errors
///
/// If it cannot be played; what goes wrong with the pings is in the record.
pub fn perform(
    program: &Path,
    scene: &Scene,
    size: &Size,
    stop: &AtomicBool,
) -> Result<Option<Run>> {
    let mut stage = Stage::set(program, scene, size)?;
    let mut play = Play {
        struck: Vec::new(),
        faults: Vec::new(),
        requests: 0,
        moved: Instant::now(),
    };
    let mut strikes = scene.strikes.iter().copied().peekable();
    stage.let_through(strikes.peek().map_or(u64::MAX, |next| next.at))?;
    while play.goes_on(&mut stage)? {
        if stop.load(Relaxed) {
            return Ok(None);
        }
        play.look(&mut stage, scene, size)?;
        let due = strikes.next_if(|next| play.requests >= next.at);
        if let Some(strike) = due {
            play.strike(&mut stage, strike)?;
            let next = strikes.peek().map_or(u64::MAX, |next| next.at);
            stage.let_through(next.max(play.requests))?;
        }
        stage.start_again(play.requests)?;
        thread::park_timeout(LOOK);
    }
    for late in strikes {
        let what = late.blow;
        play.faults.push(format!("{what:?} did not fall before the end"));
    }
    play.all_end(&mut stage)?;
    let witness = stage.witness()?;
    let results = lines(&stage.results())?;
    let Play { struck, faults, .. } = play;
    let seen = Seen { witness, results, struck, faults };
    Ok(Some(judged(scene, size, seen)))
}

/// What has happened so far.
struct Play {
    /// With the time of each, by the clock of the witness.
    struck: Vec<(Struck, u64)>,
    faults: Vec<String>,
    requests: u64,
    /// When there was a request last.
    moved: Instant,
}

impl Play {
    /// Whether the collector, and who it waits for, is at work still.
    fn goes_on(&mut self, stage: &mut Stage) -> Result<bool> {
        if let Some(end) = stage.collector.ended()? {
            if !end.success() {
                let said = stage.collector.said();
                self.faults.push(format!("the collector ended: {end}: {said}"));
            }
            return Ok(false);
        }
        if self.moved.elapsed() < PATIENCE {
            return Ok(true);
        }
        let wait = PATIENCE.as_secs();
        self.faults.push(format!("no request for {wait} s, and no end"));
        Ok(false)
    }

    /// Asks the witness, and sees whether somebody has gone home too early.
    fn look(
        &mut self,
        stage: &mut Stage,
        scene: &Scene,
        size: &Size,
    ) -> Result<()> {
        let counts = stage.counts()?;
        if counts.requests > self.requests {
            self.requests = counts.requests;
            self.moved = Instant::now();
        }
        // With more jobs undone than may be in flight, nobody can think that
        // all is done.
        if counts.distinct + size.concurrency >= scene.jobs {
            return Ok(());
        }
        for (place, worker) in stage.workers.iter_mut().enumerate() {
            let at_work = worker.fate == Fate::AtWork;
            if let (true, Some(end)) = (at_work, worker.process.ended()?) {
                let said = worker.process.said();
                self.faults.push(format!(
                    "worker {place} ended with jobs undone: {end}: {said}"
                ));
                worker.fate = Fate::Dead;
            }
        }
        Ok(())
    }

    fn strike(&mut self, stage: &mut Stage, strike: Strike) -> Result<()> {
        // A server may have to be waited for, and meanwhile there are
        // requests.
        while !stage.is_ready_for(strike.blow)? {
            self.requests = stage.counts()?.requests;
            stage.start_again(self.requests)?;
            thread::park_timeout(10 * LOOK);
        }
        self.requests = stage.counts()?.requests;
        self.struck.push(stage.strike(strike, self.requests)?);
        Ok(())
    }

    /// Waits until all who live have ended by themselves.
    fn all_end(&mut self, stage: &mut Stage) -> Result<()> {
        let limit = Instant::now() + PATIENCE;
        loop {
            // A worker that is stopped goes on, and then ends.
            stage.start_again(self.requests)?;
            let mut at_work = false;
            for (_, process) in stage.who_live() {
                at_work |= process.ended()?.is_none();
            }
            if !at_work || Instant::now() >= limit {
                break;
            }
            thread::park_timeout(5 * LOOK);
        }
        for (who, process) in stage.who_live() {
            let wrong = match process.ended()? {
                Some(end) if end.success() => continue,
                Some(end) => format!("failed: {end}: {}", process.said()),
                None => "does not end, although all is done".to_owned(),
            };
            self.faults.push(format!("{who} {wrong}"));
        }
        Ok(())
    }
}

/// What the collector wrote.
fn lines(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let each = text.lines().map(|line| {
        serde_json::from_str(line)
            .with_context(|| format!("no line of a collector: {line}"))
    });
    each.collect()
}
