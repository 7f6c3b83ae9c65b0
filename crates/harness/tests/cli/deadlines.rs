//! Lesson 7: what a deadline leaves behind is seen, and nobody waits for it
//! after Ctrl-C.

use measurement::course::lesson;
use measurement::witness::End;
use tempfile::TempDir;

use crate::common::{measured, only_folder, text, trials, until, written};
use crate::terminal::Terminal;

#[test]
fn what_a_deadline_leaves_behind_is_seen() {
    let cells = lesson(7).unwrap().cells;
    let reports = TempDir::new().unwrap();
    let folder = text(reports.path());
    let args = ["lesson", "7", "--skip", "--reports", folder];
    let mut terminal = Terminal::start(&args);
    // Every strategy has been recorded once.
    until("a round has been recorded", || {
        (written(reports.path())? >= cells.len()).then_some(())
    });
    terminal.ctrl_c();
    terminal.shows("has no answer");
    assert_eq!(terminal.end(), 130);
    let folder = only_folder(reports.path());
    let trials = trials(&folder);
    for cell in cells {
        let mut own =
            trials.iter().filter(|t| t.spec.strategy == cell.strategy);
        let trial = own.next().expect("each ran once");
        let measured = measured(trial);
        let (server, samples) = (&measured.server, &measured.samples);
        assert_eq!(trial.spec.limit_ns, cell.limit_ns);
        assert_eq!(samples.status[2], None, "the third comes too late");
        // Whatever was left behind, it was waited for.
        assert_eq!((server.requests, server.in_flight), (4, 0));
        let (left, ended) = (measured.left_in_flight, samples.ended[2]);
        let what = (left, ended, server.aborted);
        match cell.strategy {
            // The server sees it in a moment, before or after we ask.
            "deadlines" => {
                assert!(left <= Some(1), "{what:?}");
                assert_eq!(ended, Some(End::Aborted), "{what:?}");
            }
            // Its thread lived on, and took the answer.
            other => assert_eq!(
                what,
                (Some(1), Some(End::Done), 0),
                "the server works on after {other}"
            ),
        }
    }
}
