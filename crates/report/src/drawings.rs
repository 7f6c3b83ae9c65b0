//! The charts of a page: of what each is drawn, with which words.

use charts::{Caption, ChartError, Footer, Picture, Theme};
use measurement::course::prediction::Prediction;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary};
use measurement::waits::Waits;

/// What charts are drawn of.
pub(super) struct Material<'a> {
    pub(super) summary: &'a Summary,
    pub(super) trials: &'a [Trial],
    /// The lesson that the run belongs to.
    pub(super) lesson: Option<u8>,
    /// What its reader predicted.
    pub(super) prediction: Option<&'a Prediction>,
}

impl Material<'_> {
    /// The lesson's number; 0, which no lesson has, if the run is of none.
    fn number(&self) -> u8 {
        self.lesson.unwrap_or(0)
    }
}

/// A picture of the report.
pub(super) struct Drawing {
    pub(super) name: &'static str,
    /// It is drawn where there is a batch of one of these acts.
    acts: &'static [Act],
    /// Whether it is drawn only where something waits.
    of_waits: bool,
    /// Whether the footer tells the size of that batch. A picture of several
    /// tells their sizes itself.
    pub(super) one_batch: bool,
    pub(super) words: fn(&Material<'_>) -> Caption,
    pub(super) draw: Draw,
}

pub(super) type Draw =
    fn(&Material<'_>, &Footer, Theme) -> Result<Picture, ChartError>;

/// In the order of the page.
pub(super) const DRAWINGS: &[Drawing] = &[
    Drawing {
        name: "waterfall-live",
        acts: &[Act::Book],
        of_waits: false,
        one_batch: true,
        words: |of| {
            of_act(of.summary, Act::Book, charts::caption_waterfall_live)
        },
        draw: |of, footer, theme| {
            let batch = batch(of.summary, Act::Book)?;
            charts::waterfall_live(batch, of.trials, footer, theme)
        },
    },
    Drawing {
        name: "waterfall",
        acts: &[Act::Uneven],
        of_waits: false,
        one_batch: true,
        words: |of| {
            let batch = of.summary.uneven();
            batch.map(charts::caption_waterfall).unwrap_or_default()
        },
        draw: |of, footer, theme| {
            let batch = of.summary.uneven();
            let batch = batch.ok_or(ChartError::NothingMeasured)?;
            charts::waterfall(batch, of.trials, footer, theme)
        },
    },
    Drawing {
        name: "speed-up",
        acts: &[Act::Sweep],
        of_waits: false,
        one_batch: false,
        words: |of| charts::caption_speed_up(of.summary),
        draw: |of, footer, theme| charts::speed_up(of.summary, footer, theme),
    },
    Drawing {
        name: "efficiency",
        acts: &[Act::Sweep],
        of_waits: true,
        one_batch: false,
        words: |of| charts::caption_efficiency(of.summary),
        draw: |of, footer, theme| charts::efficiency(of.summary, footer, theme),
    },
    Drawing {
        name: "cpu-cost",
        acts: &[Act::NoWaits, Act::Sweep],
        of_waits: false,
        one_batch: false,
        words: |of| charts::caption_cpu_cost(of.summary),
        draw: |of, footer, theme| charts::cpu_cost(of.summary, footer, theme),
    },
    Drawing {
        name: "memory",
        acts: &[Act::Memory],
        of_waits: false,
        one_batch: false,
        words: |of| charts::caption_memory(of.summary),
        draw: |of, footer, theme| charts::memory(of.summary, footer, theme),
    },
    Drawing {
        name: "latency",
        acts: &[Act::Sweep],
        of_waits: false,
        one_batch: false,
        words: |of| charts::caption_latency(of.summary),
        draw: |of, footer, theme| charts::latency(of.summary, footer, theme),
    },
    Drawing {
        name: "trust",
        acts: &[Act::Sweep, Act::Uneven],
        of_waits: false,
        one_batch: false,
        words: |of| charts::caption_trust(of.summary),
        draw: |of, footer, theme| {
            charts::trust(of.summary, of.trials, footer, theme)
        },
    },
    Drawing {
        name: "lesson",
        acts: &[Act::Lesson],
        of_waits: false,
        one_batch: false,
        words: |of| charts::caption_lesson(of.number(), of.summary),
        draw: |of, footer, theme| {
            let Material { summary, trials, prediction, .. } = of;
            let number = of.number();
            charts::lesson(number, summary, trials, *prediction, footer, theme)
        },
    },
];

impl Drawing {
    /// What it is drawn of; none if there is nothing.
    pub(super) fn subject<'a>(
        &self,
        summary: &'a Summary,
    ) -> Option<&'a Batch> {
        let of_act = |act: &Act| {
            if *act == Act::Uneven {
                return summary.uneven();
            }
            let mut batches = summary.of_act(*act);
            batches.find(|batch| !self.of_waits || batch.waits != Waits::None)
        };
        self.acts.iter().find_map(of_act)
    }
}

fn batch(summary: &Summary, act: Act) -> Result<&Batch, ChartError> {
    summary.of_act(act).next().ok_or(ChartError::NothingMeasured)
}

/// The words of a chart that shows one batch.
fn of_act(
    summary: &Summary,
    act: Act,
    words: fn(&Batch) -> Caption,
) -> Caption {
    summary.of_act(act).next().map(words).unwrap_or_default()
}
