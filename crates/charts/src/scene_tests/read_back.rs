//! Times and trials read back from where they are drawn.

use measurement::compare::Twins;

use super::axis::{names, read};
use super::levels::{latency_scenes, pool, trust_scenes};
use super::{area_of, fixture};
use crate::curve::sweep;
use crate::palette::Paint;
use crate::quantity::floor_percent;
use crate::scene::{Area, Label, Mark, Scene, Shape};
use crate::{finding_latency, finding_trust};

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

/// The bars are as long as the floors of the twins, the longest first, the dots
/// below are their rounds, and the numbers of the title stand beside them.
#[test]
fn what_can_be_chance_is_as_long_as_the_summary_says() {
    use crate::scene::Anchor;
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::NOISY);
    let twins = summary.batches.iter().filter_map(|b| b.twins.as_ref());
    let mut twins: Vec<&Twins> = twins.collect();
    twins.sort_by(|a, b| b.floor.unwrap().total_cmp(&a.floor.unwrap()));
    assert!(twins.len() > 2);
    let title = finding_trust(&summary);
    for scene in trust_scenes(&summary).unwrap() {
        let across = names(&scene, " %", Anchor::Middle);
        let told = |mark: &&Mark| mark.hover.starts_with("second run");
        let bars: Vec<Area> =
            scene.marks.iter().filter(told).map(area_of).collect();
        assert_eq!(bars.len(), twins.len());
        for (bar, twins) in bars.iter().zip(&twins) {
            let floor = twins.floor.unwrap();
            assert!(read(across, bar.left).abs() < 0.02);
            let text = floor_percent(floor);
            let printed: f64 =
                text.strip_suffix(" %").unwrap().parse().unwrap();
            assert!((printed - 100.0 * floor).abs() < 1.0);
            assert!((read(across, bar.right) - printed).abs() < 0.02);
            let beside = |label: &&Label| {
                let right = label.x > bar.right && label.x < bar.right + 90.0;
                right && label.y > bar.top && label.y < bar.bottom + 5.0
            };
            let label = scene.labels.iter().find(beside).unwrap();
            assert_eq!(label.text, text);
            assert_eq!(label.bold, title.contains(&text), "{title}: {text}");
        }
        let dots = scene.marks.iter().filter(|mark| {
            let disc = matches!(mark.shape, Shape::Disc { .. });
            disc && area_of(mark).top > bars[0].top
        });
        let mut dots: Vec<f64> = dots
            .map(area_of)
            .map(|dot| read(across, f64::midpoint(dot.left, dot.right)))
            .collect();
        let values = twins.iter().flat_map(|twins| &twins.ratio.values);
        let mut apart: Vec<f64> = values
            .map(|ratio| 100.0 * (ratio.max(1.0 / ratio) - 1.0))
            .collect();
        dots.sort_by(f64::total_cmp);
        apart.sort_by(f64::total_cmp);
        assert_eq!(dots.len(), apart.len());
        for (dot, wanted) in dots.iter().zip(apart) {
            assert!((dot - wanted).abs() < 0.02, "{dot} {wanted}");
        }
    }
}
