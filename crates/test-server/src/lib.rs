//! httpstat.us on loopback, and the witness of what really overlapped.
//!
//! `GET /200` is answered `200 OK` and `GET /524` `524 A Timeout Occurred`, as
//! httpstat.us did; `?sleep=MS` makes it wait first. Meanwhile the server
//! counts: how many requests, on how many connections, and how many *at once*.
//! A client knows only what it sent; the server sees what arrived.
//!
//! # Does my client really do several things at once?
//!
//! This test fails when it does not. `fetch_all` stands for a client of yours,
//! on any library:
//!
//! ```
//! use std::thread;
//! use test_server::TestServer;
//!
//! /// Fetches all of them at once, its author believes.
//! fn fetch_all(urls: &[String]) {
//!     thread::scope(|scope| {
//!         for url in urls {
//!             scope.spawn(move || fetch(url));
//!         }
//!     });
//! }
//! # mod fetching {
//! #     include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fetch/mod.rs"));
//! # }
//! # use fetching::fetch;
//!
//! let server = TestServer::start()?;
//! fetch_all(&server.urls("/gate/3", 3));
//!
//! let seen = server.witness();
//! assert_eq!(seen.peak_in_flight, 3, "the most in flight at once");
//! assert_eq!((seen.requests, seen.duplicates), (3, 0));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! No clock decides. The gate holds each request until three wait there at
//! once, so a client that is slow, on a machine that is busy, passes all the
//! same. With `urls.iter().for_each(|url| fetch(url))` each request waits alone
//! until the gate gives it up, and the test fails with `left: 1, right: 3`.
//!
//! Dropping the server ends it and closes its connections. Each test may have
//! one of its own: each takes two free ports and two threads. Other tests:
//!
//! - *No more than eight at once*: [`server.plan(Plan::each(wait))`](Plan::each)
//!   holds each request for a while, and `peak_in_flight` is at most 8.
//! - *A refused ping is tried again, and only once*: [`Plan::faults`] says what
//!   goes wrong at which request, and `requests` says how many came.
//! - *It keeps its connections*: `connections` of the [`Witness`].
//! - *Nothing is left behind after a timeout*: `in_flight` and `aborted`.
//! - [`TestServer::reset`] counts from zero, for what comes next.
//!
//! Tests in other languages start `harness serve`: `docs/in-your-tests.md`.
//!
//! # Paths
//!
//! | path | answer |
//! | --- | --- |
//! | `/{code}`, `/{code}/anything` | that status, 100 to 999, its phrase as the body |
//! | `/gate/{k}` | 200 as soon as `k` requests wait here at once; 504 after 2 s, and after half a millisecond for each of more than 4,000 |
//! | `/` | 200 and a few lines of help |
//!
//! | query | means |
//! | --- | --- |
//! | `sleep=MS` | wait MS milliseconds, 30,000 at most; a header `X-HttpStatus-Sleep` does the same |
//! | `seq=S` | the request's number; without it, the order of arrival |
//! | `bytes=B` | answer with [`expected_body`]`(S, X, B)`, at most [`LARGEST_BODY`] |
//! | `fault=NAME` | a [fault](Fault) instead of a good answer, such as `reset` |
//! | `nonce=X` | what makes that body this trial's own; 0 without it |
//!
//! A request without `sleep` waits as the [`Plan`]
//! says, and one without `fault` meets what it says: the first request with a
//! number what stands at that place, the next with the same number another
//! ([`met`](measurement::fault::met)), or the same in a steady plan. A redirect
//! leads to the same number. The plan may also limit how many are served at once, with a queue for the others, and how many
//! requests a connection is good for. A query that cannot be obeyed is answered
//! 400 with no body, at once.
//!
//! # The control port
//!
//! The witness is asked at an address of its own, so that asking is never
//! counted. [`Control`] asks it, and any program can (`docs/control-port.md`):
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /witness` | a [`Witness`] as JSON, with a [version](CONTROL_PORT_VERSION) |
//! | `GET /witness?stamps=N` | the same with the newest `N` stamps only; the counts are of all |
//! | `POST /reset` | counts from zero, closes the gates; waits as before, or by the [`Plan`] in the body |
//! | `GET /` | some help, without a token |
//!
//! A request says `Authorization: Bearer TOKEN`, with the [`Token`] that was
//! made at the start and told to whoever started the server, and that address
//! or `localhost` as its `Host`. Anybody on the machine can send requests here,
//! and any web page in its browser; these are refused.
//!
//! | status | to what |
//! | --- | --- |
//! | 200 | what may be asked |
//! | 400 | no HTTP; no or two `Host`, two `Authorization` or `Content-Length`, any `Transfer-Encoding`; a body that is no plan |
//! | 401 | no token, or not this one |
//! | 403 | another `Host` (a name that a web page made to lead here), any `Origin` (a web page) |
//! | 404 | another path |
//! | 405 | another method; `Allow` says which |
//! | 408 | a head that takes longer than 5 s to come, or then a body |
//! | 413 | a plan beyond 256 KiB |
//! | 431 | a head beyond 8 KiB or 64 lines |
//!
//! A connection is good for one request. An answer that nobody takes for 2 s,
//! or not all of within 30 s, is given up. If all connections are in use,
//! one that has not shown the token within 50 ms makes way, or else one that is
//! half a second old. Up to fifteen descriptors are kept for this port, fewer
//! where the limit is low.
//!
//! # How it works
//!
//! One thread and one loop for the pings: [`mio`] reports which sockets are
//! ready, each connection is a small state machine, and one precise timer
//! serves all waits. A request costs one `recv`, one `send` and its share of a poll, so
//! that on a machine with few cores the server is not what is measured. The
//! control port has a thread of its own: it asks the loop for a snapshot, which
//! costs that microseconds, and writes it while pings go on; after a long
//! answer it rests before the next.
//! Nothing times out but gates: an idle connection stays open.
//!
//! # Where it differs from httpstat.us, on purpose
//!
//! - Redirects lead to `/200` here, never to a host elsewhere.
//! - 205 says `Content-Length: 0`: without it a client that keeps connections
//!   would wait for a body until the connection closes.
//! - After a 1xx the connection closes. To a client that is no final answer,
//!   and it would wait for one for ever.
//! - A chunked request body is refused with 411.
//!
//! # What counts
//!
//! Whatever has the head of a request, on the data port. It is in flight from
//! the arrival of its head (on Linux in the kernel, elsewhere when it is read)
//! to just before its answer is written, a body that it brings, its time in the
//! queue and a wait at a gate included; the stamp of a gate says a wait of 0,
//! for nobody planned one. Who closes its side of the connection still gets its
//! answer; who is gone altogether has given up. Requests that are sent behind
//! another on one connection are taken one at a time, and counted so.
//!
//! Numbers from `seq=` are told apart up to 16 Mi, and beyond that the first
//! 1 Mi different ones; a request that cannot be told is counted neither as
//! distinct nor as a duplicate. A request without a number is distinct.

mod alarm;
mod answer;
mod attempts;
mod body;
mod capacity;
mod clock;
mod connection;
mod control;
mod control_port;
mod deadlines;
mod desk;
mod distinct;
mod event_loop;
mod form;
mod gate;
mod limits;
mod link;
mod listener;
mod mail;
mod options;
mod order;
mod peer;
mod receive;
mod request;
mod script;
mod server;
mod stamps;
mod status;
mod tally;
mod target;
mod timeline;
mod token;

pub use body::{LARGEST_BODY, expected_body};
pub use control::Control;
pub use control_port::CONTROL_PORT_VERSION;
pub use limits::raise_file_limit;
pub use measurement::fault::Fault;
pub use measurement::waits::{Capacity, Plan};
pub use measurement::witness::{End, Stamp, Witness};
pub use options::Options;
pub use server::{TestServer, serve};
pub use status::reason;
pub use token::Token;
