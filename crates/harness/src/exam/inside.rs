//! The inside of the process of one scene. It has a server of its own, and no
//! children but that and the program: what they cost is the program's.

use std::io::{self, BufRead, Read, Write};
use std::process;
use std::thread;

use anyhow::{Context, Result};

use super::order::Order;
use super::perform::perform;

/// The longest order, bytes: a command is shorter on every system.
const LONGEST: u64 = 16 << 20;

/// Reads an order from standard input, carries it out, and says to `output` what
/// happened, one line each.
///
/// # Errors
///
/// If the server or the program cannot be started.
pub fn run(output: &mut impl Write) -> Result<()> {
    let mut line = String::new();
    let mut input = io::stdin().lock();
    Read::by_ref(&mut input)
        .take(LONGEST)
        .read_line(&mut line)
        .context("cannot read the order")?;
    drop(input);
    let order: Order =
        serde_json::from_str(&line).context("this is no order")?;
    // Where nothing else ends this process with its parent.
    thread::Builder::new().spawn(|| {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        process::exit(1);
    })?;
    let performance = perform(&order)?;
    let line = serde_json::to_string(&performance)?;
    writeln!(output, "{line}").context("nobody hears it")
}
