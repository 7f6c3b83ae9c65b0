use std::path::PathBuf;

use anyhow::Result;
use charts::{Caption, ChartError, Footer, Theme};
use measurement::environment::Run;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary, summarise};

use super::{Folder, csv, findings, page};

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
    pub next_lesson: Option<&'static str>,
}

/// A chart with its words, ready for the page.
pub(super) struct Chart {
    pub(super) name: &'static str,
    pub(super) caption: Caption,
    pub(super) svg: String,
    /// The lesson to open next, by the name of its crate.
    pub(super) lesson: &'static str,
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

    let mut charts = Vec::new();
    let mut missing = Vec::new();
    for drawing in DRAWINGS {
        let Some(batch) = drawing.subject(&summary) else { continue };
        let name = drawing.name;
        let footer = footer(run, drawing.one_batch.then_some(batch));
        let svg = |theme| (drawing.draw)(&summary, &trials, &footer, theme);
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
                let caption = (drawing.words)(&summary);
                let lesson = drawing.lesson;
                charts.push(Chart { name, caption, svg: auto, lesson });
            }
            Err(why) => missing.push(format!("{name}.svg: {why}")),
        }
    }
    let findings = findings(&summary);
    let report = page::Report { run, summary: &summary, findings: &findings };
    folder.write("index.html", &page::html(&report, &charts))?;
    folder.write("index.md", &page::markdown(&report, &charts))?;
    let page = folder.path().join("index.html");
    let next_lesson = charts.first().map(|chart| chart.lesson);
    Ok(Drawn { summary, findings, page, missing, next_lesson })
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
    words: fn(&Summary) -> Caption,
    draw: Draw,
}

type Draw =
    fn(&Summary, &[Trial], &Footer, Theme) -> Result<String, ChartError>;

/// In the order of the page.
const DRAWINGS: &[Drawing] = &[
    Drawing {
        name: "waterfall-live",
        lesson: "lesson-02-threads",
        acts: &[Act::Book],
        one_batch: true,
        words: |summary| {
            of_act(summary, Act::Book, charts::caption_waterfall_live)
        },
        draw: |summary, trials, footer, theme| {
            let batch = batch(summary, Act::Book)?;
            charts::waterfall_live(batch, trials, footer, theme)
        },
    },
    Drawing {
        name: "book-bars",
        lesson: "lesson-01-sequential",
        acts: &[Act::Book],
        one_batch: true,
        words: |summary| of_act(summary, Act::Book, charts::caption_book_bars),
        draw: |summary, _, footer, theme| {
            charts::book_bars(batch(summary, Act::Book)?, footer, theme)
        },
    },
    Drawing {
        name: "waterfall",
        lesson: "lesson-04-worker-pool",
        acts: &[Act::Uneven],
        one_batch: true,
        words: |summary| {
            of_act(summary, Act::Uneven, charts::caption_waterfall)
        },
        draw: |summary, trials, footer, theme| {
            let batch = batch(summary, Act::Uneven)?;
            charts::waterfall(batch, trials, footer, theme)
        },
    },
    Drawing {
        name: "speed-up",
        lesson: "lesson-05-async-tasks",
        acts: &[Act::Sweep],
        one_batch: false,
        words: charts::caption_speed_up,
        draw: |summary, _, footer, theme| {
            charts::speed_up(summary, footer, theme)
        },
    },
    Drawing {
        name: "efficiency",
        lesson: "lesson-04-worker-pool",
        acts: &[Act::Sweep],
        one_batch: false,
        words: charts::caption_efficiency,
        draw: |summary, _, footer, theme| {
            charts::efficiency(summary, footer, theme)
        },
    },
    Drawing {
        name: "cpu-cost",
        lesson: "lesson-05-async-tasks",
        acts: &[Act::NoWaits, Act::Sweep],
        one_batch: false,
        words: charts::caption_cpu_cost,
        draw: |summary, _, footer, theme| {
            charts::cpu_cost(summary, footer, theme)
        },
    },
    Drawing {
        name: "memory",
        lesson: "lesson-05-async-tasks",
        acts: &[Act::Memory],
        one_batch: false,
        words: charts::caption_memory,
        draw: |summary, _, footer, theme| {
            charts::memory(summary, footer, theme)
        },
    },
    Drawing {
        name: "latency",
        lesson: "lesson-04-worker-pool",
        acts: &[Act::Sweep],
        one_batch: false,
        words: charts::caption_latency,
        draw: |summary, _, footer, theme| {
            charts::latency(summary, footer, theme)
        },
    },
    Drawing {
        name: "trust",
        lesson: "lesson-01-sequential",
        acts: &[Act::Sweep, Act::Uneven],
        one_batch: false,
        words: charts::caption_trust,
        draw: |summary, _, footer, theme| charts::trust(summary, footer, theme),
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
