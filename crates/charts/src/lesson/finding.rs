//! What a lesson's run has found, in a sentence.

use measurement::course::Quantity;
use measurement::summary::Summary;

use super::measured::{Cell, at, cells, hedge, lie_apart};
use crate::finding::{factor, longer};
use crate::quantity::{capital, count, duration, milliseconds, percent, times};

/// The finding of the chart of that lesson. Where what it needs was not
/// measured, it says so.
pub fn finding_lesson(number: u8, summary: &Summary) -> String {
    let found = match number {
        1 => sequential(summary),
        2 => threads(summary),
        3 => shares(summary),
        4 => workers(summary),
        5 => tasks(summary),
        _ => None,
    };
    found.unwrap_or_else(|| {
        format!("Lesson {number}: too little was measured to say anything")
    })
}

/// Whether the times of two differ beyond what the rounds do.
fn times_differ(one: &Cell<'_>, other: &Cell<'_>) -> bool {
    lie_apart(one, other, |row| row.makespan_ns.as_ref())
}

fn sequential(summary: &Summary) -> Option<String> {
    let cells = cells(summary, "sequential");
    let last = *cells.last()?;
    let pings = capital(&pings(last.batch.requests));
    let took = duration(last.makespan());
    let hedge = hedge(&[last]);
    Some(match last.get(Quantity::Cpu) {
        Some(cpu) if cpu < 0.1 * last.makespan() => format!(
            "{pings} one after another took {took}, and {} of it was work: \
             the rest was waiting{hedge}",
            milliseconds(cpu)
        ),
        Some(cpu) => format!(
            "{pings} one after another took {took}, {} of it work{hedge}",
            milliseconds(cpu)
        ),
        None => format!("{pings} one after another took {took}{hedge}"),
    })
}

fn threads(summary: &Summary) -> Option<String> {
    let cells = cells(summary, "threads");
    let (first, last) = (*cells.first()?, *cells.last()?);
    if cells.len() < 2 {
        return None;
    }
    let how_long = match times_differ(&first, &last) {
        true => {
            format!("{} as long", factor(last.makespan() / first.makespan()))
        }
        false => "as long".to_owned(),
    };
    Some(format!(
        "{} as many pings, each on a thread of its own, took {how_long}: {} \
         for {}, {} for {}{}",
        times(last.n() / first.n()).replace(".0×", "×"),
        milliseconds(first.makespan()),
        first.batch.requests,
        duration(last.makespan()),
        last.batch.requests,
        hedge(&[first, last])
    ))
}

fn shares(summary: &Summary) -> Option<String> {
    let fixed = *cells(summary, "scoped-threads").first()?;
    let cursor = *cells(summary, "scoped-cursor").first()?;
    let ratio = fixed.makespan() / cursor.makespan();
    let found = match times_differ(&fixed, &cursor) {
        true if ratio > 1.0 => {
            longer(("fixed shares", true), ratio, "a shared cursor")
        }
        true => longer(("a shared cursor", false), 1.0 / ratio, "fixed shares"),
        false => "fixed shares or a shared cursor, no difference we can see"
            .to_owned(),
    };
    Some(format!(
        "The same {} on {} threads: {found}{}",
        pings(fixed.batch.requests),
        count(fixed.batch.concurrency),
        hedge(&[fixed, cursor])
    ))
}

/// `ten pings`.
fn pings(number: usize) -> String {
    let noun = if number == 1 { "ping" } else { "pings" };
    format!("{} {noun}", count(number))
}

fn workers(summary: &Summary) -> Option<String> {
    let cells = cells(summary, "worker-pool");
    let (before, after) = (at(&cells, 33)?, at(&cells, 34)?);
    let saved = 1.0 - after.makespan() / before.makespan();
    let steps = saved > 0.1 && times_differ(&before, &after);
    let later = at(&cells, 49);
    let nothing = later.filter(|later| {
        let near = (later.makespan() / after.makespan() - 1.0).abs() < 0.05;
        near || !times_differ(later, &after)
    });
    let step = format!(
        "One worker more, 34 for 33, saves {} of the time",
        percent(saved.max(0.0))
    );
    let hedge = hedge(&[before, after]);
    Some(match nothing {
        Some(_) if steps => {
            format!("{step}; the fifteen after it save nothing{hedge}")
        }
        _ if steps => format!("{step}{hedge}"),
        _ => format!(
            "33 workers took {}, 34 took {}{hedge}",
            milliseconds(before.makespan()),
            milliseconds(after.makespan())
        ),
    })
}

fn tasks(summary: &Summary) -> Option<String> {
    let (threads, tasks) =
        (cells(summary, "threads"), cells(summary, "async-tasks"));
    let task = *tasks.last()?;
    let thread = at(&threads, task.batch.concurrency)?;
    let ratio = |of: Quantity| Some(task.get(of)? / thread.get(of)?);
    let time = task.makespan() / thread.makespan();
    let start = format!("{} pings at once", task.batch.requests);
    let time = match time {
        time if (0.95..=1.05).contains(&time)
            || !times_differ(&task, &thread) =>
        {
            "take as long as tasks as on threads".to_owned()
        }
        time if time < 1.0 => {
            format!("take {} of the time as tasks as on threads", percent(time))
        }
        time => format!("take {} as long as tasks as on threads", factor(time)),
    };
    let mut costs = Vec::new();
    if let Some((own, other)) =
        task.get(Quantity::Threads).zip(thread.get(Quantity::Threads))
        && own < other
    {
        costs.push(format!("{own:.0} threads instead of {other:.0}"));
    }
    // Whichever way it turns out.
    let apart = lie_apart(&task, &thread, |row| row.peak_rss_bytes.as_ref());
    if let Some(memory) = ratio(Quantity::Memory).filter(|_| apart) {
        costs.push(match memory {
            less if less < 1.0 => format!("{} of the memory", percent(less)),
            more => format!("{} the memory", factor(more)),
        });
    }
    let costs = match costs.is_empty() {
        true => String::new(),
        false => format!(", with {}", costs.join(" and ")),
    };
    Some(format!("{start} {time}{costs}{}", hedge(&[task, thread])))
}
