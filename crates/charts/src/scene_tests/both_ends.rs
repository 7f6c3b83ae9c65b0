//! Lesson 7's chart: a cross only where the server saw a client go, and every
//! bar where the records say.

use measurement::course::Cell;
use measurement::record::Trial;
use measurement::witness::End;

use super::area_of;
use super::fixture::lesson::{run, summary, trials};
use crate::both_ends::{layout::layout, panels};
use crate::form::WIDE;
use crate::palette::Paint;
use crate::scene::{Area, Dash, Mark, Scene, Shape};

fn drawn(trials: &[Trial]) -> Scene {
    let summary = summary(trials);
    let batch = &summary.batches[0];
    let panels = panels(batch, trials).unwrap();
    let [wide, _] = layout(batch, &panels, "title", &super::footer());
    wide
}

fn crosses(scene: &Scene) -> usize {
    let stroke = |mark: &&Mark| {
        mark.paint == Paint::Ink
            && matches!(mark.shape, Shape::Line { dash: Dash::Solid, width, .. }
                if width > WIDE.rule)
    };
    scene.marks.iter().filter(stroke).count() / 2
}

#[test]
fn a_cross_is_where_the_server_saw_a_client_go() {
    let (_, all) = run(7);
    // One in the key, one in the panel of tasks.
    assert_eq!(crosses(&drawn(&all)), 2);
    let of = |name: &'static str| {
        let own = move |cell: &Cell| cell.strategy == name;
        crosses(&drawn(&trials(7, 3, own)))
    };
    assert_eq!(of("deadlines-polling"), 0);
    assert_eq!(of("deadlines-channel"), 0);
    assert_eq!(of("deadlines"), 2);
}

#[test]
fn bars_are_where_the_records_say() {
    for name in ["deadlines-polling", "deadlines-channel", "deadlines"] {
        let all = trials(7, 1, |cell| cell.strategy == name);
        let samples = &all[0].valid().unwrap().samples;
        let scene = drawn(&all);
        let paint = Paint::of_strategy(name);
        // The key comes before the panel.
        let begins = scene.marks.iter().position(|mark| mark.paint == paint);
        let marks = &scene.marks[begins.unwrap()..];
        let bars = |paint: Paint, hollow: bool| -> Vec<Area> {
            let own = marks.iter().filter(|mark| mark.paint == paint);
            let own = own.filter(|mark| match mark.shape {
                Shape::Bar(_) => !hollow,
                Shape::Outline(_) => hollow,
                _ => false,
            });
            own.map(area_of).collect()
        };
        // The second one is long enough to be a scale.
        let scale = bars(paint, false)[1];
        let (from, to) = (samples.start_ns[1], samples.end_ns[1]);
        let pixel = (to - from) as f64 / (scale.right - scale.left);
        let moment = |x: f64| (x - scale.left) * pixel + from as f64;
        let at = |x: f64, ns: f64| {
            assert!((moment(x) - ns).abs() < pixel, "{name}: {x} is not {ns}");
        };
        // The third has no answer, and is hollow.
        let missing = bars(paint, true);
        assert_eq!(missing.len(), 1, "{name}");
        at(missing[0].right, samples.end_ns[2] as f64);
        let served = bars(Paint::Muted, false);
        let gone = samples.ended[2] == Some(End::Aborted);
        let sent = samples.sent_ns[2].unwrap() as f64;
        at(served[1].right, samples.sent_ns[1].unwrap() as f64);
        at(served[2].left, samples.received_ns[2].unwrap() as f64);
        at(served[2].right, sent.min(samples.end_ns[2] as f64));
        let alone = bars(Paint::Muted, true);
        at(alone[0].right, sent);
        // What it needs to see that its client has gone is shorter than a
        // pixel.
        assert_eq!(alone[0].right - alone[0].left < 1.0, gone, "{name}");
    }
}
