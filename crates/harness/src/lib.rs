//! The front page of the documentation, and the harness: it runs every lesson
//! against the test server, proves that each did the same work, and draws what
//! happened.
//!
//! # The lessons
//!
//! One job, a list of URLs to ping, done in another way by each lesson. Each
//! page has the idea, why the way before was not enough, and the costs;
//! `source`, at the right of its `ping_all`, leads to the core.
//!
//! | | | in flight at once |
//! | --- | --- | --- |
//! | 1 | [`lesson_01_sequential`]: one after another | 1 |
//! | 2 | [`lesson_02_threads`]: a thread per URL, in waves | up to `concurrency` |
//! | 3 | [`lesson_03_scoped_threads`]: a fixed share for each thread | `concurrency`, until a share is done |
//! | 4 | [`lesson_04_worker_pool`]: workers take the next from a queue | `concurrency`, until the queue is empty |
//! | 5 | [`lesson_05_async_tasks`]: a task per URL, with permits | `concurrency`, the number of permits |
//! | 6 | [`lesson_06_async_shapes`]: worker tasks take the next by a cursor | `concurrency`, the number of workers |
//! | 7 | [`lesson_07_deadlines`]: a task per URL, dropped at the deadline | `concurrency`, and nothing after the deadline |
//! | 8 | [`lesson_08_good_manners`]: a task per URL, which retries when it may | `concurrency`, and no more than a host was promised |
//! | 9 | [`lesson_09_event_loop`]: one thread, a table of states | `concurrency`, the rows of the table |
//! | 10 | [`lesson_10_tiny_executor`]: tasks on an executor of its own | `concurrency`, the number of tasks |
//! | 11 | [`lesson_11_cpu_work`]: tasks wait, a thread per processor computes | `concurrency`, the number of permits |
//! | 12 | [`lesson_12_many_machines`]: worker processes take jobs from a queue | `concurrency`, over all workers |
//!
//! All use the types of [`ping_core`]: [`Ping`](ping_core::Ping),
//! [`Reply`](ping_core::Reply), [`PingError`](ping_core::PingError),
//! [`Watch`](ping_core::Watch), which says whether a ping may still start. The
//! client of lessons 5 to 8 is set up in [`ping_async`].
//!
//! # The witness
//!
//! [`test_server`] answers the pings and counts what really overlapped. Its
//! report is a [`Witness`](measurement::witness::Witness).
//!
//! # From a trial to a picture
//!
//! [`measurement`] defines a trial and what may be concluded from it:
//! [`checks`](measurement::check), [`intervals`](measurement::statistics),
//! [`comparisons`](measurement::compare), [`formulas`](measurement::makespan)
//! and [`models`](measurement::model), and the [`course`](measurement::course).
//! [`charts`] draws records.
//!
//! # The program
//!
//! `main` is the table of contents. [`strategies`] lists the lessons,
//! [`trial`] runs one of them in a process of its own, [`run`] arranges trials
//! into acts, [`report`] keeps and draws them; [`witness`] and [`ping`] are
//! for programs and URLs of the reader's own; [`exam`] plays scenes before a
//! program, and judges it; [`peers`] puts other people's
//! clients beside ours. [`course`] goes through a lesson
//! with its reader. [`compare`] puts runs beside
//! each other. [`doctor`] looks at the machine, and [`cheats`] at the
//! checks.

// Lesson 12 is part of the program where it is built with its queue.
#![cfg_attr(
    not(feature = "many-machines"),
    allow(rustdoc::broken_intra_doc_links)
)]
// All words leave through `terminal`, which knows when nobody hears them.
#![warn(clippy::print_stderr)]

mod by_hand;
pub mod called;
pub mod cheats;
pub mod child;
pub mod cli;
mod clients;
pub mod clock;
#[cfg(feature = "many-machines")]
pub mod cluster;
pub mod compare;
pub mod course;
pub mod doctor;
pub mod duration;
pub mod environment;
pub mod exam;
mod idle;
pub mod interrupt;
mod launch;
pub mod limits;
#[cfg(feature = "many-machines")]
pub mod machines;
pub mod manual;
pub mod peers;
pub mod ping;
pub mod plot;
pub mod queue_cost;
pub mod run;
pub mod serve;
pub mod signals;
pub mod strategies;
mod system;
pub mod terminal;
pub mod text;
pub mod trial;
pub mod usage;
mod variants;
pub mod witness;
