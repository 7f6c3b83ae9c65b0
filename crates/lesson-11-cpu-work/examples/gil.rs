//! The book's countdown and its primes, on one thread and on two: in Python, in
//! Python's processes, and in Rust.
//!
//! ```sh
//! cargo run --example gil
//! ```
#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::thread::{self, available_parallelism};
use std::time::{Duration, Instant};

/// Rust is many times as quick at these, so that it has as many times as much
/// to do: the ratio of one to two is what is looked at.
const COUNT: u64 = 400_000_000;
const PRIMES_BELOW: u64 = 400_000;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let processors = available_parallelism()?;
    println!(
        "{processors} processors; twice the work by two, in times that of one"
    );
    println!("(1.0: at the same time; 2.0: one after another)\n");
    for (name, work) in [
        ("countdown", countdown as fn() -> u64),
        ("primes", primes as fn() -> u64),
    ] {
        let (one, two) = (on_threads(1, work), on_threads(2, work));
        println!("Rust, two threads, {name}: {:.2}", ratio(two, one));
    }
    println!();
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = include_str!("gil.py");
    match Command::new(&python).args(["-c", script]).status() {
        Ok(status) if status.success() => Ok(ExitCode::SUCCESS),
        Ok(status) => {
            println!("{python} ended with {status}; its part is missing");
            Ok(ExitCode::FAILURE)
        }
        Err(error) => {
            println!(
                "there is no Python to compare with: `{python}`: {error}; \
                 install it, or name another one: PYTHON=/path/to/python3"
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// How long it takes when each of so many threads does it.
fn on_threads(threads: usize, work: fn() -> u64) -> Duration {
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(move || black_box(work()));
        }
    });
    start.elapsed()
}

fn ratio(two: Duration, one: Duration) -> f64 {
    two.as_secs_f64() / one.as_secs_f64().max(1e-9)
}

fn countdown() -> u64 {
    let mut left = COUNT;
    while left > 0 {
        left = black_box(left - 1);
    }
    left
}

fn primes() -> u64 {
    let is_prime = |n: &u64| {
        (2..).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d))
    };
    (2..PRIMES_BELOW).filter(is_prime).count() as u64
}
