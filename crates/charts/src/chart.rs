//! A folder for each chart: what is drawn of the numbers, and its words; and
//! the table of all of them, a row a chart.

pub(crate) mod capacity;
pub(crate) mod clients;
pub(crate) mod cpu_cost;
pub(crate) mod efficiency;
pub(crate) mod exam;
pub(crate) mod latency;
pub(crate) mod lesson;
pub(crate) mod machines;
pub(crate) mod memory;
pub(crate) mod peers;
pub(crate) mod speed_up;
pub(crate) mod trust;
pub(crate) mod waterfall;
pub(crate) mod waterfall_live;
pub(crate) mod witness;

use measurement::course::prediction::Prediction;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary};
use measurement::waits::Waits;

use crate::Footer;
use crate::asked::Asked;
use crate::caption::Caption;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::svg::picture::Picture;

/// What charts are drawn of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The numbers of the run.
    pub summary: &'a Summary,
    /// Its trials.
    pub trials: &'a [Trial],
    /// The lesson that the run belongs to.
    pub lesson: Option<u8>,
    /// What its reader predicted.
    pub prediction: Option<&'a Prediction>,
}

impl Material<'_> {
    /// The lesson's number; 0, which no lesson has, if the run is of none.
    fn number(&self) -> u8 {
        self.lesson.unwrap_or(0)
    }
}

/// A chart of a report.
#[derive(Debug, Clone, Copy)]
pub struct Chart {
    /// File name, without its ending.
    pub name: &'static str,
    /// It is drawn where there is a batch of one of these acts.
    acts: &'static [Act],
    /// Of which of them it is drawn.
    of: fn(&Batch) -> bool,
    /// Whether the footer tells the size of that batch. A picture of several
    /// tells their sizes itself.
    pub one_batch: bool,
    /// It in words.
    pub words: fn(&Material<'_>) -> Caption,
    /// Draws it.
    pub draw: Draw,
    /// What is asked of it.
    pub(crate) questions: fn(&Summary) -> Vec<Asked>,
}

/// Draws a chart.
pub type Draw =
    fn(&Material<'_>, &Footer, Theme) -> Result<Picture, ChartError>;

/// Every chart of a report, in the order of its page.
pub const CHARTS: &[Chart] = &[
    Chart {
        name: "waterfall-live",
        acts: &[Act::Book],
        of: |_| true,
        one_batch: true,
        words: |of| {
            of_act(of.summary, Act::Book, crate::caption_waterfall_live)
        },
        draw: |of, footer, theme| {
            let batch = batch(of.summary, Act::Book)?;
            crate::waterfall_live(batch, of.trials, footer, theme)
        },
        questions: waterfall_live::questions,
    },
    Chart {
        name: "waterfall",
        acts: &[Act::Uneven],
        of: |_| true,
        one_batch: true,
        words: |of| {
            let batch = of.summary.uneven();
            batch.map(crate::caption_waterfall).unwrap_or_default()
        },
        draw: |of, footer, theme| {
            let batch = of.summary.uneven();
            let batch = batch.ok_or(ChartError::NothingMeasured)?;
            crate::waterfall(batch, of.trials, footer, theme)
        },
        questions: waterfall::questions,
    },
    Chart {
        name: "speed-up",
        acts: &[Act::Sweep],
        of: |_| true,
        one_batch: false,
        words: |of| crate::caption_speed_up(of.summary),
        draw: |of, footer, theme| crate::speed_up(of.summary, footer, theme),
        questions: speed_up::questions,
    },
    Chart {
        name: "efficiency",
        acts: &[Act::Sweep],
        of: |batch| batch.waits != Waits::None,
        one_batch: false,
        words: |of| crate::caption_efficiency(of.summary),
        draw: |of, footer, theme| crate::efficiency(of.summary, footer, theme),
        questions: efficiency::questions,
    },
    Chart {
        name: "cpu-cost",
        acts: &[Act::NoWaits, Act::Sweep],
        of: |batch| !crate::has_ladder(batch),
        one_batch: false,
        words: |of| crate::caption_cpu_cost(of.summary),
        draw: |of, footer, theme| crate::cpu_cost(of.summary, footer, theme),
        questions: cpu_cost::questions,
    },
    Chart {
        name: "clients",
        acts: &[Act::NoWaits, Act::Sweep],
        of: crate::has_ladder,
        one_batch: true,
        words: |of| crate::caption_clients(of.summary),
        draw: |of, footer, theme| crate::clients(of.summary, footer, theme),
        questions: clients::questions,
    },
    Chart {
        name: "memory",
        acts: &[Act::Memory],
        of: |_| true,
        one_batch: false,
        words: |of| crate::caption_memory(of.summary),
        draw: |of, footer, theme| crate::memory(of.summary, footer, theme),
        questions: memory::questions,
    },
    Chart {
        name: "capacity",
        acts: &[Act::Capacity],
        of: |_| true,
        one_batch: false,
        words: |of| crate::caption_capacity(of.summary),
        draw: |of, footer, theme| crate::capacity(of.summary, footer, theme),
        questions: capacity::questions,
    },
    Chart {
        name: "latency",
        acts: &[Act::Sweep],
        of: |_| true,
        one_batch: false,
        words: |of| crate::caption_latency(of.summary),
        draw: |of, footer, theme| crate::latency(of.summary, footer, theme),
        questions: latency::questions,
    },
    Chart {
        name: "trust",
        acts: &[Act::Sweep, Act::Uneven],
        of: |_| true,
        one_batch: false,
        words: |of| crate::caption_trust(of.summary),
        draw: |of, footer, theme| crate::trust(of.summary, footer, theme),
        questions: trust::questions,
    },
    Chart {
        name: "lesson",
        acts: &[Act::Lesson],
        of: |_| true,
        one_batch: false,
        words: |of| crate::caption_lesson(of.number(), of.summary),
        draw: |of, footer, theme| {
            let Material { summary, trials, prediction, .. } = of;
            let number = of.number();
            crate::lesson(number, summary, trials, *prediction, footer, theme)
        },
        questions: |_| Vec::new(),
    },
];

impl Chart {
    /// What it is drawn of; `None` if there is nothing.
    pub fn subject<'a>(&self, summary: &'a Summary) -> Option<&'a Batch> {
        let of_act = |act: &Act| {
            if *act == Act::Uneven {
                return summary.uneven();
            }
            let mut batches = summary.of_act(*act);
            batches.find(|batch| (self.of)(batch))
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
