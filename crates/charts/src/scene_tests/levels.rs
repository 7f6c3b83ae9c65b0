//! The charts over the levels of the sweep.

use std::collections::BTreeMap;

use measurement::record::Act;
use measurement::summary::{Batch, Row, Step, Summary};
use proptest::prelude::*;

use super::any::any_summary;
use super::{area_of, assert_readable, complaint, fixture, footer};
use crate::curve::sweep;
use crate::palette::Paint;
use crate::scale::{Scale, Steps};
use crate::scene::{Area, Scene, Shape};
use crate::{
    chart, finding_efficiency, finding_latency, finding_speed_up, finding_trust,
};

fn speed_up_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_speed_up(summary);
    chart::speed_up::scenes(summary, &title, &footer()).ok()
}

fn efficiency_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_efficiency(summary);
    chart::efficiency::scenes(summary, &title, &footer()).ok()
}

fn latency_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_latency(summary);
    chart::latency::scenes(summary, &title, &footer()).ok()
}

/// As a run has it: the trials of an act one after another.
fn trust_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let acts = [Act::Book, Act::Uneven, Act::NoWaits, Act::Sweep];
    let steps = summary.trust.course.iter().enumerate();
    let of =
        |(number, step): (usize, &Step)| (step.trial, acts[number / 16 % 4]);
    trust_of(summary, &steps.map(of).collect())
}

fn trust_of(
    summary: &Summary,
    acts: &BTreeMap<u32, Act>,
) -> Option<[Scene; 2]> {
    let title = finding_trust(summary);
    chart::trust::scenes(summary, acts, &title, &footer()).ok()
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
        // Those of the first panel come first, and on a telephone below the
        // names of the others.
        let panel = first_panel(&scene);
        let found = points(&panel, Steps::Log2, "×");
        for batch in sweep(&summary).iter().skip(1) {
            let row = pool(batch);
            let told = format!(
                "worker pool (queue), {} in flight: ",
                batch.concurrency
            );
            let mut marks = panel.marks.iter();
            let mark = marks.find(|mark| mark.hover.starts_with(&told));
            let area = area_of(mark.unwrap());
            let read = found.value_at((area.top + area.bottom) / 2.0);
            let wanted = row.speed_up.as_ref().unwrap().median;
            assert!((read / wanted - 1.0).abs() < 1e-3, "{read} {wanted}");
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

/// What is above the second panel, if that is below the first one.
fn first_panel(scene: &Scene) -> Scene {
    let named = |title: &str| {
        let mut labels = scene.labels.iter();
        labels.find(|label| label.text == title).map(|label| label.y)
    };
    let (first, second) = (named("Even waits"), named("Uneven waits"));
    let end = second.filter(|y| Some(*y) != first).unwrap_or(f64::MAX);
    let mut panel = scene.clone();
    panel.labels.retain(|label| label.y < end);
    panel.marks.retain(|mark| area_of(mark).top < end);
    panel
}

/// The scale that the names at the left were made with, from two of them.
pub(super) fn points(scene: &Scene, steps: Steps, unit: &str) -> Scale {
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
    Scale::new(steps, [low.0, high.0], (low.1, high.1))
}

fn pool(batch: &Batch) -> &Row {
    batch.rows.iter().find(|row| row.strategy == "worker-pool").unwrap()
}

/// Numbers and positions of the names with that unit: the first and the last.
type Named = [(f64, f64); 2];

fn names(scene: &Scene, unit: &str, anchor: crate::scene::Anchor) -> Named {
    let labels = scene.labels.iter().filter(|label| label.anchor == anchor);
    let mut named: Vec<(f64, f64)> = labels
        .filter_map(|label| {
            let number = label.text.strip_suffix(unit)?.parse().ok()?;
            Some(match anchor {
                crate::scene::Anchor::End => {
                    (number, label.y - 0.36 * label.size)
                }
                _ => (number, label.x),
            })
        })
        .collect();
    named.sort_by(|a, b| a.0.total_cmp(&b.0));
    [named[0], named[named.len() - 1]]
}

/// The number at a position between two that are named.
fn read([a, b]: Named, position: f64) -> f64 {
    a.0 + (position - a.1) / (b.1 - a.1) * (b.0 - a.0)
}

/// What belongs to one of two panels, beside or below each other.
fn one_of_two(scene: &Scene, second: bool) -> Scene {
    let titles = ["From the start of the ping", "From the start of the batch"];
    let places = titles.map(|title| {
        let mut labels = scene.labels.iter();
        let label = labels.find(|label| label.text == title).unwrap();
        (label.x, label.y)
    });
    let below = places[1].1 > places[0].1;
    let belongs = |x: f64, y: f64| match below {
        true => (y >= places[1].1) == second,
        false => (x >= places[1].0 - 1.0) == second,
    };
    let mut panel = scene.clone();
    panel.labels.retain(|label| belongs(label.x, label.y));
    panel.marks.retain(|mark| {
        let area = area_of(mark);
        belongs(area.left, area.top)
    });
    panel
}

#[test]
fn times_are_where_the_summary_says() {
    use crate::scene::Anchor;
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let batches = sweep(&summary);
    let batch = batches.iter().find(|batch| batch.concurrency == 64).unwrap();
    for scene in latency_scenes(&summary).unwrap() {
        let names_at = |panel: &Scene| names(panel, " ms", Anchor::Middle);
        let up = |panel: &Scene| names(panel, " %", Anchor::End);
        let row = pool(batch);
        let first = one_of_two(&scene, false);
        for (second, times) in [(false, &row.service), (true, &row.sojourn)] {
            let panel = one_of_two(&scene, second);
            // Beside each other the first one has the names for both.
            let heights = if panel.labels.iter().any(|l| l.text == "50 %") {
                up(&panel)
            } else {
                up(&first)
            };
            let told = "worker pool (queue), from the start of the ";
            let mut marks = panel.marks.iter();
            let mark = marks.find(|mark| mark.hover.starts_with(told));
            let area = area_of(mark.unwrap());
            let x = f64::midpoint(area.left, area.right);
            let y = f64::midpoint(area.top, area.bottom);
            let ms = read(names_at(&panel), x);
            let part = read(heights, y) / 100.0;
            let known = &times.as_ref().unwrap().quantiles;
            let next = known.iter().find(|q| q.0 >= part - 1e-6).unwrap();
            assert!((ms / (next.1 / 1e6) - 1.0).abs() < 2e-3, "{ms} {next:?}");
        }
    }
}

/// The medians of the title are printed, and marked at one half.
#[test]
fn the_medians_of_the_title_are_in_the_picture() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let title = finding_latency(&summary);
    for scene in latency_scenes(&summary).unwrap() {
        for second in [false, true] {
            let panel = one_of_two(&scene, second);
            let printed = |label: &&crate::scene::Label| {
                label.bold && label.text.ends_with(" ms")
            };
            let number = panel.labels.iter().find(printed).unwrap();
            assert!(title.contains(&number.text), "{title}");
            let first = one_of_two(&scene, false);
            let named = if panel.labels.iter().any(|l| l.text == "50 %") {
                &panel
            } else {
                &first
            };
            let heights = names(named, " %", crate::scene::Anchor::End);
            let marked = panel.marks.iter().any(|mark| match mark.shape {
                Shape::Line { from, to, .. } if mark.paint == Paint::Ink => {
                    let half = (read(heights, from.1) - 50.0).abs() < 0.2;
                    half && from.1 == to.1 && from.0 < to.0
                }
                _ => false,
            });
            assert!(marked);
        }
    }
}

/// What is between the title of a strip and that of the next one.
fn strip(scene: &Scene, title: &str, next: &str) -> Scene {
    let y = |title: &str| {
        let mut labels = scene.labels.iter().filter(|label| label.bold);
        labels.find(|label| label.text.starts_with(title)).map(|l| l.y)
    };
    let (top, bottom) = (y(title).unwrap(), y(next).unwrap_or(f64::MAX));
    let mut strip = scene.clone();
    strip.labels.retain(|label| label.y > top && label.y < bottom);
    strip.marks.retain(|mark| {
        let area = area_of(mark);
        area.top > top && area.bottom < bottom
    });
    strip
}

#[test]
fn trials_are_where_the_summary_says() {
    use crate::scene::Anchor;
    let (mut summary, trials) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let acts: BTreeMap<u32, Act> =
        trials.iter().map(|trial| (trial.trial, trial.act)).collect();
    let of_act = |act| trials.iter().filter(move |trial| trial.act == act);
    let far = of_act(Act::Uneven).nth(7).unwrap().trial;
    let course = summary.trust.course.iter_mut();
    course.filter(|step| step.trial == far).for_each(|step| step.ratio = 4.0);
    for scene in trust_of(&summary, &acts).unwrap() {
        for (act, title, next) in [
            (Act::Uneven, "Uneven waits: ", "No waits: "),
            (Act::NoWaits, "No waits: ", "Even waits: "),
            (Act::Sweep, "Even waits: ", "nothing more"),
        ] {
            let strip = strip(&scene, title, next);
            let up = names(&strip, " %", Anchor::End);
            let squares = strip.marks.iter().filter(|mark| {
                let square = matches!(mark.shape, Shape::Bar(_));
                mark.paint == Paint::Other && square
            });
            let found: Vec<Area> = squares.map(area_of).collect();
            let course = summary.trust.course.iter();
            let wanted: Vec<&Step> = course
                .filter(|step| acts[&step.trial] == act && step.trial != far)
                .collect();
            assert_eq!(found.len(), wanted.len(), "{title}");
            let mut last = 0.0;
            for (area, step) in found.iter().zip(wanted) {
                let y = f64::midpoint(area.top, area.bottom);
                assert!((read(up, y) - 100.0 * step.ratio).abs() < 0.02);
                assert!(area.left > last);
                last = area.left;
            }
            // What is beyond the edge is marked there.
            let beyond = strip.marks.iter().filter(|mark| {
                let corners = matches!(mark.shape, Shape::Polygon(_));
                mark.paint == Paint::Ink && corners
            });
            assert_eq!(beyond.count(), usize::from(act == Act::Uneven));
            // The floor of its twins is behind the trials, and printed.
            let batches = summary.of_act(act);
            let floors = batches.filter_map(|b| b.twins.as_ref()?.floor);
            let floor = floors.reduce(f64::max).unwrap();
            let mut grey = strip.marks.iter().filter(|mark| {
                let filled = matches!(mark.shape, Shape::Polygon(_));
                filled && mark.paint == Paint::Idle
            });
            let band = area_of(grey.next().unwrap());
            for (y, wanted) in [(band.top, floor), (band.bottom, -floor)] {
                assert!((read(up, y) - 100.0 * (1.0 + wanted)).abs() < 0.02);
            }
            let number = crate::quantity::floor_percent(floor);
            let printed = |l: &&crate::scene::Label| l.text == number;
            let mut labels = strip.labels.iter();
            assert!(labels.any(|l| printed(&l) && l.bold), "{title}");
        }
    }
}

#[test]
fn lines_that_coincide_share_a_label_and_others_do_not() {
    let labels = |machine| {
        let (summary, _) = fixture::sweep::own_question(machine);
        let [wide, _] = speed_up_scenes(&summary).unwrap();
        let texts = wide.labels.into_iter().map(|label| label.text);
        texts.filter(|text| text.contains('×')).collect::<Vec<_>>()
    };
    let alike = labels(&fixture::sweep::QUIET);
    let shared = alike.iter().filter(|t| t.starts_with("all four: "));
    assert_eq!(shared.count(), 1, "{alike:?}");
    let slow = fixture::sweep::Machine {
        slower: &[("threads", 2.0), ("scoped-threads", 3.0)],
        ..fixture::sweep::QUIET
    };
    let apart = labels(&slow);
    for name in ["waves ", "shares ", "pool, tasks: "] {
        let named = apart.iter().filter(|t| t.starts_with(name));
        assert_eq!(named.count(), 1, "{name}: {apart:?}");
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
