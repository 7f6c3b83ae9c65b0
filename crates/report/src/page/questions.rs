//! What a reader wants to know, in that order, and which pictures and numbers
//! answer it.

use measurement::summary::Summary;

use super::numbers::{self, Numbers};

/// A question and what answers it.
pub(super) struct Question {
    /// Its anchor on the page.
    pub(super) id: &'static str,
    pub(super) words: &'static str,
    /// Its pictures, in their order.
    pub(super) charts: &'static [&'static str],
    /// Its numbers, in four columns; `None` if they were not measured.
    pub(super) numbers: fn(&Summary) -> Option<Numbers>,
}

/// In the order of the page.
pub(super) const QUESTIONS: [Question; 7] = [
    Question {
        id: "help",
        words: "Does it help?",
        charts: &["waterfall-live"],
        numbers: numbers::help,
    },
    Question {
        id: "sharing",
        words: "Does it matter how the work is shared?",
        charts: &["waterfall"],
        numbers: numbers::sharing,
    },
    Question {
        id: "far",
        words: "How far does it go?",
        charts: &["speed-up", "efficiency"],
        numbers: numbers::far,
    },
    Question {
        id: "cost",
        words: "What does it cost?",
        charts: &["cpu-cost", "clients", "memory"],
        numbers: numbers::cost,
    },
    Question {
        id: "capacity",
        words: "How many can be in flight?",
        charts: &["capacity"],
        numbers: numbers::capacity,
    },
    Question {
        id: "caller",
        words: "What would a caller feel?",
        charts: &["latency"],
        numbers: numbers::caller,
    },
    LESSON,
];

/// Its words are the lesson's own.
const LESSON: Question = Question {
    id: "question",
    words: "What does the lesson show?",
    charts: &["lesson"],
    numbers: numbers::lesson,
};

/// What comes after all of them.
pub(super) const TRUST: Question = Question {
    id: "trust-it",
    words: "Can I trust it?",
    charts: &["trust"],
    numbers: numbers::twins,
};

#[cfg(test)]
mod tests {
    use super::*;
    use charts::CHARTS;

    #[test]
    fn each_picture_answers_one_question() {
        let asked = QUESTIONS.iter().chain([&TRUST]);
        let mut asked: Vec<&str> =
            asked.flat_map(|question| question.charts).copied().collect();
        let mut drawn: Vec<&str> =
            CHARTS.iter().map(|chart| chart.name).collect();
        asked.sort_unstable();
        drawn.sort_unstable();
        assert_eq!(asked, drawn);
    }
}
