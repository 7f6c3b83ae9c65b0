//! What pages tell from the sample: the ends of a waterfall, which way to
//! choose, and why many at once are faster where nobody waits.

use std::fmt::Write;

use measurement::record::Act;
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::documents::{quote, sample_processors, sample_summary, summary_of};

#[test]
fn the_pages_quote_the_sample() {
    let summary = sample_summary();
    quote("docs/start.md", "ends", &ends(&summary));
    quote("docs/which.md", "choice", &choice(&summary));
    quote("docs/formulas.md", "no-waits", &no_waits(&summary));
}

fn row<'a>(
    summary: &'a Summary,
    act: Act,
    concurrency: usize,
    strategy: &str,
) -> &'a Row {
    let mut batches = summary.of_act(act);
    let batch = batches.find(|batch| batch.concurrency == concurrency);
    let mut rows = batch.expect("a batch").rows.iter();
    rows.find(|row| row.strategy == strategy).expect("a row")
}

/// Milliseconds, at the median.
fn makespan(row: &Row) -> f64 {
    row.makespan_ns.as_ref().expect("a makespan").median / 1e6
}

fn ends(summary: &Summary) -> String {
    let mut text = String::from(
        "| panel | its end | times the earliest possible |\n\
         | --- | ---: | ---: |\n",
    );
    let batch = summary.uneven().expect("uneven waits");
    let bound = batch.bound_ns as f64 / 1e6;
    for row in &batch.rows {
        let end = makespan(row);
        let _ = writeln!(
            text,
            "| {} | {end:.0} ms | {:.2} |",
            ways::name(&row.strategy),
            end / bound
        );
    }
    text
}

fn choice(summary: &Summary) -> String {
    let sweep = |strategy| row(summary, Act::Sweep, 8, strategy);
    let faster = |strategy| {
        sweep(strategy).speed_up.as_ref().expect("a speed-up").median
    };
    let book = |strategy| makespan(row(summary, Act::Book, 6, strategy)) / 1e3;
    let uneven = |strategy| makespan(row(summary, Act::Uneven, 8, strategy));
    let busy = Busy::of(summary, 64, "worker-pool").processors;
    let processors = sample_processors();
    // The lesson's own sample: the same work on threads and as tasks.
    let tasks = summary_of("reports/sample/lessons/05");
    let many = tasks.of_act(Act::Lesson).map(|batch| batch.concurrency).max();
    let many = many.expect("a batch");
    let pings = thousands(many);
    let at_once = |strategy| row(&tasks, Act::Lesson, many, strategy);
    let mib = |strategy| {
        let peak = at_once(strategy).peak_rss_bytes.as_ref();
        peak.expect("a peak").median / f64::from(1 << 20)
    };
    let computing = summary_of("reports/sample/lessons/11");
    let half = |batch: &&Batch| {
        batch.share_percent == Some(50) && batch.concurrency == 8
    };
    let half = computing.of_act(Act::Lesson).find(half).expect("a batch");
    let jobs = half.requests;
    let of_half = |strategy| {
        let mut rows = half.rows.iter();
        makespan(rows.find(|row| row.strategy == strategy).expect("a row"))
    };
    let [pool, alone] = ["cpu-work", "computing-join-all"].map(of_half);
    let level = |strategy| makespan(row(summary, Act::Sweep, 64, strategy));
    let mut sweep_of = summary.of_act(Act::Sweep);
    let turns = sweep_of.find(|batch| batch.concurrency == 64);
    let turns = turns.expect("64 at a time").requests;
    let lanes = [
        "Does each ping need the answer of the one before, or are there only a few?".to_owned(),
        "├─ yes ─→ LESSON 1, a loop".to_owned(),
        format!("│         six pings take {:.2} s, at once {:.2} s, where that is allowed", book("sequential"), book("threads")),
        "└─ no".to_owned(),
        "   What takes the time, waiting or computing?".to_owned(),
        "   ├─ computing, or both ─→ LESSON 11, a pool with a thread per processor".to_owned(),
        format!("   │      {jobs} jobs of 20 ms, half of it computing, 8 at once: {pool:.0} ms,"),
        format!("   │      by one task that computes alone {alone:.0} ms"),
        format!("   │      64 at once without waits: {busy:.1} of {processors} processors busy"),
        "   └─ waiting".to_owned(),
        "      Are hundreds or more in flight at once?".to_owned(),
        "      ├─ yes ─→ LESSON 5, async tasks".to_owned(),
        format!("      │         {pings} pings at once, the same client (GET by hand):"),
        format!("      │         {:.0} ms and {:.0} MiB as tasks,", makespan(at_once("tasks-by-hand")), mib("tasks-by-hand")),
        format!("      │         {:.0} ms and {:.0} MiB with a thread for each", makespan(at_once("pool-by-hand")), mib("pool-by-hand")),
        "      │         the same pings, each with the client of its lesson:".to_owned(),
        format!("      │         {:.0} ms and {:.0} MiB as tasks on reqwest,", makespan(at_once("async-tasks")), mib("async-tasks")),
        format!("      │         {:.0} ms and {:.0} MiB with a thread for each on ureq", makespan(at_once("threads")), mib("threads")),
        "      └─ no".to_owned(),
        format!("         {} pings, 64 at a time, each with its own client:", thousands(turns)),
        format!("         a pool on ureq {:.0} ms, tasks on reqwest {:.0} ms", level("worker-pool"), level("async-tasks")),
        "         Do the waits differ, or does the list still grow?".to_owned(),
        "         ├─ yes, or I do not know ─→ LESSON 4, a worker pool".to_owned(),
        format!("         │         48 uneven waits, 8 at a time, all on ureq: pool {:.0} ms,", uneven("worker-pool")),
        format!("         │         shares {:.0} ms, waves {:.0} ms", uneven("scoped-threads"), uneven("threads")),
        "         └─ no, they are alike".to_owned(),
        "            A thread for each ping, or a few threads for the whole list?".to_owned(),
        "            ├─ one for each ─→ LESSON 2, threads".to_owned(),
        format!("            │         64 equal waits, 8 at once: {:.1}× as fast as one by one", faster("threads")),
        "            └─ a few, which borrow the list ─→ LESSON 3, scoped threads".to_owned(),
        format!("                      64 equal waits, 8 at once: {:.1}×; the pool {:.1}×", faster("scoped-threads"), faster("worker-pool")),
    ];
    assert!(clients_are_as_the_tree_says(summary, &tasks, many));
    // A finding that a choice is built on: if it no longer holds, the tree
    // must be thought about again.
    assert!(uneven("worker-pool") < uneven("scoped-threads"));
    assert!(uneven("scoped-threads") < uneven("threads"));
    assert!(makespan(at_once("async-tasks")) < makespan(at_once("threads")));
    assert!(mib("async-tasks") < mib("threads"));
    assert!(
        makespan(at_once("tasks-by-hand")) < makespan(at_once("pool-by-hand"))
    );
    assert!(mib("tasks-by-hand") < mib("pool-by-hand"));
    assert!((level("worker-pool") / level("async-tasks") - 1.0).abs() < 0.25);
    assert!(busy > processors as f64 / 2.0);
    assert!(pool < alone);
    let mut text = String::from("```text\n");
    for line in lanes {
        assert!(line.chars().count() <= 80, "too wide: {line}");
        let _ = writeln!(text, "{line}");
    }
    text + "```\n"
}

/// `2,048`.
fn thousands(number: usize) -> String {
    match number / 1000 {
        0 => number.to_string(),
        thousands => format!("{thousands},{:03}", number % 1000),
    }
}

/// Where the tree names one client, all that it compares have that one.
fn clients_are_as_the_tree_says(
    summary: &Summary,
    tasks: &Summary,
    many: usize,
) -> bool {
    let at_once = |name| row(tasks, Act::Lesson, many, name).client.as_str();
    let uneven = |name| row(summary, Act::Uneven, 8, name).client.as_str();
    let level = |name| row(summary, Act::Sweep, 64, name).client.as_str();
    at_once("tasks-by-hand") == at_once("pool-by-hand")
        && at_once("threads") == "ureq"
        && at_once("async-tasks") == "reqwest"
        && level("worker-pool") == "ureq"
        && level("async-tasks") == "reqwest"
        && ["worker-pool", "scoped-threads", "threads"]
            .iter()
            .all(|name| uneven(name) == "ureq")
}

/// What a batch without waits kept busy.
struct Busy {
    /// How long a ping takes if all of them share the makespan, µs.
    each: f64,
    /// Processor time of a ping on both sides, µs.
    client: f64,
    server: f64,
    /// How many processors they used at the same time, on average.
    processors: f64,
}

impl Busy {
    fn of(summary: &Summary, concurrency: usize, strategy: &str) -> Busy {
        let mut batches = summary.of_act(Act::NoWaits);
        let batch = batches.find(|batch| batch.concurrency == concurrency);
        let requests = batch.expect("a batch without waits").requests;
        let row = row(summary, Act::NoWaits, concurrency, strategy);
        let each = makespan(row) * 1e3 / requests as f64;
        let cpu = |cpu: &Option<Estimate>| {
            cpu.as_ref().expect("processor time").median / 1e3
        };
        let client = cpu(&row.client_cpu_per_request_ns);
        let server = cpu(&row.server_cpu_per_request_ns);
        Busy { each, client, server, processors: (client + server) / each }
    }

    fn cpu(&self) -> f64 {
        self.client + self.server
    }
}

fn no_waits(summary: &Summary) -> String {
    let one = Busy::of(summary, 1, "sequential");
    let many = Busy::of(summary, 64, "worker-pool");
    let pool = row(summary, Act::NoWaits, 64, "worker-pool");
    let speed_up = pool.speed_up.as_ref().expect("a speed-up").median;
    let processors = sample_processors();
    let mut batches = summary.of_act(Act::NoWaits);
    let batch = batches.find(|batch| batch.concurrency == 64);
    let awake = match batch.and_then(|batch| batch.kept_awake) {
        Some(true) => ", processors kept awake",
        Some(false) => ", processors may sleep",
        None => "",
    };
    let mut text = format!(
        "| in the sample{awake} | a ping takes | processor time, client + \
         server | sleeps, client + server | processors busy |\n\
         | --- | ---: | ---: | ---: | ---: |\n",
    );
    let alone = row(summary, Act::NoWaits, 1, "sequential");
    let tasks = row(summary, Act::NoWaits, 64, "async-tasks");
    let sleeps = |row: &Row| {
        [row.switches_per_request, row.server_switches_per_request]
            .map(|sleeps| sleeps.expect("switches"))
    };
    // The page says who sleeps.
    let ([_, woken], [worker, awake]) = (sleeps(alone), sleeps(pool));
    assert!(woken > 0.9 && worker > 0.9 && awake < 0.1);
    assert!(sleeps(tasks)[0] < 0.3);
    for (what, busy, row) in
        [("one by one", &one, alone), ("64 at once, pool", &many, pool)]
    {
        let [client, server] = sleeps(row);
        let _ = writeln!(
            text,
            "| {what} | {:.0} µs | {:.0} + {:.0} µs | {client:.1} + \
             {server:.1} | {:.1} of {processors} |",
            busy.each, busy.client, busy.server, busy.processors
        );
    }
    let overlap = many.processors / one.processors;
    let less = one.cpu() / many.cpu();
    // Both are reasons; if one of them is none, the page is wrong.
    // In five quiet runs the first was 1.09 to 1.25.
    assert!(overlap > 1.05 && less > 1.2, "{overlap} {less}");
    assert!(speed_up > processors as f64, "the page says that it is more");
    let _ = writeln!(
        text,
        "\nSo {overlap:.1} times as many processors work, and a ping costs \
         {:.0} % of the processor time: together that is {:.1} times as fast. \
         The median of the rounds is {speed_up:.1} times.",
        100.0 / less,
        overlap * less
    );
    text
}
