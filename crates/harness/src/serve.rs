//! `harness serve`: the test server alone, until Ctrl-C.

mod input;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{self, ExitCode};

use anyhow::{Context, Result};
use serde_json::json;
use test_server::{CONTROL_PORT_VERSION, Control, Options};

use crate::child::chosen_token;
use crate::cli::{Format, ServeArgs};
use crate::interrupt::Interrupt;
use crate::terminal::{copy, failed, say};
use crate::usage::usage;

/// Serves until the process is told to stop.
pub fn serve(args: &ServeArgs) -> Result<ExitCode> {
    Interrupt::install(|| process::exit(0))?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let options = Options {
        address,
        plan: args.faults.plan(args.wait),
        token: chosen_token()?,
        ..Options::default()
    };
    if args.end_with_stdin {
        input::at_its_end(|| process::exit(0))?;
    }
    let served = test_server::serve(options, |addresses, control| {
        match args.output_format {
            Format::Text => say_where(addresses[0], control),
            Format::Json => print_where(addresses[0], control),
        }
        if failed() {
            // Nobody can ask a server whose address was not told.
            process::exit(1);
        }
    });
    match served {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Err(usage(format!(
                "port {} is in use; name another, or --port 0 for a free one",
                args.port
            )))
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(usage(format!(
                "port {} is not for you; name one above 1023",
                args.port
            )))
        }
        other => {
            other.with_context(|| format!("cannot serve on {address}"))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The one line that a test reads before it begins:
/// `crates/measurement/schemas/control-port.json`, `ready`.
fn print_where(address: SocketAddr, control: &Control) {
    let ready = json!({
        "version": CONTROL_PORT_VERSION,
        "url": format!("http://{address}"),
        "control": format!("http://{}", control.address()),
        "token": control.token().as_str(),
    });
    copy(ready.to_string());
}

/// Lines to paste. The token goes in by a pipe, since everybody can read the
/// arguments of a program; `echo` is part of the shell.
fn say_where(address: SocketAddr, control: &Control) {
    copy(format!("pings:    http://{address}/200"));
    copy(format!("          http://{address}/404?sleep=250"));
    let (address, token) = (control.address(), control.token().as_str());
    let say_token = format!("echo 'Authorization: Bearer {token}'");
    copy(format!("witness:  http://{address}/witness"));
    copy(format!("token:    {token}"));
    say("to ask what it saw, and to let it count from zero:");
    copy(format!(
        "  {say_token} | curl -H @- 'http://{address}/witness?stamps=0'"
    ));
    copy(format!("  {say_token} | curl -H @- -X POST http://{address}/reset"));
    say("Ctrl-C ends it");
}
