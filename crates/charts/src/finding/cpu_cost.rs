//! What a ping costs in processor time, and whose cost it is: the way's, or
//! the client library's.

use measurement::compare::{Comparison, Noise};
use measurement::summary::{Batch, Row, Summary};

use crate::cpu_cost::{PER_THOUSAND, no_waits, say};
use crate::finding::levels::named;
use crate::finding::{Said, factor, of_client, rounds, said};
use crate::quantity::capital;
use crate::strategy::{is_concurrent_lesson, is_sequential, subject};

/// The finding of the chart of processor time.
///
/// Tasks and the pool have different client libraries, so that what they
/// differ by may be the library's. Only where the pair that is written by
/// hand differs in the same direction does the title speak of tasks and
/// threads; else it names the libraries.
pub fn finding_cpu_cost(summary: &Summary) -> String {
    let with_cpu = |batch: &&Batch| rows(batch).next().is_some();
    let levels = named(summary);
    let highest = levels.last().copied();
    let Some(batch) =
        no_waits(summary).into_iter().chain(highest).find(with_cpu)
    else {
        return "No processor time that counts".to_owned();
    };
    let sound = rows(batch).any(Row::is_sound);
    if !sound {
        return "The machine disturbed every strategy".to_owned();
    }
    let pair = Pair::of(batch);
    let finding = match &pair {
        Some(pair) => pair.finding(batch),
        None => range(batch),
    };
    // Beside figures that are not compared there is no room for more.
    let plain = pair.is_none_or(|pair| why_not(pair.said()).is_none());
    let more = if plain { by_hand(batch) } else { String::new() };
    let level = batch.concurrency;
    let finding = match Some(batch.act) == highest.map(|batch| batch.act) {
        true => format!("at {level} in flight {finding}"),
        false => finding,
    };
    capital(&format!("{finding}{more}"))
}

/// The rows that have many pings in flight and whose cost is known.
fn rows(batch: &Batch) -> impl Iterator<Item = &Row> {
    let rows = batch.rows.iter().filter(|row| row.cpu_per_request_ns.is_some());
    rows.filter(|row| !is_sequential(&row.strategy))
}

fn row<'a>(batch: &'a Batch, name: &str) -> Option<&'a Row> {
    rows(batch).find(|row| row.strategy == name)
}

/// `63 ms`.
fn cost(row: &Row) -> String {
    let median = row.cpu_per_request_ns.as_ref().map_or(0.0, |e| e.median);
    format!("{} ms", say(median * PER_THOUSAND))
}

/// Tasks, and the reference that they are compared with.
struct Pair<'a> {
    tasks: &'a Row,
    reference: &'a Row,
}

/// Sentences without a factor, where nothing is called a difference.
fn why_not(said: Said) -> Option<String> {
    match said {
        Said::Differs(_) | Said::NoDifference => None,
        Said::TooFewRounds(number) => {
            Some(format!("{}: too few to tell apart", rounds(number)))
        }
        Said::TooNoisy => Some("too noisy to tell apart".to_owned()),
        Said::NoTwins => Some("not compared, without twins".to_owned()),
        Said::Disturbed => Some("disturbed, and not compared".to_owned()),
        Said::Never => Some("never in the same round".to_owned()),
    }
}

impl<'a> Pair<'a> {
    fn of(batch: &'a Batch) -> Option<Pair<'a>> {
        let reference = row(batch, batch.reference.as_deref()?)?;
        let tasks = row(batch, "async-tasks")?;
        let two = tasks.strategy != reference.strategy;
        two.then_some(Pair { tasks, reference })
    }

    /// `tasks on reqwest`, `the pool on ureq`.
    fn subjects(&self) -> [String; 2] {
        [self.tasks, self.reference]
            .map(|row| of_client(subject(&row.strategy).0, &row.client))
    }

    fn said(&self) -> Said {
        said(self.tasks, self.reference, self.tasks.cpu_ratio.as_ref())
    }

    /// Whether tasks and the pool are farther apart than the pair by hand can
    /// be: that no difference is seen does not say that there is none, and
    /// one as large would be the way's.
    fn beyond(&self, control: Option<&Comparison>) -> bool {
        let interval = |of: Option<&Comparison>| of?.ratio.interval;
        let own = interval(self.tasks.cpu_ratio.as_ref());
        let both = own.zip(interval(control));
        both.is_some_and(|(own, control)| {
            let above = own.low > 1.0 && own.low > control.high;
            above || own.high < 1.0 && own.high < control.low
        })
    }

    fn finding(&self, batch: &Batch) -> String {
        let [tasks, reference] = self.subjects();
        let control = control(batch);
        let see = match is_noisy(batch) {
            true => "no difference we can see in this noise",
            false => "no difference we can see",
        };
        let control_words = match control {
            Some(Said::NoDifference) => format!("by hand {see}"),
            Some(Said::Differs(ratio)) => {
                let factor = factor(ratio);
                format!("by hand tasks use {factor} that of threads")
            }
            Some(other) => {
                let why = why_not(other).unwrap_or_default();
                format!("by hand {why}")
            }
            None => "without the pair by hand".to_owned(),
        };
        let use_cpu = |ratio| {
            let factor = factor(ratio);
            format!("{tasks} use {factor} the CPU of {reference}")
        };
        match (self.said(), control) {
            (Said::Differs(ratio), Some(Said::Differs(own)))
                if (ratio > 1.0) == (own > 1.0) =>
            {
                let more = if ratio > 1.0 { "more" } else { "less" };
                let (ratio, own) = (factor(ratio), factor(own));
                format!(
                    "tasks use {more} CPU than threads: {ratio} on {} against \
                     {reference}, {own} by hand",
                    self.tasks.client,
                )
            }
            (Said::Differs(ratio), Some(Said::Differs(_))) => {
                let first = use_cpu(ratio);
                format!("{first}, but {control_words}: it is the client")
            }
            (Said::Differs(ratio), Some(Said::NoDifference))
                if self.beyond(batch.control_cpu.as_ref()) =>
            {
                let first = use_cpu(ratio);
                format!("{first}; {control_words}: it is the client")
            }
            (Said::Differs(ratio), _) => {
                let first = use_cpu(ratio);
                format!("{first}; {control_words}, so it may be the client")
            }
            (Said::NoDifference, Some(Said::NoDifference)) => format!(
                "tasks or threads, {see} in CPU: neither {tasks} against \
                 {reference}, nor by hand"
            ),
            (Said::NoDifference, Some(Said::Differs(_))) => format!(
                "{tasks} or {reference}, {see} in CPU, but {control_words}"
            ),
            (Said::NoDifference, _) => {
                format!("{tasks} or {reference}, {see} in CPU; {control_words}")
            }
            (other, _) => {
                let why = why_not(other).unwrap_or_default();
                let both = format!(
                    "1,000 pings cost {tasks} {} of CPU, {reference} {}",
                    cost(self.tasks),
                    cost(self.reference),
                );
                match control {
                    Some(Said::NoDifference | Said::Differs(_)) => {
                        format!("{both}; {why}; {control_words}")
                    }
                    _ => format!("{both}; {why}"),
                }
            }
        }
    }
}

/// What may be said of tasks and threads that are written by hand; none if
/// they are not there.
fn control(batch: &Batch) -> Option<Said> {
    let tasks = row(batch, "control-tasks")?;
    let threads = row(batch, "control-threads")?;
    let comparison: Option<&Comparison> = batch.control_cpu.as_ref();
    Some(said(tasks, threads, comparison))
}

fn is_noisy(batch: &Batch) -> bool {
    let twins = batch.cpu_twins.as_ref();
    twins.is_some_and(|twins| twins.noise == Noise::Noisy)
}

/// `. By hand a ping costs 0.43× that of the pool`: what is left without the
/// client library. Empty where nothing may be said of it.
fn by_hand(batch: &Batch) -> String {
    let named = batch.reference.as_deref();
    let both = row(batch, "control-threads")
        .zip(named.and_then(|name| row(batch, name)));
    let Some((control, reference)) = both.filter(|(control, reference)| {
        control.strategy != reference.strategy
            && is_concurrent_lesson(&reference.strategy)
    }) else {
        return String::new();
    };
    match said(control, reference, control.cpu_ratio.as_ref()) {
        Said::Differs(ratio) => {
            let name = subject(&reference.strategy).0;
            let factor = factor(ratio);
            format!(". By hand a ping costs {factor} that of {name}")
        }
        _ => String::new(),
    }
}

/// `1,000 pings cost 61–92 ms of CPU`, where there are no two to compare.
fn range(batch: &Batch) -> String {
    let sound = || rows(batch).filter(|row| row.is_sound());
    let median =
        |row: &&Row| row.cpu_per_request_ns.as_ref().map_or(0.0, |e| e.median);
    let by_cost = |a: &&Row, b: &&Row| median(a).total_cmp(&median(b));
    let (Some(least), Some(most)) =
        (sound().min_by(by_cost), sound().max_by(by_cost))
    else {
        return "no processor time that counts".to_owned();
    };
    let (low, high) = (cost(least), cost(most));
    if least.strategy == most.strategy {
        let name = of_client(subject(&least.strategy).0, &least.client);
        return format!("1,000 pings cost {name} {low} of CPU");
    }
    let span = match low == high {
        true => high,
        false => format!("{}–{high}", low.trim_end_matches(" ms")),
    };
    format!("1,000 pings cost {span} of CPU; not compared")
}
