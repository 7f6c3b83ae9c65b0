//! What each mechanism costs alone: criterion benchmarks of the things that
//! the lessons are made of. `cargo bench -p benches` runs them and draws.
//!
//! They explain the harness's figures and prove nothing by themselves: a
//! mechanism that is ten times cheaper matters only as far as a ping is made
//! of it.
