//! What must hold of every picture of an exam.

use measurement::environment::Ended;
use measurement::exam::{
    Did, EXAM_VERSION, Exam, Handed, Mark as Request, Outcome, Performance,
    SCENES, Scored, Seen, Verdict, Word,
};
use measurement::witness::End;
use proptest::prelude::*;

use super::{area_of, assert_readable, complaint, scenes_of};
use crate::chart::exam::{caption_exam, plot};
use crate::finding::LONGEST;
use crate::palette::Paint;
use crate::scene::{Mark, Shape};

const SECOND: u64 = 1_000_000_000;

fn mark(url: u64, from_ns: u64, to_ns: Option<u64>, again: bool) -> Request {
    let end = if to_ns.is_some() { End::Done } else { End::InFlight };
    Request { url, from_ns, to_ns, status: 200, end, again }
}

fn scored(
    scene: &str,
    word: Word,
    wall_ns: u64,
    requests: Vec<Request>,
) -> Scored {
    let did = Did {
        outcome: Outcome::Ended,
        exits: vec![0],
        wall_ns,
        cpu_ns: None,
        starved_ns: None,
        peak_rss_bytes: None,
        left_processes: 0,
        last_line: String::new(),
        said: None,
    };
    Scored {
        performance: Performance {
            scene: scene.to_owned(),
            urls: 24,
            handed: Handed::List,
            patience_ns: 10 * SECOND,
            seen: Seen::default(),
            did,
            requests,
            requests_left_out: 0,
        },
        verdict: Verdict { word, because: "so it is".to_owned() },
        remarks: Vec::new(),
    }
}

fn exam_of(name: &str, scenes: Vec<Scored>) -> Exam {
    Exam {
        schema_version: EXAM_VERSION,
        run_id: "exam-2026-01-02T03-04-05Z".to_owned(),
        start_utc: "2026-01-02T03:04:05Z".to_owned(),
        command: vec![name.to_owned(), "{urls}".to_owned()],
        handed: Handed::List,
        urls: 24,
        concurrency: None,
        patience_ns: 10 * SECOND,
        scenes,
        end: Ended::Finished,
    }
}

#[test]
fn each_request_has_its_bar_and_each_scene_its_word() {
    let marks = vec![
        mark(1, 0, Some(SECOND), false),
        mark(2, 0, Some(2 * SECOND), false),
        mark(2, 3 * SECOND, Some(4 * SECOND), true),
        mark(3, 3 * SECOND, None, false),
    ];
    let exam = exam_of(
        "/usr/bin/curl",
        vec![
            scored("plain", Word::CarriesOn, 5 * SECOND, marks),
            scored("hang", Word::Hangs, 10 * SECOND, Vec::new()),
        ],
    );
    let title = caption_exam(&exam).title;
    assert_eq!(title, "curl hangs in 1 of 2 scenes");
    let scenes = scenes_of(plot(&exam), &title).unwrap();
    assert_readable(&scenes);
    for scene in &scenes {
        let said = |text| scene.labels.iter().any(|l| l.text == text);
        assert!(said("Carries on in 1 scene") && said("Hangs in 1 scene"));
        let bars: Vec<_> = scene
            .marks
            .iter()
            .filter(|mark| mark.hover.starts_with("URL "))
            .collect();
        assert_eq!(bars.len(), 4);
        let long = |at: usize| match bars[at].shape {
            Shape::Bar(area) | Shape::Outline(area) => area.right - area.left,
            _ => panic!("no bar"),
        };
        assert!((long(1) / long(0) - 2.0).abs() < 0.01);
        assert!((long(3) / long(0) - 2.0).abs() < 0.01);
        assert_eq!(bars[2].paint, Paint::WorkerPool);
        // The lower half of what got no answer has a colour of its own.
        let lost = |mark: &&Mark| {
            mark.paint == Paint::ScopedThreads
                && (area_of(mark).right - area_of(bars[3]).right).abs() < 0.1
                && area_of(mark).top > area_of(bars[3]).top + 1.0
        };
        assert_eq!(scene.marks.iter().filter(lost).count(), 1);
        assert!(said("had to be ended"));
    }
    assert!(plot(&exam_of("curl", Vec::new())).is_err());
}

proptest! {
    #[test]
    fn any_exam_can_be_read(
        name in "\\PC{0,60}",
        rows in proptest::collection::vec(
            (0..7_usize, any::<u64>(), proptest::collection::vec(
                (any::<u64>(), proptest::option::of(any::<u64>()), any::<bool>()),
                0..30,
            )),
            0..SCENES.len(),
        ),
    ) {
        let scenes = rows.into_iter().zip(SCENES).map(|(row, scene)| {
            let (word, wall, requests) = row;
            let word = Word::all().nth(word).unwrap();
            let requests = requests.into_iter().map(|(from, to, again)| {
                mark(1, from, to, again)
            });
            // An hour is the longest that may be asked for.
            let wall = wall % (3700 * SECOND);
            scored(scene.name, word, wall, requests.collect())
        });
        let exam = exam_of(&name, scenes.collect());
        let title = caption_exam(&exam).title;
        prop_assert!(title.chars().count() <= LONGEST, "{title}");
        if let Some(scenes) = scenes_of(plot(&exam), &title) {
            for scene in &scenes {
                prop_assert_eq!(complaint(scene), None);
            }
        }
    }
}
