//! What must hold of every picture of other people's clients beside ours.

use measurement::compare::{compare, twins};
use measurement::peers::{PEERS_VERSION, PeerRow, PeersSummary};
use measurement::statistics::estimate;
use measurement::ways;
use proptest::prelude::*;

use super::any::numbers;
use super::{area_of, assert_readable, complaint, scenes_of};
use crate::chart::peers::{caption_peers, compare_peers, plot};
use crate::finding::LONGEST;
use crate::palette::Paint;
use crate::scene::{Mark, Shape};

/// A client whose request costs so much in each of nine rounds, µs.
fn row(client: &str, ours: bool, cost_us: f64) -> PeerRow {
    let rounds = |middle: f64| {
        let round = |i: i32| middle * (1.0 + f64::from(i) / 1000.0);
        estimate(&(-4..=4).map(round).collect::<Vec<_>>())
    };
    PeerRow {
        client: client.to_owned(),
        ours,
        valid: 9,
        failure: None,
        requests_per_second: rounds(4e5 / cost_us),
        speed_ratio: None,
        cpu_per_request_ns: rounds(1e3 * cost_us),
        cpu_ratio: None,
        server_cpu_per_request_ns: rounds(5000.0),
        start_cpu_ns: rounds(4e6),
        peak_rss_bytes: rounds(5e6),
        threads: rounds(2.0),
        found: Vec::new(),
    }
}

fn summary(rows: Vec<PeerRow>) -> PeersSummary {
    let quiet = estimate(&[0.99, 1.0, 1.0, 1.0, 1.0, 1.01]).unwrap();
    PeersSummary {
        schema_version: PEERS_VERSION,
        run_id: "peers-2026-01-02T03-04-05Z".to_owned(),
        concurrency: 64,
        wait_ns: 0,
        reference: "wrk".to_owned(),
        cpu_twins: Some(twins(&["wrk"], quiet.clone())),
        speed_twins: Some(twins(&["wrk"], quiet)),
        rows,
    }
}

/// The event loop beside wrk, at so much of its cost.
fn at_a_ratio(ratio: f64) -> PeersSummary {
    let mut ours = row(ways::EVENT_LOOP.id, true, 6.0 * ratio);
    let mut summary = summary(Vec::new());
    let ratios = estimate(&[ratio; 9]).unwrap();
    ours.cpu_ratio = Some(compare(ratios, summary.cpu_twins.as_ref()));
    summary.rows = vec![ours, row("wrk", false, 6.0)];
    summary
}

#[test]
fn the_title_says_who_costs_less() {
    let title = |ratio| caption_peers(&at_a_ratio(ratio)).title;
    assert_eq!(
        title(0.85),
        "The event loop takes 15 % less CPU than wrk for a request: 5.1 µs"
    );
    assert_eq!(
        title(1.25),
        "The event loop takes 25 % more CPU than wrk for a request: 7.5 µs"
    );
    assert_eq!(
        title(1.01),
        "The event loop takes about as little CPU as wrk: 6.1 µs and 6.0 µs a \
         request"
    );
    let mut several = at_a_ratio(1.01);
    several.rows.extend([row("ab", false, 5.9), row("oha", false, 9.0)]);
    assert_eq!(
        caption_peers(&several).title,
        "The event loop takes about as little CPU as ab and wrk: 5.9 to 6.1 µs \
         a request"
    );
    let alone = summary(vec![row(ways::POOL.id, true, 16.0)]);
    let title = caption_peers(&alone).title;
    assert_eq!(title, "A request costs 16 µs of CPU, by who makes it");
}

#[test]
fn where_a_peer_is_better_it_is_said() {
    let said = |ratio| compare_peers(&at_a_ratio(ratio));
    assert_eq!(
        said(1.25)[..3],
        [
            "CPU of a request: event loop 7.5 µs, wrk 6.0 µs: a peer is better",
            "requests a second: event loop 53,333, wrk 66,667: a peer is \
             better",
            "memory: event loop 4.8 MiB, wrk 4.8 MiB: no visible difference",
        ]
    );
    assert!(said(0.8)[1].ends_with("ours is better"), "{:?}", said(0.8));
    assert_eq!(
        said(1.0)[4],
        "the same client twice differs by up to 2 % in CPU, 2 % in requests \
         a second"
    );
    let mut noisy = at_a_ratio(1.25);
    let apart = estimate(&[0.7, 0.8, 1.0, 1.0, 1.2, 1.3]).unwrap();
    noisy.cpu_twins = Some(twins(&["wrk"], apart));
    let noisy = compare_peers(&noisy);
    assert!(noisy[0].ends_with("too noisy to tell"), "{noisy:?}");
    let few = PeersSummary { cpu_twins: None, ..at_a_ratio(0.8) };
    assert!(compare_peers(&few)[0].ends_with("too few rounds to tell"));
}

/// Bars are as long as their numbers, but for those beyond the scale.
#[test]
fn bars_are_as_long_as_they_say() {
    let costs = [5.0, 10.0, 40.0, 900.0];
    let names = ["wrk", "oha", "aiohttp", "requests"];
    let rows = names.iter().zip(costs);
    let rows = rows.map(|(name, cost)| row(name, false, cost)).collect();
    let summary = summary(rows);
    let title = caption_peers(&summary).title;
    let scenes = scenes_of(plot(&summary), &title).unwrap();
    assert_readable(&scenes);
    for scene in &scenes {
        let told = |mark: &&Mark| mark.hover.contains("cpu time of a request");
        let bars = scene.marks.iter().filter(told).map(area_of);
        let long: Vec<f64> = bars.map(|bar| bar.right - bar.left).collect();
        let [one, two, eight] = long[..] else { panic!("{long:?}") };
        assert!((two / one - 2.0).abs() < 0.01, "{long:?}");
        assert!((eight / one - 8.0).abs() < 0.01, "{long:?}");
        // A bar that is cut off would look as long as others: an arrow says
        // where it would go on.
        let arrow = |mark: &&Mark| {
            let filled = matches!(mark.shape, Shape::Polygon(_));
            filled && mark.paint == Paint::Ink
        };
        assert_eq!(scene.marks.iter().filter(arrow).count(), 1);
        let said = |text| scene.labels.iter().any(|l| l.text == text);
        assert!(
            said("900 µs, off the scale") && said("5.0 µs"),
            "{:?}",
            scene.labels
        );
    }
}

#[test]
fn nobody_is_no_picture() {
    assert!(plot(&summary(Vec::new())).is_err());
    let unknown = PeerRow {
        cpu_per_request_ns: None,
        requests_per_second: None,
        ..row("wrk", false, 1.0)
    };
    assert!(plot(&summary(vec![unknown])).is_err());
}

fn any_row() -> impl Strategy<Value = PeerRow> {
    let name = prop_oneof![
        Just("event-loop".to_owned()),
        Just("wrk".to_owned()),
        "\\PC{0,40}",
    ];
    (name, any::<bool>(), numbers(), numbers(), numbers()).prop_map(
        |(client, ours, cpu, speed, memory)| PeerRow {
            requests_per_second: speed,
            cpu_ratio: cpu.clone().map(|ratio| compare(ratio, None)),
            cpu_per_request_ns: cpu,
            peak_rss_bytes: memory,
            ..row(&client, ours, 1.0)
        },
    )
}

proptest! {
    #[test]
    fn any_clients_can_be_read(
        rows in proptest::collection::vec(any_row(), 0..21),
        wait_ns in prop_oneof![Just(0_u64), any::<u64>()],
    ) {
        let summary = PeersSummary { wait_ns, ..summary(rows) };
        let title = caption_peers(&summary).title;
        prop_assert!(title.chars().count() <= LONGEST, "{title}");
        if let Some(scenes) = scenes_of(plot(&summary), &title) {
            for scene in &scenes {
                prop_assert_eq!(complaint(scene), None);
            }
        }
    }
}
