use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use safe_text::terminal::printable;

/// A bar on standard error while long work goes on. Where that is no terminal
/// there is none. It is drawn only when told, so that nothing ticks during a
/// trial.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for this many steps.
    pub fn new(steps: u64, what: &str) -> Progress {
        Progress::styled(steps, what, "{msg} {wide_bar:.dim} {pos}/{len}")
    }

    /// A bar for work that is thought to take this long.
    pub fn lasting(predicted: Duration, what: &str) -> Progress {
        let milliseconds = predicted.as_millis() as u64;
        Progress::styled(milliseconds, what, "{msg} {wide_bar:.dim}")
    }

    fn styled(steps: u64, what: &str, template: &str) -> Progress {
        let template = format!("{template}  {{eta}} left");
        let style = ProgressStyle::with_template(&template)
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("█▌ ");
        let target = ProgressDrawTarget::stderr_with_hz(10);
        let bar = ProgressBar::with_draw_target(Some(steps), target);
        bar.set_style(style);
        bar.set_message(printable(what));
        bar.tick();
        Progress(bar)
    }

    /// One more step is done.
    pub fn step(&self) {
        self.0.inc(1);
    }

    /// A part of the work is done that was thought to take this long.
    pub fn done(&self, predicted: Duration) {
        self.0.inc(predicted.as_millis() as u64);
    }

    /// Says something else beside the bar.
    pub fn say(&self, what: &str) {
        self.0.set_message(printable(what));
    }

    /// So many steps are done.
    pub fn at(&self, steps: u64) {
        self.0.set_position(steps);
    }

    /// How often to look at work that counts by itself.
    pub const INTERVAL: Duration = Duration::from_millis(200);
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
