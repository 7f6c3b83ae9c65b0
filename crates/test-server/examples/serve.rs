//! The server alone, until it is killed:
//! `cargo run -p test-server --example serve`.

use std::io::{self, Write};

use test_server::{Options, serve};

fn main() -> io::Result<()> {
    serve(Options::default(), |data, control| {
        let data = data[0];
        // A reader that is gone is no reason to stop.
        let _ = writeln!(
            io::stdout(),
            "data    http://{data}/\ncontrol http://{}/witness\n\
             say     Authorization: Bearer {}",
            control.address(),
            control.token().as_str(),
        );
    })
}
