//! httpstat.us on loopback, and the witness of what really overlapped.
//!
//! `GET /200` is answered `200 OK` and `GET /524` `524 A Timeout Occurred`, as
//! httpstat.us did; `?sleep=MS` makes it wait first. Meanwhile the server
//! counts: how many requests, on how many connections, and how many *at once*.
//! A client can only say what it believes; this is the other end of the wire.
//!
//! ```no_run
//! use test_server::TestServer;
//!
//! let server = TestServer::start()?;
//! // … send requests to server.url("/200") …
//! assert_eq!(server.witness().peak_in_flight, 8);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Paths
//!
//! | path | answer |
//! | --- | --- |
//! | `/{code}`, `/{code}/anything` | that status, 100 to 999, its phrase as the body |
//! | `/gate/{k}` | 200 as soon as `k` requests wait here at once; 504 after 2 s |
//! | `/` | 200 and a few lines of help |
//!
//! | query | means |
//! | --- | --- |
//! | `sleep=MS` | wait so many milliseconds, 30,000 at most; a header `X-HttpStatus-Sleep` does the same |
//! | `seq=S` | the request's number; without it, the order of arrival |
//! | `bytes=B` | answer with [`expected_body`]`(S, X, B)`, at most [`LARGEST_BODY`] |
//! | `fault=NAME` | a [fault](measurement::fault::Fault) instead of a good answer, such as `reset` |
//! | `nonce=X` | what makes that body this trial's own; 0 without it |
//!
//! A request without `sleep` waits as the [`Plan`](measurement::waits::Plan)
//! says, and one without `fault` meets what it says: the first request with a
//! number what stands at that place, the next with the same number another
//! ([`met`](measurement::fault::met)). The plan may also limit
//! how many are served at once, with a queue for the others, and how many
//! requests a connection is good for. A query that cannot be obeyed is answered
//! 400 with no body, at once.
//!
//! # How it works
//!
//! One thread and one loop: [`mio`] tells which sockets are ready, each
//! connection is a small state machine, and one precise timer serves all
//! waits. A request costs one `recv`, one `send` and its share of a poll, so
//! that on a machine with few cores the server is not what is measured.
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
mod gate;
mod limits;
mod link;
mod listener;
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

pub use body::{LARGEST_BODY, expected_body};
pub use control::Control;
pub use limits::raise_file_limit;
pub use options::Options;
pub use server::{TestServer, serve};
pub use status::reason;
