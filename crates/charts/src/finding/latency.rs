//! What a caller feels.

use measurement::compare::Noise;
use measurement::distribution::Distribution;
use measurement::summary::{Batch, Row, Summary};

use crate::finding::is_disturbed;
use crate::finding::levels::disturbed_names;
use crate::latency::{batch, rows};
use crate::quantity::milliseconds;
use crate::strategy::short_name;

/// The finding of the latency chart in a sentence: what nine of ten pings
/// take, of all strategies that the machine did not disturb, and how long half
/// of them have waited since the start of their batch.
pub fn finding_latency(summary: &Summary) -> String {
    let Some(batch) = batch(summary) else {
        return "No trial that counts".to_owned();
    };
    let sound: Vec<&Row> =
        rows(batch).filter(|row| !is_disturbed(row)).collect();
    if sound.is_empty() {
        return "The machine disturbed every strategy".to_owned();
    }
    let level = batch.concurrency;
    let service = service(&sound);
    let sojourn = span(&sound, |row| row.sojourn.as_ref(), (0.5, 0.5));
    let found = match (service, sojourn) {
        (Some(service), Some(sojourn)) => format!(
            "At {level} in flight {service}; from the start of the batch \
             half of them have waited {sojourn}"
        ),
        (Some(service), None) => format!("At {level} in flight {service}"),
        (None, Some(sojourn)) => format!(
            "At {level} in flight half of the pings have waited {sojourn} \
             from the start of the batch"
        ),
        (None, None) => return "Too few pings for a median".to_owned(),
    };
    format!("{found}{}{}", noise(batch), disturbed(batch))
}

/// `nine of ten pings take 20 to 23 ms`; of few pings only the median.
fn service(rows: &[&Row]) -> Option<String> {
    let of = |parts| span(rows, |row| row.service.as_ref(), parts);
    let most = of((0.05, 0.95));
    let most = most.map(|span| format!("nine of ten pings take {span}"));
    most.or_else(|| Some(format!("a ping takes {}", of((0.5, 0.5))?)))
}

/// From the least of one quantile to the most of another, over these rows:
/// `20 to 23 ms`.
fn span<'a>(
    rows: &[&'a Row],
    times: impl Fn(&'a Row) -> Option<&'a Distribution>,
    (low, high): (f64, f64),
) -> Option<String> {
    let known = |part: f64| -> Vec<f64> {
        let all = rows.iter().filter_map(|row| times(row)?.quantile(part));
        all.collect()
    };
    let least = known(low).into_iter().reduce(f64::min)?;
    let most = known(high).into_iter().reduce(f64::max)?;
    let (from, to) = (milliseconds(least), milliseconds(most));
    let from = from.trim_end_matches(" ms");
    Some(match to.trim_end_matches(" ms") == from {
        true => to,
        false => format!("{from} to {to}"),
    })
}

fn noise(batch: &Batch) -> &'static str {
    match batch.twins.as_ref().map(|twins| twins.noise) {
        Some(Noise::Noisy) => ", on a noisy machine",
        Some(Noise::TooNoisy) => "; too noisy to tell strategies apart",
        Some(Noise::Quiet | Noise::Unknown) | None => "",
    }
}

fn disturbed(batch: &Batch) -> String {
    let disturbed = rows(batch).filter(|row| is_disturbed(row));
    let names: Vec<&str> =
        disturbed.map(|row| short_name(&row.strategy)).collect();
    disturbed_names(&names)
}
