//! What may be said of the ladder of clients.

use charts::has_ladder;

use super::*;

#[test]
fn the_ladder_names_what_each_client_costs() {
    let of = |costs| finding_clients(&sweep::ladder(costs));
    assert_eq!(
        of([6.1, 8.0, 9.1, 12.0]),
        "A ping costs its client 6.1 µs of CPU by hand, 8.0 on hyper, 12 on \
         reqwest"
    );
    // The rounds of the two lie within each other.
    assert_eq!(
        of([6.1, 6.1, 6.1, 6.15]),
        "A ping costs 6.1 µs of CPU by hand, 6.2 on reqwest: no visible \
         difference"
    );
    let mut busy = sweep::ladder([6.1, 8.0, 9.1, 12.0]);
    busy.batches[0].rows[1].notes.push(Note::Disturbed);
    assert_eq!(
        finding_clients(&busy),
        "A ping costs 6.1 µs of CPU by hand, 8.0 on hyper, 12 on reqwest (busy \
         machine)"
    );
    let mut two = sweep::ladder([6.1, 8.0, 9.1, 12.0]);
    two.batches[0].rows.drain(1..3);
    assert_eq!(
        finding_clients(&two),
        "A ping on reqwest costs 1.97× the CPU of one by hand"
    );
}

#[test]
fn a_step_that_the_rounds_do_not_show_is_not_told_as_one() {
    let steps = |costs| caption_clients(&sweep::ladder(costs)).also;
    assert_eq!(
        steps([6.0, 8.0, 8.0, 12.0]),
        [
            "hyper adds 2.0 µs.",
            "What hyper-util adds cannot be seen.",
            "reqwest adds 4.0 µs."
        ]
    );
}

#[test]
fn one_client_is_no_ladder() {
    let mut run = sweep::ladder([6.1, 8.0, 9.1, 12.0]);
    assert!(has_ladder(&run.batches[0]));
    run.batches[0].rows.truncate(1);
    assert!(!has_ladder(&run.batches[0]));
    assert!(!quiet().batches.iter().any(has_ladder));
    let footer = Footer { text: String::new() };
    let drawn = charts::clients(&run, &footer, Theme::Light);
    assert!(matches!(drawn, Err(ChartError::NotTold { .. })));
}
