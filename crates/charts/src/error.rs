//! Why there is no picture.

use std::fmt;

/// What a chart would have needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartError {
    /// No strategy of the batch has a trial that counts.
    NothingMeasured,
    /// The summary names a trial that is not among the records, or that does
    /// not count.
    NoTrial {
        /// The number that the summary names.
        trial: u32,
        /// The strategy it is to show.
        strategy: String,
    },
    /// The columns of a trial's samples are empty or differ in length.
    UnevenColumns {
        /// Number of the trial.
        trial: u32,
    },
    /// More strategies than a page can hold.
    TooManyStrategies {
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The server saw no request, so there is nothing to draw.
    NothingSeen,
    /// No trial has another one of its cell to be held against.
    NothingTwice,
    /// There are trials that count, but their system told nothing of this.
    NotTold {
        /// What it would have had to tell: `processor time`.
        what: &'static str,
    },
    /// The painter failed; the text says where.
    Painting(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChartError::NothingMeasured => {
                f.write_str("no strategy has a trial that counts")
            }
            ChartError::NoTrial { trial, strategy } => write!(
                f,
                "trial {trial}, the median one of {strategy}, is not among \
                 the trials that count"
            ),
            ChartError::UnevenColumns { trial } => {
                write!(
                    f,
                    "the columns of trial {trial} are empty or differ in length"
                )
            }
            ChartError::TooManyStrategies { count, limit } => write!(
                f,
                "{count} strategies are too many for one picture, which \
                 holds {limit}"
            ),
            ChartError::NothingSeen => f.write_str("the server saw no request"),
            ChartError::NothingTwice => f.write_str(
                "no trial was made twice, to be held against itself",
            ),
            ChartError::NotTold { what } => {
                write!(f, "the system told nothing of the {what}")
            }
            ChartError::Painting(reason) => {
                write!(f, "the chart could not be painted: {reason}")
            }
        }
    }
}

impl std::error::Error for ChartError {}
