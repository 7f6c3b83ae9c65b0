//! The async client, set up once: reqwest, with every default that would
//! falsify a comparison with the blocking client set.
//!
//! There is no GET in here and nothing concurrent: both are what lesson 5 is
//! about. [`Client`] wraps the library's client and a
//! [`Watch`](ping_core::Watch); [`admit`] looks at the head of an answer before
//! its body is read; [`classify`] turns the library's errors into the words of
//! [`PingError`](ping_core::PingError). [`admit_bare`], [`classify_cause`] and
//! [`connect_timeout`] do the same for hyper without reqwest around it.

mod admit;
mod classify;
mod client;
mod names;
mod urls;

pub use admit::{admit, admit_bare};
pub use classify::{classify, classify_cause};
pub use client::{Client, connect_timeout};
