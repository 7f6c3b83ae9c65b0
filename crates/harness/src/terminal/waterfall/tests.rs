use measurement::lanes;
use measurement::ways::Kin;

use super::*;

fn spans(times: &[(u64, u64)]) -> Vec<Span> {
    Span::in_lanes(times, &lanes::assign(times))
}

#[test]
fn two_lanes_share_a_row() {
    let both = spans(&[(0, 10), (0, 5)]);
    assert_eq!(rows(&both, 10, 10), ["█████▄▄▄▄▄"]);
}

#[test]
fn a_gap_is_seen() {
    let waves = spans(&[(0, 4), (0, 2), (6, 10), (6, 8)]);
    assert_eq!(rows(&waves, 10, 10), ["██▄▄··██▄▄"]);
}

#[test]
fn panels_share_a_scale() {
    let panel = |name: &str, end| Panel {
        title: name.to_owned(),
        ink: Ink::Strategy(Kin::Other),
        spans: spans(&[(0, end)]),
    };
    let drawn = waterfall(&[panel("slow", 10), panel("quick", 5)], 10);
    assert_eq!(drawn, ["slow", "  ▀▀▀▀▀▀▀▀▀▀", "quick", "  ▀▀▀▀▀·"]);
}

#[test]
fn the_shortest_request_is_seen() {
    assert_eq!(rows(&spans(&[(500, 500), (0, 1000)]), 1000, 4), ["▀▀█▀"]);
}

#[test]
fn more_lanes_than_rows_are_counted() {
    let many = spans(&[(0, 10); 40]);
    let rows = rows(&many, 10, 4);
    assert_eq!(rows.len(), ROWS + 1);
    assert_eq!(rows.last().map(String::as_str), Some("and 8 more slots"));
}

#[test]
fn nothing_at_all_draws_nothing_at_all() {
    assert_eq!(waterfall(&[], 10), Vec::<String>::new());
    assert_eq!(rows(&[], 1, 10), Vec::<String>::new());
}

#[test]
fn a_row_for_each_lane_tells_one_request_from_the_next() {
    let panel = Panel {
        title: "p".into(),
        ink: Ink::Muted,
        spans: vec![
            Span { start_ns: 0, end_ns: 4, lane: 0, answered: true },
            Span { start_ns: 4, end_ns: 8, lane: 0, answered: true },
            Span { start_ns: 2, end_ns: 3, lane: 1, answered: true },
            Span { start_ns: 4, end_ns: 7, lane: 1, answered: false },
        ],
    };
    let lines = lanes(&[panel], 8);
    assert_eq!(lines, ["p", "  ███▊███▊", "  ··▊·██×·"]);
}
