//! The marks of the lessons' charts go back to the numbers that they were made
//! from.

use measurement::course::Quantity;
use measurement::record::{Measured, Trial};
use measurement::summary::Summary;
use measurement::witness::End;
use measurement::{course, ways};

use super::fixture::lesson::run;
use super::{area_of, footer};
use crate::chart::lesson::scenes;
use crate::palette::Paint;
use crate::scene::{Area, Dash, Mark, Scene, Shape};

fn drawn(number: u8, run: &(Summary, Vec<Trial>)) -> [Scene; 2] {
    scenes(number, &run.0, &run.1, None, "title", &footer()).unwrap()
}

/// Where the marks are that say this on hover.
fn told(scene: &Scene, hover: &str) -> Vec<Area> {
    let says = |mark: &&Mark| mark.hover.starts_with(hover);
    scene.marks.iter().filter(says).map(area_of).collect()
}

fn width(area: &Area) -> f64 {
    area.right - area.left
}

/// The median trial of a strategy with so many workers.
fn measured<'a>(
    (summary, trials): &'a (Summary, Vec<Trial>),
    strategy: &str,
    workers: usize,
) -> &'a Measured {
    let mut batches = summary.batches.iter();
    let batch = batches.find(|batch| batch.concurrency == workers).unwrap();
    let row = batch.rows.iter().find(|row| row.strategy == strategy).unwrap();
    trials[row.median_trial.unwrap() as usize].valid().unwrap()
}

fn close(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-3 * b.abs(), "{what}: {a} is not {b}");
}

/// In the bar of lesson 1 work is a hairline, and in its beginning a hundred
/// times as long as it was.
#[test]
fn work_is_drawn_as_long_as_it_was() {
    let run = run(1);
    let ask = |of: Quantity| {
        let asks = course::lesson(1).unwrap().asks.iter();
        let ask = asks.into_iter().find(|ask| ask.quantity == of);
        ask.unwrap().measured(&run.0).unwrap()
    };
    let part = ask(Quantity::Cpu) / ask(Quantity::Makespan);
    for scene in drawn(1, &run) {
        let name = "one by one, 6 pings, 1 in flight: ";
        let bars = told(&scene, name);
        let [whole, work, start, magnified, ..] = bars.as_slice() else {
            panic!("{} bars", bars.len())
        };
        close(width(start), width(whole), "the beginning");
        assert!((1.0..4.0).contains(&width(work)), "{}", width(work));
        close(width(magnified) / width(start), 100.0 * part, "magnified");
    }
}

/// No bar is cut off: ten times as many pings, ten times the length. What was
/// measured is a hairline beside, and once more in its own panel.
#[test]
fn the_bars_of_lesson_2_are_as_long_as_they_say() {
    let run = run(2);
    for scene in drawn(2, &run) {
        let pale = scene.marks.iter().filter(|mark| {
            mark.paint == Paint::Idle && matches!(mark.shape, Shape::Bar(_))
        });
        // After the sample of the key.
        let pale: Vec<f64> =
            pale.skip(1).map(|mark| width(&area_of(mark))).collect();
        assert_eq!(pale.len(), 3);
        close(pale[1] / pale[0], 10.0, "60 pings");
        close(pale[2] / pale[1], 10.0, "600 pings");
        let bars = [6, 600].map(|pings| {
            let name = format!("threads (waves), {pings} pings");
            let bars = told(&scene, &name);
            assert!(width(&bars[0]) < 4.0 && bars.len() == 2);
            let ns = measured(&run, ways::WAVES.id, pings).makespan_ns;
            (width(&bars[1]), ns as f64)
        });
        let [few, many] = bars;
        close(many.0 / few.0, many.1 / few.1, "magnified");
    }
}

/// Each ping is a bar, from when to when the client had it in flight.
#[test]
fn the_pings_of_lesson_4_are_where_the_records_say() {
    let run = run(4);
    for scene in drawn(4, &run) {
        for workers in [33, 34] {
            let hover = format!("a ping of {workers} workers");
            let bars = told(&scene, &hover);
            let samples = &measured(&run, ways::POOL.id, workers).samples;
            assert_eq!(bars.len(), samples.start_ns.len());
            let start = |i: usize| samples.start_ns[i] as f64;
            // The first turn and the last one are the scale.
            let left = |i: usize| bars[i].left;
            let last = bars.len() - 1;
            let pixel = (start(last) - start(0)) / (left(last) - left(0));
            for (i, bar) in bars.iter().enumerate() {
                let read = start(0) + (bar.left - left(0)) * pixel;
                assert!((read - start(i)).abs() < pixel, "{i}: {read}");
            }
        }
    }
}

/// The stairs of F2 go through the measured points of a machine without
/// overhead.
#[test]
fn the_points_of_lesson_4_stand_on_the_stairs() {
    for scene in drawn(4, &run(4)) {
        let dotted = scene.marks.iter().find_map(|mark| match &mark.shape {
            Shape::Path { points, dash: Dash::Dotted, .. } => Some(points),
            _ => None,
        });
        let stairs = dotted.unwrap();
        for workers in [10, 33, 34, 49] {
            let hover = format!(
                "worker pool (queue), 100 pings, {workers} in flight: "
            );
            let area = told(&scene, &hover)[0];
            let (x, y) = (
                (area.left + area.right) / 2.0,
                (area.top + area.bottom) / 2.0,
            );
            // The stair that begins there, or before.
            let stair = stairs.iter().rev().find(|at| at.0 <= x + 0.5);
            let on = stair.is_some_and(|at| (at.1 - y).abs() < 5.0);
            assert!(on, "{workers} workers");
        }
    }
}

/// Hollow is what the server did for nobody: nothing where it saw its client
/// go.
#[test]
fn the_slowest_ping_of_lesson_7_is_where_the_records_say() {
    let run = run(7);
    let workers = course::lesson(7).unwrap().cells[0].concurrency;
    let [scene, _] = drawn(7, &run);
    let rows = ["deadlines-polling", "deadlines-channel", "deadlines"];
    for (row, name) in rows.into_iter().enumerate() {
        let samples = &measured(&run, name, workers).samples;
        let hover = format!("{}: the client waits", ways::name(name));
        let client = told(&scene, &hover)[0];
        let (from, to) = (samples.start_ns[2], samples.end_ns[2]);
        let pixel = (to - from) as f64 / width(&client);
        let sent = samples.sent_ns[2].unwrap() as f64;
        let hollow = scene.marks.iter().filter(|mark| {
            mark.hover.starts_with("for nobody: ")
                && matches!(mark.shape, Shape::Outline(_))
        });
        let hollow: Vec<Area> = hollow.map(area_of).collect();
        let own = hollow.iter().find(|area| {
            (client.bottom..client.bottom + 30.0).contains(&area.top)
        });
        let end = own.unwrap_or_else(|| panic!("{name}")).right;
        let read = from as f64 + (end - client.left) * pixel;
        assert!((read - sent).abs() < pixel, "{name}: {read} is not {sent}");
        let gone = samples.ended[2] == Some(End::Aborted);
        assert_eq!(gone, row == 2);
        assert_eq!(width(own.unwrap()) < 1.0, gone, "{name}");
    }
}

/// A bar is as long as the pings that are lost.
#[test]
fn the_bars_of_lesson_6_are_as_long_as_they_say() {
    let run = run(6);
    for scene in drawn(6, &run) {
        let of_one =
            [(ways::BUFFER_UNORDERED, 15.0), (ways::FUTURES_UNORDERED, 19.0)]
                .map(|(way, late)| {
                    let hover = format!("{}, 20 pings", way.name);
                    let mut marks = scene.marks.iter().filter(|mark| {
                        mark.hover.starts_with(&hover)
                            && mark.hover.contains(" lost")
                    });
                    width(&area_of(marks.next().unwrap())) / late
                });
        assert!((of_one[0] / of_one[1] - 1.0).abs() < 0.01, "{of_one:?}");
    }
}

/// Where few come at a time, each has a bar.
#[test]
fn every_request_of_lesson_8_is_drawn() {
    let run = run(8);
    let arrivals = &measured(&run, ways::GOOD_MANNERS.id, 100).arrivals;
    let all: u64 = arrivals.iter().sum();
    let few = |area: &Area, highest: f64| area.bottom - area.top < highest;
    for scene in drawn(8, &run) {
        let mut labels = scene.labels.iter();
        let title =
            labels.find(|l| l.text.starts_with("Good manners: ")).unwrap();
        let bars = scene.marks.iter().filter(|mark| {
            mark.hover.contains(" after ") && area_of(mark).top > title.y
        });
        let bars: Vec<Area> = bars.map(area_of).collect();
        assert_eq!(bars.len() as u64, all);
        assert!(bars.iter().all(|bar| few(bar, 100.0)));
    }
}

/// Each panel has a bar for each way, as long as what it took.
#[test]
fn the_bars_of_lesson_9_are_as_long_as_they_say() {
    let run = run(9);
    let mut batches = run.0.batches.iter();
    let batch = batches.find(|batch| batch.concurrency == 2048).unwrap();
    let row = |id: &str| batch.rows.iter().find(|r| r.strategy == id).unwrap();
    let own = row(ways::EVENT_LOOP.id);
    for scene in drawn(9, &run) {
        let bars = |id: &str| told(&scene, &format!("{}, 4", ways::name(id)));
        let of_loop = bars(ways::EVENT_LOOP.id);
        for id in [ways::TASKS.id, ways::TASKS_BY_HAND.id] {
            let found = bars(id).into_iter().zip(&of_loop);
            let found: Vec<f64> =
                found.map(|(bar, own)| width(&bar) / width(own)).collect();
            let of = |quantity: Quantity| {
                let [one, other] = [row(id), own]
                    .map(|row| quantity.of(row, batch.requests).unwrap());
                one / other
            };
            let expected =
                [Quantity::Cpu, Quantity::Memory, Quantity::Makespan].map(of);
            assert_eq!(found.len(), expected.len(), "{id}");
            for (found, expected) in found.into_iter().zip(expected) {
                close(found, expected, id);
            }
        }
    }
}

/// From one mark to another it is as far as the speed-ups are apart.
#[test]
fn lesson_11_draws_how_many_times_as_fast() {
    let run = run(11);
    let speed_up = |strategy: &str, c: usize| {
        let of = |strategy: &str, c: usize| {
            let all = run.0.batches.iter().filter(|b| b.requests == 48);
            let mut all = all.filter(|batch| batch.concurrency == c);
            let mut rows = all.next().unwrap().rows.iter();
            let row = rows.find(|row| row.strategy == strategy).unwrap();
            row.makespan_ns.as_ref().unwrap().median
        };
        of(ways::CPU_WORK.id, 1) / of(strategy, c)
    };
    let marks = [
        (ways::CPU_WORK, 2),
        (ways::COMPUTING_JOIN_ALL, 8),
        (ways::CPU_WORK, 8),
    ];
    for scene in drawn(11, &run) {
        let places = marks.map(|(way, c)| {
            let hover = format!("{}, 48 pings, {c} in flight", way.name);
            let area = told(&scene, &hover)[0];
            (speed_up(way.id, c), f64::midpoint(area.top, area.bottom))
        });
        let [low, least, high] = places;
        let part = (low.1 - least.1) / (low.1 - high.1);
        let should = (least.0 - low.0) / (high.0 - low.0);
        assert!((part - should).abs() < 0.01, "{part} is not {should}");
    }
}

/// A job that was cut off comes again when the ack wait is over, and is drawn
/// there; with the ack first it does not.
#[test]
fn what_died_in_lesson_12_is_drawn_again_where_it_came_again() {
    let run = run(12);
    let trial = measured(&run, ways::MANY_MACHINES.id, 12);
    let shared = trial.shared.as_ref().unwrap();
    let own = shared.cut_off[0];
    let job = own.ping as usize;
    let received = trial.samples.received_ns[job].unwrap();
    let should = (received - own.received_ns) as f64
        / (own.gone_ns - own.received_ns) as f64;
    for scene in drawn(12, &run) {
        let cut = told(&scene, &format!("job {job}, worker 1: cut off"));
        let again =
            told(&scene, &format!("job {job}, worker 2, handed out again"));
        assert_eq!((cut.len(), again.len()), (2, 1), "in two panels, in one");
        let part = (again[0].left - cut[0].left) / width(&cut[0]);
        assert!((part / should - 1.0).abs() < 0.05, "{part} is not {should}");
        let all = scene.marks.iter();
        let all = all.filter(|mark| mark.hover.contains("handed out again"));
        assert_eq!(all.count(), shared.again());
    }
}
