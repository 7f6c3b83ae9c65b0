//! Other people's clients beside ours, in words.

use measurement::compare::{LEAST_DIFFERENCE, Noise};
use measurement::peers::{PeerRow, PeersSummary, Quantity};
use measurement::quantity::{
    capital, duration, floor_percent, from_to, mib, whole,
};
use measurement::ways;

use super::near::near;
use crate::caption::Caption;
use crate::finding::{Said, elided, fitting, less, said};
use crate::strategy;

/// What a client is called in tables and charts: ours as everywhere.
pub fn peer_name(row: &PeerRow) -> String {
    let way = ways::find(&row.client).filter(|_| row.ours);
    way.map_or(&*row.client, |way| way.label()).to_owned()
}

/// The same in a title.
fn subject(row: &PeerRow) -> (String, bool) {
    match row.ours {
        true => {
            let (name, plural) = strategy::subject(&row.client);
            (elided(name, 20), plural)
        }
        false => (elided(&row.client, 20), false),
    }
}

/// The words to [`super::peers`].
pub fn caption_peers(summary: &PeersSummary) -> Caption {
    let cost = |row: &&PeerRow| {
        let cost = duration(row.median(Quantity::Cpu)?);
        Some(format!("{} {cost}", peer_name(row)))
    };
    let costs: Vec<String> =
        summary.by_cost().iter().filter_map(cost).collect();
    Caption {
        title: title(summary),
        description: format!(
            "A row for each client, with its CPU time for a request and its \
             requests a second. CPU time of a request: {}.",
            costs.join(", ")
        ),
        look_for: "Compare the left bars: a hollow one that ends before the \
                   grey band is a client that costs less than the reference; \
                   of one that ends within it nobody can tell."
            .to_owned(),
        also: compare_peers(summary)
            .iter()
            .map(|line| format!("{}.", capital(line)))
            .collect(),
    }
}

/// The least costly of ours, against the reference.
fn title(summary: &PeersSummary) -> String {
    let none = || "No client could be measured".to_owned();
    let Some(ours) = summary.best(Quantity::Cpu, true) else {
        return span(summary).unwrap_or_else(none);
    };
    let reference = summary.row(&summary.reference);
    let Some(reference) = reference.filter(|row| !row.ours) else {
        return span(summary).unwrap_or_else(none);
    };
    let cost =
        |row: &PeerRow| duration(row.median(Quantity::Cpu).unwrap_or(0.0));
    let ((who, plural), (other, _)) = (subject(ours), subject(reference));
    let takes = if plural { "take" } else { "takes" };
    fitting(match said(ours.cpu_ratio.as_ref()) {
        Said::Differs(ratio) => {
            let than =
                format!("{who} {takes} {} CPU than {other}", less(ratio));
            [
                capital(&format!("{than} for a request: {}", cost(ours))),
                capital(&than),
            ]
        }
        Said::NoDifference => {
            let (one, two) = (cost(ours), cost(reference));
            let as_little = capital(&format!("{who} {takes} about as little"));
            let several = several(summary, ours);
            let both = format!("CPU of a request: {who} {one}, {other} {two}");
            let several = several.into_iter().flat_map(|(names, costs)| {
                [" a request", ""].map(|more| {
                    format!("{as_little} CPU as {names}: {costs}{more}")
                })
            });
            let one = format!(
                "{as_little} CPU as {other}: {one} and {two} a request"
            );
            return fitting(several.chain([one, both]));
        }
        Said::Nothing(why) => {
            let (one, two) = (cost(ours), cost(reference));
            let both = format!("CPU of a request: {who} {one}, {other} {two}");
            [format!("{both}; {}", why.words()), both]
        }
    })
}

/// Several of other people's that are too near the reference to tell apart,
/// and what they and ours cost.
fn several(summary: &PeersSummary, ours: &PeerRow) -> Option<(String, String)> {
    let near = near(summary);
    let (last, first) = near.split_last().filter(|(_, f)| !f.is_empty())?;
    let first: Vec<String> = first.iter().map(|row| subject(row).0).collect();
    let names = format!("{} and {}", first.join(", "), subject(last).0);
    let all = near.iter().copied().chain([ours]);
    let costs = all.filter_map(|row| row.median(Quantity::Cpu));
    let (least, most) =
        costs.fold((f64::INFINITY, 0.0_f64), |(a, b), x| (a.min(x), b.max(x)));
    Some((names, from_to(&duration(least), &duration(most))))
}

/// From the least to the most.
fn span(summary: &PeersSummary) -> Option<String> {
    let rows = summary.by_cost();
    let mut costs = rows.iter().filter_map(|row| row.median(Quantity::Cpu));
    let least = costs.next()?;
    let most = costs.next_back().unwrap_or(least);
    let span = from_to(&duration(least), &duration(most));
    Some(format!("A request costs {span} of CPU, by who makes it"))
}

/// Of each quantity the best of ours and the best of the others, and which of
/// them it is: `memory: event loop 9.7 MiB, wrk 5.0 MiB: a peer is better`.
pub fn compare_peers(summary: &PeersSummary) -> Vec<String> {
    let (cpu, speed) = (&summary.cpu_twins, &summary.speed_twins);
    let [cpu, speed] = [cpu, speed].map(|twins| {
        let twins = twins.as_ref()?;
        Some((twins.floor?, twins.noise == Noise::TooNoisy))
    });
    // Memory and starting have no twins: a larger distance has to do.
    let rough = Some((5.0 * LEAST_DIFFERENCE, false));
    let in_mib = |bytes: f64| format!("{} MiB", mib(bytes));
    let line = |what: &str, quantity, floor, say: fn(f64) -> String| {
        let ours = summary.best(quantity, true)?;
        let other = summary.best(quantity, false)?;
        let [one, two] = [ours, other].map(|row| row.median(quantity));
        let (one, two) = (one?, two?);
        let worse = match quantity {
            Quantity::Speed => two / one,
            _ => one / two,
        };
        let verdict = match floor {
            None => "too few rounds to tell",
            Some((floor, _)) if worse > 1.0 + floor => "a peer is better",
            Some((floor, _)) if worse < 1.0 / (1.0 + floor) => "ours is better",
            Some((_, true)) => "too noisy to tell",
            Some((_, false)) => "no visible difference",
        };
        let (ours, other) = (peer_name(ours), peer_name(other));
        let (one, two) = (say(one), say(two));
        Some(format!("{what}: {ours} {one}, {other} {two}: {verdict}"))
    };
    [
        line("CPU of a request", Quantity::Cpu, cpu, duration),
        line("requests a second", Quantity::Speed, speed, whole),
        line("memory", Quantity::Memory, rough, in_mib),
        line("CPU to start", Quantity::Start, rough, duration),
        noise(cpu.map(|(floor, _)| floor), speed.map(|(floor, _)| floor)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How far nothing is called a difference.
fn noise(cpu: Option<f64>, speed: Option<f64>) -> Option<String> {
    let (cpu, speed) = (floor_percent(cpu?), floor_percent(speed?));
    Some(format!(
        "the same client twice differs by up to {cpu} in CPU, {speed} in \
         requests a second"
    ))
}
