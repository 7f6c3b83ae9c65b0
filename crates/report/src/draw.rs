//! Everything that is computed and drawn of the records.

use std::path::PathBuf;

use anyhow::Result;
use charts::{CHARTS, Footer, Material, Picture, Theme};
use measurement::course;
use measurement::course::prediction::Prediction;
use measurement::environment::Run;
use measurement::record::Trial;
use measurement::summary::{Batch, Summary, summarise};
use measurement::{agreement, bounds};

use super::findings::{Finding, findings_with_charts};
use super::page::Chart;
use super::records::Records;
use super::{Folder, csv, page};

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
    /// The lesson to open next, by the name of its crate; none after the last.
    pub next_lesson: Option<String>,
    /// The first chart of the page.
    pub chart: Option<PathBuf>,
}

/// The file of a lesson's run that holds what its reader predicted.
pub const PREDICTION: &str = "prediction.json";

/// Reads the records of a run and sums them up. Nothing is written.
pub fn read(folder: &Folder, run: &Run) -> Result<(Vec<Trial>, Summary)> {
    let Records { trials, torn } = folder.records(run)?;
    let names: Vec<&str> = run.strategies.iter().map(String::as_str).collect();
    let mut summary = summarise(&run.run_id, &trials, &names);
    (summary.trust.end, summary.trust.torn) = (run.end, torn);
    Ok((trials, summary))
}

/// Computes and draws everything that a report folder holds besides its
/// records. The same records give the same bytes.
pub fn draw(folder: &Folder, run: &Run) -> Result<Drawn> {
    let (trials, summary) = read(folder, run)?;
    let prediction: Option<Prediction> =
        folder.read_json(PREDICTION, |made| {
            bounds::of_prediction(made)
                .and_then(|()| agreement::of_prediction(made, run))
        })?;
    folder.write_json("summary.json", &summary)?;
    folder.write("tables/summary.csv", &csv::summary(&summary))?;
    folder.write("tables/memory.csv", &csv::memory(&summary))?;
    folder.write("tables/requests.csv", &csv::requests(&trials))?;

    let material = Material {
        summary: &summary,
        trials: &trials,
        lesson: run.lesson,
        prediction: prediction.as_ref(),
    };
    let (charts, missing) = draw_charts(folder, run, &material)?;
    let findings = match run.lesson {
        Some(lesson) => lesson_findings(lesson, &summary),
        None => findings_with_charts(&summary),
    };
    let next_lesson = next_lesson(run);
    let report = page::Report {
        run,
        summary: &summary,
        findings: &findings,
        trials: &trials,
        next_lesson: next_lesson.as_deref(),
    };
    folder.write("index.html", &page::html(&report, &charts))?;
    folder.write("index.md", &page::markdown(&report, &charts))?;
    let page = folder.path().join("index.html");
    let chart = charts
        .first()
        .map(|chart| folder.path().join(format!("charts/{}.svg", chart.name)));
    let findings = findings.into_iter().map(|finding| finding.words).collect();
    Ok(Drawn { summary, findings, page, missing, next_lesson, chart })
}

/// Draws every chart that there is something for; and tells which could not be
/// drawn, and why.
fn draw_charts(
    folder: &Folder,
    run: &Run,
    material: &Material<'_>,
) -> Result<(Vec<Chart>, Vec<String>)> {
    let mut charts = Vec::new();
    let mut missing = Vec::new();
    for chart in CHARTS {
        let Some(batch) = chart.subject(material.summary) else { continue };
        let name = chart.name;
        let footer = footer(run, chart.one_batch.then_some(batch));
        let draw = |theme| (chart.draw)(material, &footer, theme);
        match draw(Theme::Auto) {
            Ok(picture) => {
                write(folder, name, "", &picture)?;
                // For places where the page's theme is not the system's.
                write(folder, name, "-light", &draw(Theme::Light)?)?;
                write(folder, name, "-dark", &draw(Theme::Dark)?)?;
                let caption = (chart.words)(material);
                charts.push(Chart { name, caption, picture });
            }
            Err(why) => missing.push(format!("{name}.svg: {why}")),
        }
    }
    Ok((charts, missing))
}

/// Both forms of a chart, a file each.
fn write(
    folder: &Folder,
    name: &str,
    side: &str,
    picture: &Picture,
) -> Result<()> {
    let file = |form| format!("charts/{name}{form}{side}.svg");
    folder.write(&file(""), &picture.wide)?;
    folder.write(&file("-narrow"), &picture.narrow)
}

/// The crate of the lesson that comes after the run: the first one, if the run
/// belongs to none.
fn next_lesson(run: &Run) -> Option<String> {
    let next = course::lesson(run.lesson.unwrap_or(0) + 1)?;
    Some(next.package())
}

/// The finding of a lesson, and its formula with the numbers put in.
fn lesson_findings(lesson: u8, summary: &Summary) -> Vec<Finding> {
    let mut findings = vec![charts::finding_lesson(lesson, summary)];
    findings.extend(charts::explain_lesson(lesson, summary));
    let shown = |words| Finding { words, chart: Some("lesson") };
    findings.into_iter().map(shown).collect()
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
