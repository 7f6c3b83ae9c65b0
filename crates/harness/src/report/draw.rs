use std::path::PathBuf;

use anyhow::Result;
use charts::{Caption, ChartError, Footer, Theme};
use measurement::environment::Run;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary, summarise};

use super::{Folder, findings, page, table};

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
    folder.write("tables/summary.csv", &table::csv(&summary))?;

    let mut charts = Vec::new();
    let mut missing = Vec::new();
    for batch in &summary.batches {
        for (name, lesson, words, draw) in drawings(batch.act) {
            let footer = footer(run, batch);
            let svg = |theme| draw(batch, &trials, &footer, theme);
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
                    let caption = words(batch);
                    charts.push(Chart { name, caption, svg: auto, lesson });
                }
                Err(why) => missing.push(format!("{name}.svg: {why}")),
            }
        }
    }
    let findings = findings(&summary);
    let report = page::Report { run, summary: &summary, findings: &findings };
    folder.write("index.html", &page::html(&report, &charts))?;
    folder.write("index.md", &page::markdown(&report, &charts))?;
    let page = folder.path().join("index.html");
    Ok(Drawn { summary, findings, page, missing })
}

type Draw = fn(&Batch, &[Trial], &Footer, Theme) -> Result<String, ChartError>;
type Drawing = (&'static str, &'static str, fn(&Batch) -> Caption, Draw);

/// The charts of an act: name, lesson to open next, words, drawing.
fn drawings(act: Act) -> Vec<Drawing> {
    match act {
        Act::Book => vec![
            (
                "waterfall-live",
                "lesson-02-threads",
                charts::caption_waterfall_live,
                charts::waterfall_live,
            ),
            (
                "book-bars",
                "lesson-01-sequential",
                charts::caption_book_bars,
                |batch, _, footer, theme| {
                    charts::book_bars(batch, footer, theme)
                },
            ),
        ],
        Act::Uneven => vec![(
            "waterfall",
            "lesson-04-worker-pool",
            charts::caption_waterfall,
            charts::waterfall,
        )],
        _ => vec![],
    }
}

/// Where a chart is from, small at its bottom.
fn footer(run: &Run, batch: &Batch) -> Footer {
    let rounds = batch.rows.iter().map(|row| row.trials).max().unwrap_or(0);
    let commit = run.environment.commit.as_deref().unwrap_or("no commit");
    let text = format!(
        "{} pings, {} at a time · {rounds} {} · run {} · {commit}",
        batch.requests,
        batch.concurrency,
        if rounds == 1 { "round" } else { "rounds" },
        run.run_id,
    );
    Footer { text }
}
