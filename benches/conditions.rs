//! What a figure of who sleeps and is woken depends on: whether the processors
//! go idle meanwhile. So each is taken twice.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use awake::{AWAKE, can_keep_awake, keep_awake};
use criterion::measurement::WallTime;
use criterion::{Bencher, BenchmarkGroup, BenchmarkId, Criterion};

/// With this argument a program of benchmarks measures nothing, and keeps the
/// processors awake.
const KEEP_AWAKE: &str = "--keep-processors-awake";

/// The program: the benchmarks, or what keeps the processors awake for them.
pub(crate) fn run(benches: fn()) {
    if env::args().nth(1).as_deref() == Some(KEEP_AWAKE) {
        return keep_awake().unwrap();
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}

/// Measures with processors that may sleep; and where this system has a way to
/// keep them awake, so, too.
pub(crate) fn under_each(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    mut measure: impl FnMut(&mut Bencher<'_>),
) {
    group.bench_function(BenchmarkId::new(name, "may sleep"), &mut measure);
    if !can_keep_awake() {
        return;
    }
    // Not before this one is measured: a filter may pass it over.
    let mut awake = None;
    group.bench_function(BenchmarkId::new(name, "kept awake"), |bencher| {
        awake.get_or_insert_with(Awake::start);
        measure(bencher);
    });
}

/// Until this is dropped, no processor is idle. Whatever becomes of us: the
/// process ends with its standard input.
struct Awake(Child);

impl Awake {
    fn start() -> Awake {
        let mut command = Command::new(env::current_exe().unwrap());
        command.arg(KEEP_AWAKE).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut awake = Awake(command.spawn().unwrap());
        let mut said = String::new();
        let out = awake.0.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut said).unwrap();
        assert_eq!(said.trim(), AWAKE, "the processors are not kept awake");
        awake
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        // It may have ended; then there is nobody to kill.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
