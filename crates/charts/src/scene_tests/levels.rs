//! The charts over the levels of the sweep.

use measurement::summary::{Batch, Row, Summary};
use proptest::prelude::*;

use super::any::any_summary;
use super::axis::{names, read};
use super::{area_of, assert_readable, complaint, fixture, scenes_of};
use crate::curve::sweep;
use crate::palette::Paint;
use crate::scale::Scale;
use crate::scene::{Area, Scene, Shape};
use crate::{
    chart, finding_efficiency, finding_latency, finding_speed_up, finding_trust,
};

fn speed_up_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_speed_up(summary);
    scenes_of(chart::speed_up::plot(summary), &title)
}

fn efficiency_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_efficiency(summary);
    scenes_of(chart::efficiency::plot(summary), &title)
}

pub(super) fn latency_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_latency(summary);
    scenes_of(chart::latency::plot(summary), &title)
}

pub(super) fn trust_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_trust(summary);
    scenes_of(chart::trust::plot(summary), &title)
}

fn all_scenes(summary: &Summary) -> Vec<[Scene; 2]> {
    let all = [
        speed_up_scenes(summary),
        efficiency_scenes(summary),
        latency_scenes(summary),
        trust_scenes(summary),
    ];
    all.into_iter().flatten().collect()
}

#[test]
fn the_runs_can_be_read() {
    use fixture::sweep::*;
    for machine in
        [&QUIET, &NOISY, &TOO_NOISY, &FEW_ROUNDS, &DISTURBED, &PAST_THE_KNEE]
    {
        let (summary, _) = fixture::sweep::sweep(machine);
        let scenes = all_scenes(&summary);
        assert_eq!(scenes.len(), 4);
        scenes.iter().for_each(assert_readable);
    }
    let (summary, _) = own_question(&OWN_QUESTION);
    all_scenes(&summary).iter().for_each(assert_readable);
}

#[test]
fn a_title_is_never_cut_off() {
    use fixture::sweep::*;
    for machine in
        [&QUIET, &NOISY, &TOO_NOISY, &FEW_ROUNDS, &DISTURBED, &SLOW_THREADS]
    {
        let (summary, _) = fixture::sweep::sweep(machine);
        for scene in all_scenes(&summary).iter().flatten() {
            let bold = scene.labels.iter().filter(|label| label.bold);
            for label in bold {
                assert!(!label.text.ends_with('…'), "{}", label.text);
            }
        }
    }
}

/// Positions go back to the numbers they were made from.
#[test]
fn points_are_where_the_summary_says() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    for scene in speed_up_scenes(&summary).unwrap() {
        let found = points(&scene, "×");
        let levels = sweep(&summary);
        // The line ends where the title does.
        let mut levels = levels.iter().filter(|b| b.concurrency > 1);
        for batch in levels.by_ref().take_while(|b| b.concurrency <= 64) {
            let row = pool(batch);
            let told = format!(
                "worker pool (queue), even waits, {} in flight: ",
                batch.concurrency
            );
            let mut marks = scene.marks.iter();
            let mark = marks.find(|mark| mark.hover.starts_with(&told));
            let area = area_of(mark.unwrap());
            let read = found.value_at((area.top + area.bottom) / 2.0);
            let wanted = row.speed_up.as_ref().unwrap().median;
            assert!((read - wanted).abs() < 0.03, "{read} {wanted}");
        }
    }
}

/// Bars of both panels are on one scale.
#[test]
fn bars_are_as_long_as_the_summary_says() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    for scene in speed_up_scenes(&summary).unwrap() {
        // Where the rules are of what is as fast as one by one.
        let upright = |mark: &&crate::scene::Mark| {
            let area = area_of(mark);
            mark.paint == crate::palette::Paint::Ink
                && area.right - area.left < 0.01
                && area.bottom - area.top > 50.0
        };
        let rules = scene.marks.iter().filter(upright).map(area_of);
        let rules: Vec<f64> = rules.map(|area| area.left).collect();
        let bars = |kind: &str, batch: &Batch| -> Vec<f64> {
            let told = format!(", {kind}, {} in flight: ", batch.concurrency);
            let bars = batch.rows.iter().filter_map(|row| {
                let name = measurement::ways::name(&row.strategy);
                let told = format!("{name}{told}");
                let bar = |mark: &&crate::scene::Mark| {
                    let bar = matches!(mark.shape, Shape::Bar(_));
                    bar && mark.hover.starts_with(&told)
                };
                let area = area_of(scene.marks.iter().find(bar)?);
                let times = row.speed_up.as_ref()?.median;
                let one = (area.right - area.left) / times;
                let at_one = |x: &f64| (x - area.left - one).abs() < 0.5;
                assert!(rules.iter().any(at_one), "{rules:?} {area:?}");
                Some(one)
            });
            bars.collect()
        };
        let uneven = bars("uneven waits", summary.uneven().unwrap());
        let none = bars("no waits", summary.no_waits().unwrap());
        assert_eq!((uneven.len(), none.len()), (4, 4));
        for one in uneven.iter().chain(&none) {
            assert!(
                (one / uneven[0] - 1.0).abs() < 0.01,
                "{uneven:?} {none:?}"
            );
        }
    }
}

/// The mark of the pool with so many in flight.
fn of_pool(scene: &Scene, batch: &Batch) -> Area {
    let name = format!("worker pool (queue), {} in flight", batch.concurrency);
    let mut marks = scene.marks.iter();
    area_of(marks.find(|mark| mark.hover.starts_with(&name)).unwrap())
}

#[test]
fn distances_are_where_the_summary_says() {
    use crate::scene::Anchor;
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    for scene in efficiency_scenes(&summary).unwrap() {
        let across = names(&scene, " %", Anchor::Middle);
        let mut last = 0.0;
        let grey = scene.marks.iter().filter(|mark| {
            let filled = matches!(mark.shape, Shape::Polygon(_));
            filled && mark.paint == Paint::Idle
        });
        let mut grey = grey.map(area_of);
        for batch in sweep(&summary).iter().skip(1) {
            let area = of_pool(&scene, batch);
            let at = read(across, f64::midpoint(area.left, area.right)) / 100.0;
            let wanted = pool(batch).efficiency.as_ref().unwrap().median;
            let wanted = 1.0 / wanted - 1.0;
            assert!((at - wanted).abs() < 5e-4, "{at} {wanted}");
            assert!(area.top > last);
            last = area.bottom;
            // What is called no difference is around it.
            let Some(twins) = &batch.twins else { continue };
            let band = grey.next().unwrap();
            let factor = 1.0 + twins.floor.unwrap();
            let ends = [(1.0 + wanted) / factor, (1.0 + wanted) * factor];
            let ends = ends.map(|end| (end - 1.0).max(0.0));
            for (x, wanted) in [band.left, band.right].into_iter().zip(ends) {
                assert!((read(across, x) / 100.0 - wanted).abs() < 5e-4);
            }
            assert!(band.top < area.top && band.bottom > area.bottom);
        }
        assert_eq!(grey.next(), None);
    }
}

/// What the title speaks of is printed in the picture.
#[test]
fn the_numbers_of_the_title_are_in_the_picture() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let title = finding_efficiency(&summary);
    let parts: Vec<&str> = title.split(" %").collect();
    assert!(parts.len() > 1, "{title}");
    for scene in efficiency_scenes(&summary).unwrap() {
        for part in &parts[..parts.len() - 1] {
            let number = part.rsplit(' ').next().unwrap();
            let printed = format!("pool {number} %");
            assert!(scene.labels.iter().any(|l| l.text == printed));
        }
    }
}

/// The scale that the names at the left were made with, from two of them.
pub(super) fn points(scene: &Scene, unit: &str) -> Scale {
    let ticks: Vec<(f64, f64)> = scene
        .labels
        .iter()
        .filter(|label| label.anchor == crate::scene::Anchor::End)
        .filter_map(|label| {
            let number = label.text.strip_suffix(unit)?.parse().ok()?;
            Some((number, label.y - 0.36 * label.size))
        })
        .collect();
    let mut ticks = ticks;
    ticks.sort_by(|a: &(f64, f64), b| a.0.total_cmp(&b.0));
    let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
    assert!(low.0 < high.0 && low.1 > high.1);
    Scale::between((low.0, high.0), (low.1, high.1))
}

pub(super) fn pool(batch: &Batch) -> &Row {
    batch.rows.iter().find(|row| row.strategy == "worker-pool").unwrap()
}

/// Each panel says what it found, and the number stands in it.
#[test]
fn panels_say_what_they_found() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    for scene in speed_up_scenes(&summary).unwrap() {
        let bold: Vec<&str> = scene
            .labels
            .iter()
            .filter(|label| label.bold)
            .map(|label| &*label.text)
            .collect();
        for text in [
            "Pool, up to 64 in flight",
            "even waits 62×",
            "Uneven waits: 2.8× to 6.0×",
            "6.0×",
            "2.8×",
            "No waits: 1.6× to 2.3×",
            "no waits 2.2×",
            "1.6×",
        ] {
            assert!(bold.contains(&text), "{text}: {bold:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_run_can_be_read(summary in any_summary()) {
        for scenes in all_scenes(&summary) {
            for scene in &scenes {
                prop_assert_eq!(complaint(scene), None);
            }
        }
    }
}
