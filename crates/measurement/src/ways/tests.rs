use std::num::NonZeroUsize;

use super::*;
use crate::course;

#[test]
fn each_thing_has_one_name_and_each_name_is_of_one_thing() {
    for way in all() {
        let same = |other: &&Way| {
            other.id == way.id
                || other.name == way.name
                || other.short == way.short
        };
        assert_eq!(all().filter(same).count(), 1, "{}", way.id);
        assert_ne!(way.short, "threads", "threads alone names no strategy");
        assert_ne!(way.name, "threads", "threads alone names no strategy");
    }
}

#[test]
fn the_lessons_are_those_of_the_course_in_its_order() {
    let ways: Vec<&str> = LESSONS.iter().map(|way| way.id).collect();
    let lessons: Vec<&str> =
        course::LESSONS.iter().map(|lesson| lesson.name).collect();
    assert_eq!(ways, lessons);
}

/// Its formula is what its chart draws.
#[test]
fn the_sharing_of_each_lesson_has_a_formula() {
    for way in LESSONS.iter().chain(BY_HAND) {
        let needs = way.sharing.makespan(&[1], NonZeroUsize::MIN);
        assert_eq!(needs, Some(1), "{}", way.id);
    }
}

#[test]
fn a_pair_of_the_same_look_does_not_exist_among_the_lessons() {
    for way in LESSONS.iter().filter(|way| way.kin != Kin::Other) {
        let looks =
            |other: &&Way| (other.kin, other.hollow) == (way.kin, way.hollow);
        let same = LESSONS.iter().filter(looks).count();
        assert_eq!(same, 1, "{}", way.id);
    }
}
