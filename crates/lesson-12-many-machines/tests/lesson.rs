//! What lesson 12 is about: workers come, go and die, and each job has one
//! result. The test server's witness decides, and places the kills.

mod machines;

use std::time::Duration;

use lesson_12_many_machines::{ping_all, work};
use machines::{ACK_WAIT, Machines, client, distinct, many, watched};
use ping_core::{PingError, Watch};
use ping_queue::{Collector, Produced};
use tokio::task::JoinSet;

#[test]
fn a_batch_is_done_once_with_as_many_in_flight_as_asked_for() {
    let Some(machines) = Machines::new(5) else { return };
    let urls = machines.urls(60, 10);
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        let watch = Watch::default();
        // Another worker beside it could have five more.
        let (client, other) = (client(), batch.clone());
        let beside = tokio::spawn(async move {
            let mut tasks = JoinSet::new();
            for _ in 0..5 {
                let (client, other) = (client.clone(), other.clone());
                tasks.spawn(async move { work(&client, &other, "b").await });
            }
            tasks.join_all().await
        });
        let pings = ping_all(&watched(&watch), &batch, &urls, many(5)).await;
        beside.await.unwrap();
        assert_eq!(pings.len(), 60);
        assert_eq!(distinct(&pings), 60);
        assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
        batch.remove().await.unwrap();
    });
    let witness = machines.server.witness();
    assert_eq!((witness.requests, witness.distinct), (60, 60));
    assert!(witness.peak_in_flight <= 5, "{}", witness.peak_in_flight);
}

#[test]
fn a_worker_that_was_killed_with_jobs_in_its_hands_costs_those_again() {
    let Some(machines) = Machines::new(6) else { return };
    let urls = machines.urls(60, 40);
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        batch.produce(&urls, &Watch::default()).await;
        let doomed = machines.worker(3);
        // It is at work, and nobody else is.
        machines.until(4).await;
        let here = tokio::spawn({
            let (batch, urls) = (batch.clone(), urls.clone());
            async move { ping_all(&client(), &batch, &urls, many(3)).await }
        });
        machines.until(12).await;
        doomed.kill();
        let pings = here.await.unwrap();
        assert_eq!((pings.len(), distinct(&pings)), (60, 60));
    });
    let witness = machines.server.witness();
    assert_eq!(witness.distinct, 60);
    // What it had in its hands, at most one for each of its tasks.
    assert!(witness.requests <= 60 + 3, "{}", witness.requests);
    // A request of the dead one and its repetition, if it had not ended.
    assert!(witness.peak_in_flight <= 6 + 3, "{}", witness.peak_in_flight);
}

#[test]
fn a_worker_that_was_told_to_stop_leaves_nothing_undone() {
    let Some(machines) = Machines::new(6) else { return };
    let urls = machines.urls(60, 20);
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        let leaving = Watch::default();
        let mut tasks = JoinSet::new();
        for _ in 0..3 {
            let (client, batch) = (watched(&leaving), batch.clone());
            tasks.spawn(async move { work(&client, &batch, "leaving").await });
        }
        let here = tokio::spawn({
            let (batch, urls) = (batch.clone(), urls.clone());
            async move { ping_all(&client(), &batch, &urls, many(3)).await }
        });
        machines.until(20).await;
        leaving.stop();
        tasks.join_all().await;
        let pings = here.await.unwrap();
        assert_eq!((pings.len(), distinct(&pings)), (60, 60));
    });
    let witness = machines.server.witness();
    assert_eq!((witness.requests, witness.distinct), (60, 60));
}

#[test]
fn a_producer_that_was_killed_is_gone_on_from_where_it_was() {
    let Some(machines) = Machines::new(4) else { return };
    let urls = machines.urls(3000, 0);
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        // Dropped as soon as the first jobs arrive, with others on their way.
        let worker = tokio::spawn({
            let (client, batch) = (client(), batch.clone());
            async move { work(&client, &batch, "a").await }
        });
        let watch = Watch::default();
        tokio::select! {
            _ = batch.produce(&urls, &watch) => {}
            () = machines.until(1) => {}
        }
        // Two at once, as where somebody starts it a second time.
        let (first, second) = tokio::join!(
            batch.produce(&urls, &watch),
            batch.produce(&urls, &watch)
        );
        assert_eq!((first, second), (Produced::All, Produced::All));
        let pings = ping_all(&client(), &batch, &urls, many(4)).await;
        worker.await.unwrap();
        assert_eq!((pings.len(), distinct(&pings)), (3000, 3000));
    });
    let witness = machines.server.witness();
    assert_eq!((witness.requests, witness.distinct), (3000, 3000));
}

#[test]
fn a_collector_that_was_killed_is_gone_on_from_its_last_result() {
    let Some(machines) = Machines::new(4) else { return };
    let urls = machines.urls(200, 0);
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        let mut numbers = Vec::new();
        let mut first = Collector::after(&batch, 0);
        let worker = tokio::spawn({
            let (client, batch) = (client(), batch.clone());
            async move { work(&client, &batch, "a").await }
        });
        batch.produce(&urls, &Watch::default()).await;
        for sequence in 1..=70 {
            let result = first.next().await.unwrap();
            assert_eq!(result.sequence, sequence);
            numbers.push(result.number);
        }
        drop(first);
        let mut second = Collector::after(&batch, 70);
        while numbers.len() < 200 {
            numbers.push(second.next().await.unwrap().number);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (0..200).collect::<Vec<u64>>());
        worker.await.unwrap();
    });
    assert_eq!(machines.server.witness().requests, 200);
}

#[test]
fn a_queue_that_comes_back_has_lost_nothing() {
    let Some(mut machines) = Machines::new(4) else { return };
    let urls = machines.urls(80, 20);
    let mut nats = machines.take_nats();
    machines.run_on(&nats.url(), async |queue| {
        let batch = machines.open(queue, &urls).await;
        let here = tokio::spawn({
            let (batch, urls) = (batch.clone(), urls.clone());
            async move { ping_all(&client(), &batch, &urls, many(4)).await }
        });
        machines.until(20).await;
        nats.again();
        let pings = here.await.unwrap();
        assert_eq!((pings.len(), distinct(&pings)), (80, 80));
    });
    let witness = machines.server.witness();
    // How many are done again is not bounded here: a single server forgets
    // with its process which of the last jobs were acknowledged.
    assert_eq!(witness.distinct, 80);
}

/// Whoever pings it dies of it, so nobody ever stores a result.
#[test]
fn a_job_that_was_handed_out_too_often_has_a_result_that_says_so() {
    let Some(machines) = Machines::new(1) else { return };
    let urls = machines.urls(1, 20_000);
    let terms = machines.terms(&urls);
    let limit = u64::from(terms.deliveries.get());
    machines.run(async |queue| {
        let batch = machines.open(queue, &urls).await;
        batch.produce(&urls, &Watch::default()).await;
        for time in 1..=limit {
            let victim = tokio::spawn({
                let (client, batch) = (client(), batch.clone());
                async move { work(&client, &batch, "victim").await }
            });
            machines.until(time).await;
            victim.abort();
        }
        let pings = ping_all(&client(), &batch, &urls, many(1)).await;
        let said = PingError::Other("given up after 5 deliveries".to_owned());
        assert_eq!(pings.len(), 1);
        assert_eq!(pings[0].result, Err(said));
    });
    assert_eq!(machines.server.witness().requests, limit);
}

/// The worker of [`machines::Machines::worker`], in a process of its own; as
/// a test like any other it does nothing.
#[test]
fn a_process_that_works() {
    machines::be_a_worker();
}

#[test]
fn the_waits_of_these_tests_are_as_the_queue_wants_them() {
    assert!(ACK_WAIT >= machines::TIMEOUT + ping_queue::STORING);
    assert!(ACK_WAIT <= Duration::from_secs(5), "they would take too long");
}
