//! No host starves another, and no retry waits for what never comes; by what
//! the servers counted.

use measurement::fault::Fault;
use measurement::waits::Plan;
use serde_json::Value;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{run, text};

/// Pings a list with these arguments. What it said.
fn ping(list: &[String], args: &[&str]) -> Value {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("urls");
    std::fs::write(&file, list.join("\n")).unwrap();
    let common = ["ping", "-f", text(&file), "--output-format", "json"];
    let done = run(&[&common, args].concat());
    serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{done:?}"))
}

fn servers<const N: usize>() -> [TestServer; N] {
    std::array::from_fn(|_| TestServer::start().unwrap())
}

/// So many URLs of a host; each `path` is told from the next.
fn of(server: &TestServer, path: &str, many: usize) -> Vec<String> {
    (0..many).map(|n| server.url(&format!("{path}&n={n}"))).collect()
}

const MUTE: &str = "/200?sleep=30000";
const QUICK: &str = "/200?sleep=0";
const BRIEF: [&str; 4] = ["--timeout", "30s", "--deadline", "2s"];

/// The defaults towards hosts that are not this machine, without their rate.
#[test]
fn hosts_that_never_answer_leave_the_others_their_places() {
    for (mutes, first) in [(1, true), (2, true), (2, false)] {
        let [a, b, quick] = servers();
        let mut list = of(&a, MUTE, 12);
        if mutes == 2 {
            list.extend(of(&b, MUTE, 12));
        }
        let place = if first { list.len() } else { 6 };
        list.splice(place..place, of(&quick, QUICK, 40));
        let args = ["--per-host", "4", "-c", "8"];
        let told = ping(&list, &[&args[..], &BRIEF].concat());
        assert_eq!(told["ok"], 40, "{mutes} {first}: {}", told["outcomes"]);
        let most = a.witness().peak_in_flight + b.witness().peak_in_flight;
        assert!(most <= 8, "{most} at once");
        assert!(a.witness().peak_in_flight <= 4);
        assert!(quick.witness().peak_in_flight <= 4);
    }
}

#[test]
fn hosts_share_the_places_where_none_has_a_limit_of_its_own() {
    let [mute, quick] = servers();
    let mut list = of(&mute, MUTE, 12);
    list.extend(of(&quick, QUICK, 40));
    let told =
        ping(&list, &[&["--retries", "1", "-c", "8"], &BRIEF[..]].concat());
    assert_eq!(told["ok"], 40, "{}", told["outcomes"]);
}

#[test]
fn a_quick_host_is_asked_at_its_rate_beside_a_mute_one() {
    let [mute, quick] = servers();
    let mut list = of(&mute, MUTE, 8);
    list.extend(of(&quick, QUICK, 40));
    let args = ["--per-host", "4", "-c", "8", "--rate", "40/s"];
    let told = ping(&list, &[&args[..], &BRIEF].concat());
    assert_eq!(told["ok"], 40, "{}", told["outcomes"]);
}

#[test]
fn who_waits_to_try_again_holds_no_place() {
    let [busy, quick] = servers();
    let list = |many| {
        let mut list = of(&busy, "/200?fault=unavailable", many);
        list.extend(of(&quick, QUICK, 40));
        list
    };
    // It says `Retry-After: 1`, so nobody comes back in that time.
    let args = ["--retries", "1", "-c", "8", "--deadline", "800ms"];
    let told = ping(&list(8), &args);
    assert_eq!(quick.witness().done, 40, "{}", told["outcomes"]);
    assert_eq!(busy.witness().requests, 8);
    assert_eq!(told["not_retried"]["deadline"], 8, "{told}");
    // The answer that there was is the last word, and nobody waited.
    assert_eq!((&told["retried"], &told["cancelled"]), (&0.into(), &0.into()));
    assert!(told["elapsed_s"].as_f64().unwrap() < 0.8, "{told}");

    for server in [&busy, &quick] {
        server.reset();
    }
    ping(&list(8), &["--retries", "1", "-c", "8"]);
    let back = busy.witness().stamps[8].received_ns;
    assert_eq!(busy.witness().requests, 16);
    assert!(busy.witness().peak_in_flight <= 8);
    // On a clock of its own each server has seen how long it took.
    let first = busy.witness().stamps[0].received_ns;
    let span = quick.witness().span_ns().unwrap();
    assert!(span < back - first, "{span} ns and {}", back - first);
    assert_eq!(quick.witness().done, 40);
}

/// Those that say `Retry-After: 1` are away for a second and more, while
/// others never give a place back: whoever comes back finds one.
#[test]
fn a_host_that_waits_to_be_tried_again_finds_a_place() {
    let fair = |places: &str, mutes: usize, busy: usize| {
        let start = |_| TestServer::start().unwrap();
        let mutes: Vec<_> = (0..mutes).map(start).collect();
        let busy: Vec<_> = (0..busy).map(start).collect();
        let url = "/200?fault=unavailable";
        let asked = busy.iter().flat_map(|server| of(server, url, 2));
        let never = mutes.iter().flat_map(|server| of(server, MUTE, 20));
        let list: Vec<String> = asked.chain(never).collect();
        let args = ["--retries", "1", "-c", places];
        let brief = ["--timeout", "30s", "--deadline", "4s"];
        let told = ping(&list, &[&args[..], &brief].concat());
        for server in &busy {
            let case = format!("-c {places}: {}", told["outcomes"]);
            assert_eq!(server.witness().requests, 4, "{case}");
        }
        for server in &mutes {
            assert!(server.witness().requests > 0);
        }
    };
    std::thread::scope(|scope| {
        for (places, mutes, busy) in
            [("2", 1, 1), ("2", 1, 3), ("4", 1, 1), ("4", 1, 3), ("4", 2, 2)]
        {
            scope.spawn(move || fair(places, mutes, busy));
        }
    });
}

#[test]
fn hosts_that_are_all_mute_are_given_up_at_the_deadline() {
    let all: [TestServer; 3] = servers();
    let list: Vec<String> =
        all.iter().flat_map(|server| of(server, MUTE, 5)).collect();
    let args = ["--per-host", "2", "-c", "5", "--deadline", "500ms"];
    let told = ping(&list, &args);
    assert_eq!(told["failures"], serde_json::json!({"deadline": 5}));
    assert_eq!(told["cancelled"], 10);
    let seen = all.each_ref().map(|server| server.witness().requests);
    assert_eq!(seen.iter().sum::<u64>(), 5);
}

/// From no budget at 99 pings to a fifth at 100 there was a cliff.
#[test]
fn retries_have_a_budget_without_a_cliff() {
    let mut before = 0;
    for pings in [20, 60, 99, 100, 101, 200] {
        let [server] = servers();
        let faults = vec![Some(Fault::Reset)];
        server.plan(Plan { faults, ..Plan::default() });
        let many = pings.to_string();
        let told = ping(
            &[server.url("/200")],
            &["-n", &many, "--retries", "3", "-c", "50", "--no-pings"],
        );
        let requests = told["requests"].as_u64().unwrap();
        assert_eq!(requests, server.witness().requests);
        let most = pings + 20.max(pings / 5);
        assert!(requests <= most, "{requests} for {pings}");
        // What was earned is used: all of it fails, and tries again.
        assert!(requests >= before.min(most), "{requests} for {pings}");
        assert!(told["not_retried"]["budget"].as_u64().unwrap() > 0);
        before = requests;
    }
}

/// Whatever was asked for comes within a twentieth, and never more.
#[test]
fn a_rate_is_kept_from_both_sides() {
    for (rate, many, per_second) in
        [("20/s", 20, 20.0), ("120/m", 3, 2.0), ("200/s", 200, 200.0)]
    {
        let [server] = servers();
        let many_text = many.to_string();
        let args = ["-n", &many_text, "--rate", rate, "--no-pings"];
        let told = ping(&[server.url("/200")], &args);
        assert_eq!(told["ok"], many);
        let stamps = server.witness().stamps;
        let span = stamps[many - 1].received_ns - stamps[0].received_ns;
        let seen = (many - 1) as f64 / (span as f64 / 1e9);
        // A first one that was late makes the others seem early.
        let over = 1.0 + 0.06 * per_second / (many - 1) as f64;
        assert!(seen <= per_second * over, "{seen} of {rate}");
        assert!(seen >= per_second * 0.9, "{seen} of {rate}");
    }
}
