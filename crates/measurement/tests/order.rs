//! Random order that a seed repeats, and turns.

use std::collections::HashSet;

use measurement::order::{SplitMix64, shuffled, twin};
use proptest::prelude::*;

/// Of the reference implementation in C by Sebastiano Vigna.
#[test]
fn splitmix64_gives_the_numbers_of_its_reference() {
    let mut random = SplitMix64::new(0);
    assert_eq!(random.next_u64(), 0xe220_a839_7b1d_cdaf);
    assert_eq!(random.next_u64(), 0x6e78_9e6a_a1b9_65f4);
    assert_eq!(random.next_u64(), 0x06c4_5d18_8009_454f);
}

/// Seeds stand in records: what one meant, it must mean for ever.
#[test]
fn a_seed_means_the_same_order_for_ever() {
    assert_eq!(shuffled(5, 42, 0), [1, 2, 0, 4, 3]);
    assert_eq!(shuffled(5, 42, 1), [3, 0, 4, 1, 2]);
}

#[test]
fn every_strategy_has_its_turn_to_run_twice_and_the_reference_every_third() {
    let turns = |others, rounds: u32| -> Vec<Option<usize>> {
        (0..rounds).map(|round| twin(round, others)).collect()
    };
    let of = |own: &[i32]| -> Vec<Option<usize>> {
        own.iter().map(|turn| usize::try_from(*turn).ok()).collect()
    };
    // As in a plain run: the uneven waits, and those without.
    assert_eq!(turns(3, 6), of(&[-1, 0, 1, -1, 2, 0]));
    assert_eq!(turns(5, 9), of(&[-1, 0, 1, -1, 2, 3, -1, 4, 0]));
    assert_eq!(turns(1, 4), of(&[-1, 0, 0, -1]));
    assert_eq!(turns(0, 3), of(&[-1, -1, -1]));
    assert!(twin(u32::MAX, 7).is_none());
}

#[test]
fn every_round_has_an_order_of_its_own() {
    let rounds = 0..100;
    let orders: HashSet<_> =
        rounds.clone().map(|round| shuffled(20, 1, round)).collect();
    assert_eq!(orders.len(), rounds.len());
}

#[test]
fn each_of_the_orders_comes_up_about_as_often() {
    let mut times = [0; 6];
    for round in 0..6_000 {
        let order = shuffled(3, 1, round);
        times[order[0] * 2 + usize::from(order[1] > order[2])] += 1;
    }
    // Six standard deviations either side.
    assert!(times.iter().all(|n| (827..=1173).contains(n)), "{times:?}");
}

proptest! {
    #[test]
    fn an_order_has_each_place_once(
        n in 0..50_usize,
        seed: u64,
        round: u32,
    ) {
        let mut order = shuffled(n, seed, round);
        prop_assert_eq!(&order, &shuffled(n, seed, round));
        order.sort_unstable();
        prop_assert!(order.into_iter().eq(0..n));
    }
}
