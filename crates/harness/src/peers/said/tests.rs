//! Each against what the client really printed, cut short.

use super::*;

#[test]
fn wrk() {
    let text = "Running 1s test @ http://127.0.0.1:18765/200\n  \
                1 threads and 8 connections\n  Thread Stats   Avg\n    \
                Req/Sec   354.70     44.08   400.00     60.00%\n  \
                360 requests in 1.02s, 24.61KB read\n\
                Requests/sec:    352.57\n";
    assert_eq!(by_wrk(text), Some(360));
    assert_eq!(by_wrk("unable to connect"), None);
}

#[test]
fn ab() {
    let text = "Time taken for tests:   0.313 seconds\n\
                Complete requests:      100\nFailed requests:        0\n";
    assert_eq!(by_ab(text), Some(100));
    assert_eq!(by_ab("apr_pollset_poll: The timeout expired"), None);
}

#[test]
fn h2load() {
    let text = "finished in 271.53ms, 368.28 req/s, 25.17KB/s\n\
                requests: 100 total, 100 started, 97 done, 97 succeeded, \
                3 failed, 3 errored, 0 timeout\nstatus codes: 97 2xx\n";
    assert_eq!(by_h2load(text), Some(97));
    assert_eq!(by_h2load("starting benchmark...\n"), None);
}

#[test]
fn oha() {
    let text = "{\"summary\":{\"successRate\":1.0},\
                \"statusCodeDistribution\":{\"200\":38,\"503\":1},\
                \"errorDistribution\":{\"aborted due to deadline\":1}}\n";
    assert_eq!(by_oha(text), Some(40));
    assert_eq!(by_oha("{}"), None);
}

#[test]
fn hey() {
    let text = "Latency distribution:\n  10% in 0.0202 secs\n\n\
                Status code distribution:\n  [200]\t96 responses\n  \
                [503]\t1 responses\n\n";
    assert_eq!(by_hey(text), Some(97));
    let errors = "Error distribution:\n  [2]\tGet: connection refused\n";
    assert_eq!(by_hey(errors), None);
}

#[test]
fn autocannon() {
    let text = "{\"connections\":8,\"2xx\":100,\
                \"latency\":{\"totalCount\":100},\
                \"requests\":{\"average\":100,\"total\":100,\"sent\":104}}\n";
    assert_eq!(by_autocannon(text), Some(100));
    assert_eq!(by_autocannon("Running 10s test"), None);
}

#[test]
fn ours() {
    assert_eq!(by_harness("{\"requests\":100,\"ok\":99}\n"), Some(100));
    assert_eq!(by_harness("100 pings"), None);
    assert_eq!(by_script("{\"answered\": 100}\n"), Some(100));
    assert_eq!(by_script("Traceback (most recent call last):"), None);
}
