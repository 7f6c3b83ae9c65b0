use std::path::PathBuf;

use anyhow::Result;
use charts::{Caption, ChartError, Footer, Theme};
use measurement::course::prediction::Prediction;
use measurement::environment::Run;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary, summarise};

use super::{Folder, csv, findings, page};
use crate::strategies::STRATEGIES;

/// What was drawn.
#[derive(Debug)]
pub struct Drawn {
    /// Every number.
    pub summary: Summary,
    /// What was found, a sentence each.
    pub findings: Vec<String>,
    /// The page.
    pub page: PathBuf,
    /// The charts that could not be drawn, and why.
    pub missing: Vec<String>,
    /// The lesson to open next, by the name of its crate.
    pub next_lesson: Option<String>,
    /// The first chart of the page.
    pub chart: Option<PathBuf>,
}

/// A chart with its words, ready for the page.
pub(super) struct Chart {
    pub(super) name: &'static str,
    pub(super) caption: Caption,
    pub(super) svg: String,
    /// The lesson to open next, by the name of its crate.
    pub(super) lesson: String,
}

/// The file of a lesson's run that holds what its reader predicted.
pub const PREDICTION: &str = "prediction.json";

/// What charts are drawn of.
struct Material<'a> {
    summary: &'a Summary,
    trials: &'a [Trial],
    /// The lesson that the run belongs to.
    lesson: Option<u8>,
    /// What its reader predicted.
    prediction: Option<&'a Prediction>,
}

impl Material<'_> {
    /// The lesson's number; 0, which no lesson has, if the run is of none.
    fn number(&self) -> u8 {
        self.lesson.unwrap_or(0)
    }
}

/// Computes and draws everything that a report folder holds besides its
/// records. The same records give the same bytes.
pub fn draw(folder: &Folder, run: &Run) -> Result<Drawn> {
    let trials = folder.trials()?;
    let names: Vec<&str> = run.strategies.iter().map(String::as_str).collect();
    let summary = summarise(&run.run_id, &trials, &names);
    folder.write_json("summary.json", &summary)?;
    folder.write("tables/summary.csv", &csv::summary(&summary))?;
    folder.write("tables/memory.csv", &csv::memory(&summary))?;
    folder.write("tables/requests.csv", &csv::requests(&trials))?;

    let prediction: Option<Prediction> = folder.read_json(PREDICTION)?;
    let material = Material {
        summary: &summary,
        trials: &trials,
        lesson: run.lesson,
        prediction: prediction.as_ref(),
    };
    let mut charts = Vec::new();
    let mut missing = Vec::new();
    for drawing in DRAWINGS {
        let Some(batch) = drawing.subject(&summary) else { continue };
        let name = drawing.name;
        let footer = footer(run, drawing.one_batch.then_some(batch));
        let svg = |theme| (drawing.draw)(&material, &footer, theme);
        match svg(Theme::Auto) {
            Ok(auto) => {
                folder.write(&format!("charts/{name}.svg"), &auto)?;
                // For places where the page's theme is not the system's.
                for (side, theme) in
                    [("light", Theme::Light), ("dark", Theme::Dark)]
                {
                    let file = format!("charts/{name}-{side}.svg");
                    folder.write(&file, &svg(theme)?)?;
                }
                let caption = (drawing.words)(&material);
                let lesson = own_lesson(run)
                    .unwrap_or_else(|| drawing.lesson.to_owned());
                charts.push(Chart { name, caption, svg: auto, lesson });
            }
            Err(why) => missing.push(format!("{name}.svg: {why}")),
        }
    }
    let findings = match run.lesson {
        Some(lesson) => lesson_findings(lesson, &summary),
        None => findings(&summary),
    };
    let report = page::Report { run, summary: &summary, findings: &findings };
    folder.write("index.html", &page::html(&report, &charts))?;
    folder.write("index.md", &page::markdown(&report, &charts))?;
    let page = folder.path().join("index.html");
    let next_lesson = charts.first().map(|chart| chart.lesson.clone());
    let chart = charts
        .first()
        .map(|chart| folder.path().join(format!("charts/{}.svg", chart.name)));
    Ok(Drawn { summary, findings, page, missing, next_lesson, chart })
}

/// The crate of the lesson that the run belongs to.
fn own_lesson(run: &Run) -> Option<String> {
    let lesson = run.lesson?;
    let mut strategies = STRATEGIES.iter();
    strategies.find(|row| row.lesson == Some(lesson))?.package()
}

/// The finding of a lesson, and its formula with the numbers put in.
fn lesson_findings(lesson: u8, summary: &Summary) -> Vec<String> {
    let mut findings = vec![charts::finding_lesson(lesson, summary)];
    findings.extend(charts::explain_lesson(lesson, summary));
    findings
}

/// A picture of the report.
struct Drawing {
    name: &'static str,
    /// The lesson to open next.
    lesson: &'static str,
    /// It is drawn where there is a batch of one of these acts.
    acts: &'static [Act],
    /// Whether the footer tells the size of that batch. A picture of several
    /// tells their sizes itself.
    one_batch: bool,
    words: fn(&Material<'_>) -> Caption,
    draw: Draw,
}

type Draw = fn(&Material<'_>, &Footer, Theme) -> Result<String, ChartError>;

/// In the order of the page.
const DRAWINGS: &[Drawing] = &[
    Drawing {
        name: "waterfall-live",
        lesson: "lesson-02-threads",
        acts: &[Act::Book],
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
        name: "book-bars",
        lesson: "lesson-01-sequential",
        acts: &[Act::Book],
        one_batch: true,
        words: |of| of_act(of.summary, Act::Book, charts::caption_book_bars),
        draw: |of, footer, theme| {
            charts::book_bars(batch(of.summary, Act::Book)?, footer, theme)
        },
    },
    Drawing {
        name: "waterfall",
        lesson: "lesson-04-worker-pool",
        acts: &[Act::Uneven],
        one_batch: true,
        words: |of| of_act(of.summary, Act::Uneven, charts::caption_waterfall),
        draw: |of, footer, theme| {
            let batch = batch(of.summary, Act::Uneven)?;
            charts::waterfall(batch, of.trials, footer, theme)
        },
    },
    Drawing {
        name: "speed-up",
        lesson: "lesson-05-async-tasks",
        acts: &[Act::Sweep],
        one_batch: false,
        words: |of| charts::caption_speed_up(of.summary),
        draw: |of, footer, theme| charts::speed_up(of.summary, footer, theme),
    },
    Drawing {
        name: "efficiency",
        lesson: "lesson-04-worker-pool",
        acts: &[Act::Sweep],
        one_batch: false,
        words: |of| charts::caption_efficiency(of.summary),
        draw: |of, footer, theme| charts::efficiency(of.summary, footer, theme),
    },
    Drawing {
        name: "cpu-cost",
        lesson: "lesson-05-async-tasks",
        acts: &[Act::NoWaits, Act::Sweep],
        one_batch: false,
        words: |of| charts::caption_cpu_cost(of.summary),
        draw: |of, footer, theme| charts::cpu_cost(of.summary, footer, theme),
    },
    Drawing {
        name: "memory",
        lesson: "lesson-05-async-tasks",
        acts: &[Act::Memory],
        one_batch: false,
        words: |of| charts::caption_memory(of.summary),
        draw: |of, footer, theme| charts::memory(of.summary, footer, theme),
    },
    Drawing {
        name: "latency",
        lesson: "lesson-04-worker-pool",
        acts: &[Act::Sweep],
        one_batch: false,
        words: |of| charts::caption_latency(of.summary),
        draw: |of, footer, theme| charts::latency(of.summary, footer, theme),
    },
    Drawing {
        name: "trust",
        lesson: "lesson-01-sequential",
        acts: &[Act::Sweep, Act::Uneven],
        one_batch: false,
        words: |of| charts::caption_trust(of.summary),
        draw: |of, footer, theme| charts::trust(of.summary, footer, theme),
    },
    Drawing {
        name: "lesson",
        lesson: "lesson-01-sequential",
        acts: &[Act::Lesson],
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
    fn subject<'a>(&self, summary: &'a Summary) -> Option<&'a Batch> {
        self.acts.iter().find_map(|act| summary.of_act(*act).next())
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

/// Where a chart is from, small at its bottom.
fn footer(run: &Run, batch: Option<&Batch>) -> Footer {
    let size = batch.map_or(String::new(), |batch| {
        let rounds = batch.rows.iter().map(|row| row.trials).max();
        let rounds = match rounds.unwrap_or(0) {
            1 => "1 round".to_owned(),
            n => format!("{n} rounds"),
        };
        let Batch { requests, concurrency, .. } = batch;
        format!("{requests} pings, {concurrency} at a time · {rounds} · ")
    });
    let commit = run.environment.commit.as_deref().unwrap_or("no commit");
    Footer { text: format!("{size}run {} · {commit}", run.run_id) }
}
