//! What must hold of every scene, whatever the records: labels that can be
//! read, and bars where the records say.

mod any;
mod axis;
mod capacity;
mod costs;
mod exam;
mod lessons;
mod lessons_drawn;
mod levels;
mod machines;
mod peers;
mod read_back;
mod titles;
mod witness;

use std::num::NonZeroUsize;

use measurement::makespan;
use measurement::record::{Act, Outcome, Samples, Trial};
use measurement::statistics::estimate;
use measurement::summary::{Batch, Note, Row};
use measurement::waits::Waits;
use measurement::ways;
use proptest::prelude::*;

use crate::Footer;
use crate::chart::{waterfall, waterfall_live};
use crate::error::ChartError;
use crate::fixture;
use crate::form::WIDTH;
use crate::palette::Paint;
use crate::plot::Plot;
use crate::scene::{Area, Mark, Scene, Shape};
use crate::sheet::Sheet;

fn footer() -> Footer {
    Footer { text: "run 2026-01-01T00-00-00Z-abcd · n = 6 rounds".to_owned() }
}

/// Both forms of a drawing.
fn scenes_of(
    drawing: Result<(Plot, String), ChartError>,
    title: &str,
) -> Option<[Scene; 2]> {
    let (plot, subtitle) = drawing.ok()?;
    let footer = &footer();
    Some(Sheet { title, subtitle: &subtitle, footer }.scenes(&plot))
}

fn waterfall_scenes(batch: &Batch, trials: &[Trial]) -> [Scene; 2] {
    let panels = waterfall::panels(batch, trials).unwrap();
    let title = crate::caption_waterfall(batch).title;
    waterfall::scenes(batch, &panels, &title, &footer())
}

fn live_scenes(batch: &Batch, trials: &[Trial]) -> [Scene; 2] {
    let groups = waterfall_live::groups(batch, trials).unwrap();
    let title = crate::finding_book(batch);
    waterfall_live::scenes(batch, &groups, &title, &footer())
}

fn area_of(mark: &Mark) -> Area {
    let points: Vec<(f64, f64)> = match &mark.shape {
        Shape::Bar(area) | Shape::Outline(area) => return *area,
        Shape::Line { from, to, .. } => vec![*from, *to],
        Shape::Path { points, .. } | Shape::Polygon(points) => points.clone(),
        Shape::Disc { centre: (x, y), radius } => {
            vec![(x - radius, y - radius), (x + radius, y + radius)]
        }
    };
    let fold = |f: fn(f64, f64) -> f64, pick: fn(&(f64, f64)) -> f64| {
        points.iter().map(pick).reduce(f).unwrap()
    };
    Area {
        left: fold(f64::min, |p| p.0),
        top: fold(f64::min, |p| p.1),
        right: fold(f64::max, |p| p.0),
        bottom: fold(f64::max, |p| p.1),
    }
}

fn overlap(a: &Area, b: &Area) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

fn inside(inner: &Area, outer: &Area) -> bool {
    inner.left >= outer.left
        && inner.right <= outer.right
        && inner.top >= outer.top
        && inner.bottom <= outer.bottom
}

/// The first thing that a reader would complain about.
fn complaint(scene: &Scene) -> Option<String> {
    let canvas =
        Area { left: 0.0, top: 0.0, right: WIDTH, bottom: scene.height };
    for mark in &scene.marks {
        let area = area_of(mark);
        let right_way = area.left <= area.right && area.top <= area.bottom;
        if !inside(&area, &canvas) || !right_way {
            return Some(format!("outside the canvas: {mark:?}"));
        }
    }
    for (i, label) in scene.labels.iter().enumerate() {
        let area = label.area();
        if !inside(&area, &canvas) || label.text.trim().is_empty() {
            return Some(format!("outside the canvas: {label:?}"));
        }
        for other in &scene.labels[..i] {
            if overlap(&area, &other.area()) {
                return Some(format!("{label:?} over {other:?}"));
            }
        }
        // A patch hides what was drawn before it.
        let patch = scene.marks.iter().skip(1).rposition(|mark| {
            let hides = matches!(mark.shape, Shape::Bar(_));
            let paint = matches!(mark.paint, Paint::Background | Paint::Idle);
            hides && paint && inside(&area, &area_of(mark))
        });
        for mark in scene.marks.iter().skip(patch.map_or(1, |at| at + 2)) {
            if mark.paint != Paint::Background && overlap(&area, &area_of(mark))
            {
                return Some(format!("{label:?} over {mark:?}"));
            }
        }
    }
    None
}

fn assert_readable(scenes: &[Scene; 2]) {
    for scene in scenes {
        assert_eq!(complaint(scene), None);
    }
}

#[test]
fn the_fixtures_can_be_read() {
    let (batch, trials) = fixture::uneven();
    assert_readable(&waterfall_scenes(&batch, &trials));
    let (batch, trials) = fixture::book();
    assert_readable(&live_scenes(&batch, &trials));
}

/// Positions go back to the moments they were made from.
#[test]
fn bars_are_where_the_records_say() {
    let (batch, trials) = fixture::uneven();
    for scene in waterfall_scenes(&batch, &trials) {
        for row in &batch.rows {
            let paint = Paint::of_strategy(&row.strategy);
            let trial = &trials[row.median_trial.unwrap() as usize];
            let measured = trial.valid().unwrap();
            let bars: Vec<Area> = scene
                .marks
                .iter()
                .filter(|mark| mark.paint == paint)
                .filter(|mark| matches!(mark.shape, Shape::Bar(_)))
                .map(area_of)
                .collect();
            // Symbols are drawn after the bars of their panel.
            let bars = &bars[..48];
            // The idle lanes reach from zero to the end of the trial.
            let first = scene.marks.iter().position(|mark| mark.paint == paint);
            let lane = scene.marks[..first.unwrap()]
                .iter()
                .rfind(|mark| mark.paint == Paint::Idle)
                .map(area_of)
                .unwrap();
            let length = measured.makespan_ns as f64;
            let scale = length / (lane.right - lane.left);
            for (i, bar) in bars.iter().enumerate() {
                let start = (bar.left - lane.left) * scale;
                let end = (bar.right - lane.left) * scale;
                let samples = &measured.samples;
                assert!((start - samples.start_ns[i] as f64).abs() < 1.0);
                // The seam takes less than a pixel.
                assert!((end - samples.end_ns[i] as f64).abs() < scale);
            }
        }
    }
}

#[test]
fn each_strategy_has_its_name_once() {
    let (batch, trials) = fixture::uneven();
    for scene in waterfall_scenes(&batch, &trials) {
        for row in &batch.rows {
            let names = scene.labels.iter().filter(|label| {
                label.bold && label.text == ways::name(&row.strategy)
            });
            assert_eq!(names.count(), 1, "{}", row.strategy);
        }
    }
}

fn words(scenes: &[Scene; 2]) -> [Vec<String>; 2] {
    scenes.clone().map(|scene| {
        let texts = scene.labels.into_iter().map(|label| label.text);
        texts.collect()
    })
}

#[test]
fn the_words_of_the_charts() {
    let (batch, trials) = fixture::uneven();
    insta::assert_json_snapshot!(
        "waterfall",
        words(&waterfall_scenes(&batch, &trials))
    );
    let (batch, trials) = fixture::book();
    insta::assert_json_snapshot!(
        "waterfall-live",
        words(&live_scenes(&batch, &trials))
    );
}

/// Names as they come, and as nobody would choose them.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("threads".to_owned()),
        Just("worker-pool".to_owned()),
        Just("sequential".to_owned()),
        "[ -~]{1,60}",
        "\\PC{1,30}",
    ]
    .prop_filter("a name has letters", |name| !name.trim().is_empty())
}

/// Starts and lengths with ties, nothings and ranges from nanoseconds to
/// hours.
fn flights() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let moment = prop_oneof![
        Just(0_u64),
        Just(1_000_000),
        0..50_u64,
        0..400_000_000_u64,
        0..20_000_000_000_000_u64,
    ];
    proptest::collection::vec((moment.clone(), moment), 1..40)
}

fn any_batch() -> impl Strategy<Value = (Batch, Vec<Trial>)> {
    let row = (name(), name(), flights(), 1..9_usize);
    (proptest::collection::vec(row, 1..=8), 1..12_usize).prop_map(
        |(rows, concurrency)| {
            let mut trials = Vec::new();
            let mut made = Vec::new();
            for (number, (strategy, client, flights, n)) in (0_u32..).zip(rows)
            {
                let (trial, row) =
                    any_row(number, strategy, client, &flights, n);
                trials.push(trial);
                made.push(row);
            }
            let list = Waits::Uneven.of(48);
            let limit = NonZeroUsize::new(concurrency).unwrap();
            let batch = Batch {
                act: Act::Book,
                concurrency,
                requests: 48,
                waits: Waits::Uneven,
                limit_ns: None,
                kept_awake: None,
                bound_ns: makespan::bound(&list, limit),
                sequential_ns: makespan::sequential(&list),
                reference: None,
                twins: None,
                cpu_twins: None,
                share_percent: None,
                processors: None,
                by_hand_cpu: None,
                rows: made,
            };
            (batch, trials)
        },
    )
}

fn any_row(
    number: u32,
    strategy: String,
    client: String,
    flights: &[(u64, u64)],
    n: usize,
) -> (Trial, Row) {
    let size = (1, 1);
    let mut trial =
        fixture::trial(Act::Book, number, &strategy, Waits::None, size, 0);
    let end = flights.iter().map(|(a, b)| a + b).max().unwrap();
    let Outcome::Measured(measured) = &mut trial.outcome else {
        unreachable!("the fixture's trials are measured")
    };
    measured.makespan_ns = end;
    measured.samples = Samples {
        start_ns: flights.iter().map(|flight| flight.0).collect(),
        end_ns: flights.iter().map(|(a, b)| a + b).collect(),
        status: flights.iter().map(|f| (f.1 % 3 != 0).then_some(200)).collect(),
        received_ns: flights.iter().map(|f| Some(f.0 as i64 - 5)).collect(),
        sent_ns: flights.iter().map(|(a, b)| Some((a + b) as i64)).collect(),
        ended: Vec::new(),
    };
    let (mut row_batch, _) =
        fixture::batch(Act::Book, &["threads"], Waits::None, (1, 1), 1);
    let mut row = row_batch.rows.remove(0);
    let numbers: Vec<f64> =
        (0..n).map(|i| end as f64 * (1.0 + i as f64 / 7.0)).collect();
    row.makespan_ns = estimate(&numbers);
    row.notes = (n % 3 == 1).then_some(Note::Disturbed).into_iter().collect();
    row.median_trial = Some(number);
    (row.strategy, row.client, row.valid) = (strategy, client, n);
    (trial, row)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_batch_can_be_read((batch, trials) in any_batch()) {
        if let Ok(panels) = waterfall::panels(&batch, &trials) {
            let scenes =
                waterfall::scenes(&batch, &panels, "title", &footer());
            for scene in scenes {
                prop_assert_eq!(complaint(&scene), None);
            }
        }
        for scene in live_scenes(&batch, &trials) {
            prop_assert_eq!(complaint(&scene), None);
        }
    }
}
