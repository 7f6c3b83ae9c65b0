//! Folders of strangers: whatever stands there in place of a file, nobody
//! waits for it, nothing of it is followed, and no memory is filled.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use report::{PREDICTION, TRIALS};
use tempfile::TempDir;

use crate::common::{Done, finish, sample, shell, text, trials};

/// Runs it with 64 MiB of memory of its own, and ends it where it waits.
fn within_bounds(args: &[&str]) -> Done {
    let bounds = "ulimit -d 65536; exec timeout 30 \"$@\"";
    let done = finish(shell(bounds, args));
    assert_ne!(done.code, Some(124), "it waits for ever: {args:?}");
    assert!(!done.err.contains("panicked"), "{}", done.err);
    assert!(!done.err.contains("memory allocation"), "{}", done.err);
    done
}

/// Draws a folder again, within these bounds.
pub(crate) fn plot(folder: &Path) -> Done {
    within_bounds(&["plot", text(folder)])
}

/// A way to put something else in the place of a file.
type Swap = fn(&Path);

/// Everything that is no usual file, and a usual one that is too large.
const SWAPS: [(&str, Swap); 10] = [
    ("a pipe", |path| mkfifo(path, Mode::S_IRWXU).unwrap()),
    ("a folder", |path| fs::create_dir(path).unwrap()),
    ("a socket", |path| drop(UnixListener::bind(path).unwrap())),
    ("a link", |path| {
        let pipe = path.with_extension("pipe");
        mkfifo(&pipe, Mode::S_IRWXU).unwrap();
        symlink(pipe, path).unwrap();
    }),
    ("a link", |path| symlink("/dev/zero", path).unwrap()),
    ("a link", |path| symlink("/etc/passwd", path).unwrap()),
    ("a link", |path| symlink("nowhere", path).unwrap()),
    ("a link", |path| symlink(path, path).unwrap()),
    ("a link", |path| {
        // Even one to what was there.
        let kept = path.with_extension("kept");
        symlink(kept, path).unwrap();
    }),
    ("it is none of ours", |path| {
        // It takes no room on the disk.
        fs::File::create(path).unwrap().set_len(1 << 40).unwrap();
    }),
];

/// Puts each of them in the place of a file of `folder`, and does something.
fn swap_each(folder: &Path, name: &str, mut act: impl FnMut(&str)) {
    let path = folder.join(name);
    let kept = path.with_extension("kept");
    if path.exists() {
        fs::rename(&path, &kept).unwrap();
    } else {
        fs::write(&kept, "[]").unwrap();
    }
    for (what, swap) in SWAPS {
        swap(&path);
        act(what);
        let _ = fs::remove_dir(&path).or_else(|_| fs::remove_file(&path));
        let _ = fs::remove_file(path.with_extension("pipe"));
    }
}

#[test]
fn what_is_no_usual_file_is_not_read() {
    for name in ["run.json", TRIALS, PREDICTION] {
        let (_place, folder) = sample();
        swap_each(&folder, name, |what| {
            let done = plot(&folder);
            assert_eq!(done.code, Some(1), "{name}, {what}: {done:?}");
            for word in [name, what] {
                assert!(done.err.contains(word), "{word}: {}", done.err);
            }
            // Not a word of what stands elsewhere.
            assert!(!done.err.contains("root:"), "{}", done.err);
        });
        assert!(!folder.join("index.html").exists());
    }
}

#[test]
fn predictions_are_not_read_from_what_is_no_usual_file() {
    let reports = TempDir::new().unwrap();
    let folder = text(reports.path());
    swap_each(reports.path(), "predictions.json", |what| {
        let args = ["predict", "3", "1s", "1s", "--reports", folder];
        let done = within_bounds(&args);
        assert_eq!(done.code, Some(1), "{what}: {done:?}");
        for word in ["predictions.json", what] {
            assert!(done.err.contains(word), "{word}: {}", done.err);
        }
    });
}

/// The file by which a folder is one, and another one beside it.
#[test]
fn a_folder_that_is_none_is_no_report() {
    for name in ["pipe", "file"] {
        let place = TempDir::new().unwrap();
        let path = place.path().join(name);
        match name {
            "pipe" => mkfifo(&path, Mode::S_IRWXU).unwrap(),
            _ => fs::write(&path, "{}").unwrap(),
        }
        let done = plot(&path);
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains("is not a report folder"), "{}", done.err);
    }
}

/// A link to a whole folder is what `latest` is.
#[test]
fn a_link_to_a_folder_is_followed() {
    let (place, folder) = sample();
    let latest = place.path().join("latest");
    symlink(&folder, &latest).unwrap();
    assert_eq!(plot(&latest).code, Some(0));
    assert!(folder.join("index.html").is_file());
}

/// Everything that is written, as it may be found: what a link leads to stays
/// what it was, whether the page is drawn or not.
#[test]
fn nothing_is_written_through_a_link() {
    let outside = TempDir::new().unwrap();
    let treasure = outside.path().join("treasure");
    fs::write(&treasure, "gold").unwrap();
    let (_place, fresh) = sample();
    assert_eq!(plot(&fresh).code, Some(0));
    let files = [
        "index.html",
        "index.md",
        "summary.json",
        "tables/summary.csv",
        "tables/memory.csv",
        "tables/requests.csv",
        "charts/lesson.svg",
        "charts/lesson-light.svg",
        "charts/lesson-dark.svg",
    ];
    for file in files {
        for name in [file.to_owned(), format!("{file}.part")] {
            let (_place, folder) = sample();
            let path = folder.join(&name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            symlink(&treasure, &path).unwrap();
            let done = plot(&folder);
            assert_eq!(done.code, Some(0), "{name}: {done:?}");
            let drawn = folder.join(file);
            assert!(!drawn.is_symlink(), "{file} stayed a link");
            assert!(
                fs::read(&drawn).unwrap()
                    == fs::read(fresh.join(file)).unwrap()
            );
            assert!(!folder.join(format!("{file}.part")).exists());
        }
    }
    assert_eq!(fs::read_to_string(&treasure).unwrap(), "gold");
}

#[test]
fn nothing_is_written_into_a_folder_elsewhere() {
    let outside = TempDir::new().unwrap();
    for name in ["charts", "tables"] {
        let (_place, folder) = sample();
        symlink(outside.path(), folder.join(name)).unwrap();
        let done = plot(&folder);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.err.contains(name), "{}", done.err);
        assert!(done.err.contains("remove it"), "{}", done.err);
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn a_pipe_in_the_place_of_a_part_is_not_waited_for() {
    let (_place, folder) = sample();
    for name in ["summary.json.part", "index.html.part", "index.html"] {
        mkfifo(&folder.join(name), Mode::S_IRWXU).unwrap();
    }
    assert_eq!(plot(&folder).code, Some(0));
    assert!(folder.join("index.html").is_file());
    // A folder is somebody's work, and is not removed.
    fs::create_dir(folder.join("index.md.part")).unwrap();
    let done = plot(&folder);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("index.md"), "{}", done.err);
}

/// A level of a million took 5 GB, and more of everything is refused alike.
#[test]
fn numbers_that_cannot_be_are_refused_by_name_and_line() {
    let (_place, folder) = sample();
    let path = folder.join(TRIALS);
    let whole = fs::read_to_string(&path).unwrap();
    let first = &trials(&folder)[0];
    let level = format!("\"level\":{}", first.level);
    let requests = format!("\"requests\":{}", first.spec.requests);
    for (field, number) in [
        (&level, "1000000"),
        (&level, "18446744073709551615"),
        (&level, "-1"),
        (&level, "1e308"),
        (&level, "1e999"),
        (&level, "NaN"),
        (&level, "0.5"),
        (&requests, "1000000000"),
    ] {
        let name = field.split(':').next().unwrap();
        let changed = whole.replacen(field, &format!("{name}:{number}"), 1);
        assert!(changed != whole, "{field}");
        fs::write(&path, changed).unwrap();
        let done = plot(&folder);
        assert_eq!(done.code, Some(1), "{number}: {done:?}");
        assert!(done.err.contains("line 1: "), "{}", done.err);
    }
}

/// The largest numbers that are within their bounds, all of them at once: they
/// contradict each other, and nobody makes room for them.
#[test]
fn the_largest_numbers_take_no_memory() {
    use measurement::bounds::{MOST, MOST_PINGS, MOST_ROUNDS};

    let (_place, folder) = sample();
    let mut changed = String::new();
    for mut trial in trials(&folder) {
        trial.level = MOST_PINGS;
        trial.round = MOST_ROUNDS;
        trial.spec.concurrency = MOST_PINGS;
        trial.spec.requests = MOST_PINGS;
        let mut record = serde_json::to_value(trial).unwrap();
        let measured = &mut record["outcome"]["measured"];
        for place in ["makespan_ns", "hold_ns", "setup_ns"] {
            measured[place] = (MOST - 1).into();
        }
        measured["server"]["peak_in_flight"] = (MOST - 1).into();
        measured["host"]["processors"] = (MOST - 1).into();
        for times in ["start_ns", "end_ns"] {
            let column = measured["samples"][times].as_array_mut();
            column.unwrap().fill((MOST - 1).into());
        }
        changed += &format!("{record}\n");
    }
    fs::write(folder.join(TRIALS), changed).unwrap();
    let done = plot(&folder);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("trial 0: "), "{}", done.err);
}
