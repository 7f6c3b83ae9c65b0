//! Wrong answers to it.

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::is_transient;
use ping_core::{Ping, PingError};

use crate::on_one_thread;

/// Failures in a row, pings still to be left out, and whether this one failed.
type Change = fn(&mut u32, &mut u32, bool);

/// Never set to nothing by a success: failures, but not in a row.
pub(crate) fn not_in_a_row(urls: &[String]) -> Vec<Ping> {
    breaker(urls, true, |failed, left_out, failure| {
        *failed += u32::from(failure);
        if failure && *failed >= 5 {
            *left_out = 10;
        }
    })
}

/// Counts anew when it opens: five more have to fail until it opens again.
pub(crate) fn counts_anew(urls: &[String]) -> Vec<Ping> {
    breaker(urls, true, |failed, left_out, failure| {
        *failed = if failure { *failed + 1 } else { 0 };
        if *failed >= 5 {
            (*failed, *left_out) = (0, 10);
        }
    })
}

/// What is left out has no result.
pub(crate) fn without_results(urls: &[String]) -> Vec<Ping> {
    breaker(urls, false, |failed, left_out, failure| {
        *failed = if failure { *failed + 1 } else { 0 };
        if *failed >= 5 {
            *left_out = 10;
        }
    })
}

/// Open for good.
pub(crate) fn never_looks(urls: &[String]) -> Vec<Ping> {
    breaker(urls, true, |failed, left_out, failure| {
        *failed = if failure { *failed + 1 } else { 0 };
        if *failed >= 5 {
            *left_out = u32::MAX;
        }
    })
}

fn breaker(urls: &[String], told: bool, change: Change) -> Vec<Ping> {
    on_one_thread(urls, move |client, urls| async move {
        let mut pings = Vec::new();
        let (mut failed, mut left_out) = (0, 0);
        for url in &urls {
            if left_out > 0 {
                left_out -= 1;
                let none = Ping::unstarted(url, PingError::Cancelled);
                pings.extend(told.then_some(none));
                continue;
            }
            let ping = ping(&client, url).await;
            change(&mut failed, &mut left_out, is_transient(&ping));
            pings.push(ping);
        }
        pings
    })
}
