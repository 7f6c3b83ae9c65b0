//! Times and trials read back from where they are drawn.

use measurement::compare::Twins;
use measurement::distribution::Distribution;

use super::axis::{names, read};
use super::levels::{latency_scenes, pool, trust_scenes};
use super::{area_of, fixture};
use crate::curve::sweep;
use crate::quantity::{duration, floor_percent};
use crate::scene::{Area, Label, Mark};
use crate::{finding_latency, finding_trust};

/// Two bars for each strategy are as long as half of its pings take, alone and
/// with the wait for a slot, and the numbers of the title stand beside them.
#[test]
fn times_are_where_the_summary_says() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let batches = sweep(&summary);
    let batch = batches.iter().find(|batch| batch.concurrency == 64).unwrap();
    let row = pool(batch);
    let title = finding_latency(&summary);
    for scene in latency_scenes(&summary).unwrap() {
        let of = |since: &str, times: &Option<Distribution>| {
            let told = format!("worker pool (queue), from {since}: ");
            let mut marks = scene.marks.iter();
            let mark = marks.find(|mark| mark.hover.starts_with(&told));
            let area = area_of(mark.unwrap());
            let half = times.as_ref().unwrap().quantile(0.5).unwrap();
            let text = duration(half);
            assert!(title.contains(&text), "{title}: {text}");
            let beside = |label: &&Label| {
                let below = label.y > area.top && label.y < area.bottom + 5.0;
                below && label.x > area.right
            };
            let mut labels = scene.labels.iter().filter(beside);
            assert!(labels.any(|label| label.text == text && label.bold));
            (area.right - area.left) / half
        };
        let alone = of("its own start", &row.service);
        let all = of("the start of the batch", &row.sojourn);
        assert!((alone / all - 1.0).abs() < 2e-3, "{alone} {all}");
    }
}

/// The bars are as long as the floors of the twins, the longest first, and the
/// numbers of the title stand beside them.
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
    }
}
