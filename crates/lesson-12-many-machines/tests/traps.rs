//! The traps of lesson 12 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]
#![allow(clippy::duplicate_mod, reason = "each program has it for itself")]

mod machines;

#[path = "../examples/wrong_ack_first.rs"]
mod wrong_ack_first;
#[path = "../examples/wrong_counting.rs"]
mod wrong_counting;
#[path = "../examples/wrong_prefetch.rs"]
mod wrong_prefetch;
#[path = "../examples/wrong_short_ack_wait.rs"]
mod wrong_short_ack_wait;
#[path = "../examples/wrong_while_let_ok.rs"]
mod wrong_while_let_ok;

use std::time::Duration;

use lesson_12_many_machines::work;
use machines::{Machines, TIMEOUT, client, name};
use ping_core::Watch;
use ping_queue::{Asked, Collector, STORING, Terms};
use tokio::task::JoinSet;
use wrong_counting::Taken;

const CURED: &str = "the trap is cured: rewrite it, and the lesson";

/// Thirty, of which the first three are with their workers for two seconds:
/// time enough to end these with the jobs in their hands.
fn three_slow(machines: &Machines) -> Vec<String> {
    let mut urls = machines.urls(3, 2000);
    let rest = (3..30).map(|seq| format!("/200?seq={seq}"));
    urls.extend(rest.map(|path| machines.server.url(&path)));
    urls
}

#[test]
fn acknowledged_first_a_job_goes_with_its_worker() {
    let Some(machines) = Machines::new(6) else { return };
    let urls = three_slow(&machines);
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        batch.produce(&urls, &Watch::default()).await;
        let mut doomed = JoinSet::new();
        for _ in 0..3 {
            let (client, batch) = (machines::patient(), batch.clone());
            doomed.spawn(async move {
                wrong_ack_first::work(&client, &batch).await;
            });
        }
        machines.until(3).await;
        doomed.shutdown().await;
        wrong_ack_first::work(&client(), &batch).await;
        let progress = batch.progress().await.unwrap();
        assert_eq!((progress.waiting, progress.in_flight), (0, 0));
        assert_eq!(progress.done, 27, "results: {CURED}");
    });
}

#[test]
fn with_a_short_ack_wait_slow_jobs_are_done_twice() {
    let Some(machines) = Machines::new(6) else { return };
    let urls: Vec<String> = wrong_short_ack_wait::slow()
        .iter()
        .map(|path| machines.server.url(path))
        .collect();
    let usual = wrong_short_ack_wait::USUAL;
    machines.run(async |queue| {
        let asked = Asked { ack_wait: usual + STORING, ..machines.asked() };
        let terms = Terms::new(&urls, usual);
        let batch = queue.open(&name(), &terms, asked).await.unwrap();
        batch.produce(&urls, &Watch::default()).await;
        let client = machines::patient();
        wrong_short_ack_wait::work_in(12, &client, &batch).await;
        assert_eq!(batch.done().await, 6);
    });
    let requests = machines.server.witness().requests;
    assert!(requests > 6, "{requests} requests for 6 jobs: {CURED}");
}

#[test]
fn an_ack_wait_that_is_too_short_is_refused() {
    let Some(machines) = Machines::new(6) else { return };
    let urls = machines.urls(6, 0);
    machines.run(async |queue| {
        let terms = Terms::new(&urls, TIMEOUT);
        let ack_wait = TIMEOUT + STORING - Duration::from_millis(1);
        let asked = Asked { ack_wait, ..machines.asked() };
        let refused = queue.open(&name(), &terms, asked).await.unwrap_err();
        assert_eq!(refused.kind(), ping_queue::Kind::Asked);
        let said = refused.to_string();
        assert!(said.contains("say 2s or longer"), "{said}");
    });
}

#[test]
fn counted_messages_are_not_results() {
    let Some(machines) = Machines::new(6) else { return };
    let urls = three_slow(&machines);
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        batch.produce(&urls, &Watch::default()).await;
        let taken = Taken::default();
        let mut doomed = JoinSet::new();
        for _ in 0..3 {
            let (client, batch) = (machines::patient(), batch.clone());
            let taken = taken.clone();
            doomed.spawn(async move {
                wrong_counting::work(&client, &batch, &taken).await;
            });
        }
        machines.until(3).await;
        doomed.shutdown().await;
        wrong_counting::work(&client(), &batch, &taken).await;
        let done = batch.done().await;
        assert!(done <= 27, "{done} results: {CURED}");
        // The lesson's worker brings the rest.
        work(&client(), &batch, "right").await;
        assert_eq!(batch.done().await, 30);
    });
}

/// Two jobs that can only be done together.
#[test]
fn what_one_has_fetched_ahead_no_other_can_take() {
    for right in [false, true] {
        let Some(machines) = Machines::new(12) else { return };
        let mut urls = vec![machines.server.url("/gate/2"); 2];
        urls.extend(machines.urls(10, 0));
        machines.run(async |queue| {
            let terms = Terms::new(&urls, Duration::from_secs(5));
            let ack_wait = Duration::from_secs(10);
            let asked = Asked { ack_wait, ..machines.asked() };
            let batch = queue.open(&name(), &terms, asked).await.unwrap();
            batch.produce(&urls, &Watch::default()).await;
            let first = tokio::spawn({
                let (client, batch) = (machines::patient(), batch.clone());
                async move {
                    match right {
                        true => work(&client, &batch, "first").await,
                        false => wrong_prefetch::work(&client, &batch).await,
                    }
                }
            });
            machines.until(1).await;
            let client = machines::patient();
            match right {
                true => work(&client, &batch, "second").await,
                false => wrong_prefetch::work(&client, &batch).await,
            }
            first.await.unwrap();
            let mut collector = Collector::after(&batch, 0);
            let mut passed = 0;
            for _ in 0..12 {
                let ping = collector.next().await.unwrap().into_ping(&urls);
                let status = ping.result.unwrap().status;
                passed += i32::from(ping.url == urls[0] && status == 200);
            }
            let expected = if right { 2 } else { 0 };
            assert_eq!(passed, expected, "through the gate: {CURED}");
        });
    }
}

#[test]
fn at_the_first_error_workers_go_home() {
    let Some(mut machines) = Machines::new(1) else { return };
    let urls = machines.urls(400, 50);
    let mut nats = machines.take_nats();
    machines.run_on(&nats.url(), async |queue| {
        let batch = machines.open(queue, &urls).await;
        batch.produce(&urls, &Watch::default()).await;
        let mut working = JoinSet::new();
        for _ in 0..3 {
            let (client, batch) = (client(), batch.clone());
            working.spawn(async move {
                wrong_while_let_ok::work(&client, &batch).await;
            });
        }
        machines.until(5).await;
        nats.kill();
        // Those that wait for a job; the third has one to store.
        for _ in 0..2 {
            working.join_next().await.unwrap().unwrap();
        }
        nats.again();
        let done = batch.done().await;
        assert!(done < 400, "{done} results: {CURED}");
        working.shutdown().await;
    });
}
