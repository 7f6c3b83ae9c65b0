use std::io::{self, Read, Write};
use std::process;
use std::thread;

use anyhow::{Context, Result};
use test_server::Options;

use super::server::Ready;
use super::token::chosen_token;

/// With the first one, enough for whatever is measured.
const MORE_PORTS: usize = 1;

/// The inside of a server process: serves until its standard input ends,
/// which is when whoever started it is gone.
pub fn server_process() -> Result<()> {
    thread::Builder::new().spawn(|| {
        let mut rest = Vec::new();
        let _ = io::stdin().read_to_end(&mut rest);
        process::exit(0);
    })?;
    let options = Options {
        token: chosen_token()?,
        more_ports: MORE_PORTS,
        ..Options::default()
    };
    test_server::serve(options, |addresses, control| {
        let token = control.token().as_str().to_owned();
        let (addresses, control) = (addresses.to_vec(), control.address());
        let ready = Ready { addresses, control, token };
        let line = serde_json::to_string(&ready).expect("plain data");
        // Whoever does not listen any more will be gone in a moment.
        let _ = writeln!(io::stdout(), "{line}");
    })
    .context("cannot serve")
}
