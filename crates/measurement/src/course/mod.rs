//! The course: what each lesson measures, and what it asks to be predicted.
//!
//! A lesson's numbers come from records like any other's; all of them are of
//! the act [`Lesson`](crate::record::Act::Lesson), and the run says which
//! lesson it was.

pub mod ask;
pub mod formula;
mod lesson;
pub mod prediction;
mod table;

pub use ask::{Ask, Quantity};
pub use lesson::{Cell, Failing, Lesson};
pub use table::{JOB_NS, LESSONS, SLOW_CONSUMER};

impl Lesson {
    /// The lesson after this one; `None` if it is the last.
    ///
    /// Not always the next number: a lesson keeps its number, whichever is
    /// written first.
    pub fn next(&self) -> Option<&'static Lesson> {
        LESSONS.iter().find(|lesson| lesson.number > self.number)
    }
}

/// The lesson of that number; `None` if there is none.
pub fn lesson(number: u8) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.number == number)
}

/// The numbers of all lessons, in words: `1 to 5, 7, 8`.
pub fn numbers() -> String {
    in_words(LESSONS.iter().map(|lesson| lesson.number))
}

/// Numbers that ascend; three and more in a row are a range.
fn in_words(numbers: impl Iterator<Item = u8>) -> String {
    let mut rows: Vec<(u8, u8)> = Vec::new();
    for number in numbers {
        match rows.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => rows.push((number, number)),
        }
    }
    let row = |(first, last): (u8, u8)| match last - first {
        0 => format!("{first}"),
        1 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    };
    rows.into_iter().map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn a_gap_between_lessons_is_said() {
        let words = |numbers: &[u8]| in_words(numbers.iter().copied());
        assert_eq!(words(&[1, 2, 3, 4, 5]), "1 to 5");
        assert_eq!(words(&[1, 2, 3, 5, 7, 8]), "1 to 3, 5, 7, 8");
        assert_eq!(words(&[1]), "1");
    }
}
