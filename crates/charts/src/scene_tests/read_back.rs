//! Times and trials read back from where they are drawn.

use std::collections::BTreeMap;

use measurement::record::Act;
use measurement::summary::Step;

use super::axis::{names, read};
use super::levels::{latency_scenes, pool, trust_of};
use super::{area_of, fixture};
use crate::curve::sweep;
use crate::finding_latency;
use crate::palette::Paint;
use crate::scene::{Area, Scene, Shape};

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
        // The first name of an axis is moved to have room.
        let names_at = |panel: &Scene| {
            let mut panel = panel.clone();
            panel.labels.retain(|label| label.text != "0 ms");
            names(&panel, " ms", Anchor::Middle)
        };
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
            let half = times.as_ref().unwrap().quantile(0.5).unwrap() / 1e6;
            assert!((ms / half - 1.0).abs() < 2e-3, "{ms} {half}");
            // In the rows below the curves.
            assert!(part < 0.0, "{part}");
        }
    }
}

/// The medians of the title are printed, and below one half there is a band
/// from the least of them to the most.
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
            let mut marks = panel.marks.iter();
            let band = marks.find(|mark| {
                let filled = matches!(mark.shape, Shape::Polygon(_));
                filled && mark.paint == Paint::Idle
            });
            let band = area_of(band.unwrap());
            assert!((read(heights, band.top) - 50.0).abs() < 0.2);
            let symbols = panel
                .marks
                .iter()
                .filter(|mark| mark.hover.contains(", from the start of the "));
            for mark in symbols {
                let area = area_of(mark);
                let x = f64::midpoint(area.left, area.right);
                assert!((band.left - 0.1..band.right + 0.1).contains(&x));
            }
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
            let farther = 1.0 + floor;
            for (y, wanted) in
                [(band.top, farther), (band.bottom, 1.0 / farther)]
            {
                assert!((read(up, y) - 100.0 * wanted).abs() < 0.02);
            }
            let number = crate::quantity::floor_percent(floor);
            let printed = |l: &&crate::scene::Label| l.text == number;
            let mut labels = strip.labels.iter();
            assert!(labels.any(|l| printed(&l) && l.bold), "{title}");
        }
    }
}
