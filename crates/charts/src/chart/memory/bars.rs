//! The two panels, from the numbers of a run: one more ping in flight, and ten
//! thousand.

use measurement::summary::Memory;
use measurement::ways;

use crate::finding::elided;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::quantity::{from_to, kib, mib, number, plural};
use crate::scale::{Scale, Steps};
use crate::strategy::{label, waiter};

const KIB: f64 = 1024.0;
const MIB: f64 = KIB * KIB;

/// What the second panel asks for.
const MANY: f64 = 10_000.0;

/// Room at the right for what is written beside the longest bar, as a factor.
const ROOM: f64 = 1.3;

/// A way, and the same way with a GET by hand, if that is known.
struct Bar<'a> {
    whole: &'a Memory,
    waiter: Option<&'a Memory>,
}

/// The two panels, and what was measured.
pub(super) fn plot(memory: &[&Memory]) -> (Plot, String) {
    let bars = bars(memory);
    let names: Vec<String> = bars.iter().map(Bar::name).collect();
    let rows = Axis::rows(&names);
    let (fewest, most) = levels(memory);
    let [fewest, most] = [fewest, most].map(number);
    let measured = format!(
        "one more in flight, measured from {fewest} to {most} in flight"
    );
    let computed = "computed: the program itself, and 10,000 of these";
    let mut one = panel(&bars, &rows, &ONE, measured);
    let waiters = bars.iter().filter_map(|bar| Some((bar, bar.waiter?)));
    let waiters: Vec<String> = waiters
        .map(|(bar, waiter)| {
            format!("{} {} KiB", bar.what(), kib(ONE.of(waiter)))
        })
        .collect();
    if !waiters.is_empty() {
        one.title = format!("By hand: {}", waiters.join(", "));
    }
    let mut many = panel(&bars, &rows, &TEN_THOUSAND, computed.to_owned());
    let all = || bars.iter().map(|bar| TEN_THOUSAND.of(bar.whole));
    many.title = format!(
        "10,000 in flight: {} MiB",
        from_to(
            &mib(all().fold(f64::INFINITY, f64::min)),
            &mib(all().fold(0.0, f64::max))
        )
    );
    let plot = Plot {
        panels: vec![one, many],
        key: [key(&bars), key(&bars)],
        one_scale: true,
        stacked: false,
    };
    (plot, subtitle(memory))
}

/// Those of the title first. What is written by hand is a part of another bar
/// where it takes less than that, and else a bar of its own.
fn bars<'a>(memory: &[&'a Memory]) -> Vec<Bar<'a>> {
    let find = |id: &str| memory.iter().find(|row| row.strategy == id).copied();
    let waiter_of = |row: &Memory| {
        let pairs = [
            (ways::POOL, ways::POOL_BY_HAND),
            (ways::TASKS, ways::TASKS_BY_HAND),
        ];
        let mut pairs = pairs.into_iter();
        let pair = pairs.find(|(way, _)| way.id == row.strategy)?;
        let waiter = find(pair.1.id)?;
        let within = 0.0..=row.slope_bytes.median;
        within.contains(&waiter.slope_bytes.median).then_some(waiter)
    };
    let bars: Vec<Bar<'_>> = memory
        .iter()
        .map(|row| Bar { whole: row, waiter: waiter_of(row) })
        .collect();
    let parts: Vec<&str> =
        bars.iter().filter_map(|bar| Some(&*bar.waiter?.strategy)).collect();
    let mut bars: Vec<Bar<'_>> = bars
        .into_iter()
        .filter(|bar| !parts.contains(&&*bar.whole.strategy))
        .collect();
    // In the order of the title.
    bars.sort_by_key(|bar| (!bar.is_told(), !bar.is_task()));
    bars
}

impl Bar<'_> {
    /// Whether titles speak of it.
    fn is_told(&self) -> bool {
        [ways::POOL.id, ways::TASKS.id].contains(&&*self.whole.strategy)
    }

    fn is_task(&self) -> bool {
        self.whole.strategy == ways::TASKS.id
    }

    fn name(&self) -> String {
        let name = match ways::is_by_hand(&self.whole.strategy) {
            true => label(&self.whole.strategy).to_owned(),
            false => waiter(&self.whole.strategy),
        };
        elided(&name, 20)
    }

    fn what(&self) -> &str {
        match self.whole.strategy == ways::TASKS.id {
            true => "task",
            false => "thread",
        }
    }

    /// What waits, and what is around it: `the thread itself 15, the rest is ureq`.
    fn parts(&self, unit: &Unit) -> Option<String> {
        let waiter = self.waiter?;
        let what = self.what();
        let own = (unit.say)(unit.of(waiter));
        if !unit.told {
            return Some(format!("by hand {own}{}", unit.name));
        }
        let client = elided(&self.whole.client, 12);
        Some(format!("the {what} itself {own}, the rest is {client}"))
    }
}

/// What a panel is about.
struct Unit {
    title: &'static str,
    axis: &'static str,
    /// Bytes of a row.
    bytes: fn(&Memory) -> f64,
    one: f64,
    say: fn(f64) -> String,
    name: &'static str,
    share: f64,
    /// Whether the title speaks of it.
    told: bool,
}

const ONE: Unit = Unit {
    title: "One more in flight",
    axis: "KiB",
    bytes: |memory| memory.slope_bytes.median,
    one: KIB,
    say: kib,
    name: " KiB",
    share: 1.25,
    told: true,
};

const TEN_THOUSAND: Unit = Unit {
    title: "10,000 in flight",
    axis: "MiB",
    bytes: |memory| memory.base_bytes + MANY * memory.slope_bytes.median,
    one: MIB,
    say: mib,
    name: " MiB",
    share: 1.0,
    told: false,
};

impl Unit {
    fn of(&self, memory: &Memory) -> f64 {
        (self.bytes)(memory).max(0.0)
    }
}

fn panel(bars: &[Bar<'_>], rows: &Axis, unit: &Unit, about: String) -> Panel {
    let values = bars.iter().map(|bar| ROOM * unit.of(bar.whole) / unit.one);
    let x = Scale::new(Steps::Linear, values, (0.0, 1.0));
    let mut layers = Vec::new();
    let mut notes = Vec::new();
    for (row, bar) in (0_u32..).zip(bars) {
        let row = f64::from(row);
        // Those that nobody asked for are thin.
        let (top, bottom) = match bar.waiter.is_some() || bar.is_told() {
            true => (row + 0.46, row + 0.9),
            false => (row + 0.4, row + 0.6),
        };
        layers.extend(bar.layers(unit, (top, bottom)));
        let right = unit.of(bar.whole) / unit.one;
        let middle = (top + bottom) / 2.0;
        let text = format!("{}{}", (unit.say)(unit.of(bar.whole)), unit.name);
        let note = match unit.told && bar.is_told() {
            true => Note::number(text, (right, middle)),
            false => Note { needed: true, ..Note::new(text, (right, middle)) },
        };
        notes.push(note.rather(Side::Along));
        let parts = bar.parts(unit);
        let at = (0.0, row + 0.22);
        notes.extend(
            parts.map(|parts| Note::new(parts, at).rather(Side::Along)),
        );
    }
    Panel {
        title: unit.title.to_owned(),
        about,
        x: Axis::round(unit.axis, x, ""),
        y: rows.clone(),
        layers,
        notes,
        ends: Vec::new(),
        share: unit.share,
        height: Height::Rows(bars.len(), 2),
    }
}

impl Bar<'_> {
    fn layers(&self, unit: &Unit, (top, bottom): (f64, f64)) -> Vec<Layer> {
        let bar = |from: f64, to: f64, paint: Paint| Layer::Bar {
            from: (from / unit.one, top),
            to: (to / unit.one, bottom),
            paint,
            hover: self.hover(),
        };
        let all = unit.of(self.whole);
        let own = Paint::of_strategy(&self.whole.strategy);
        match self.waiter {
            Some(waiter) => {
                let part = unit.of(waiter).min(all);
                vec![bar(0.0, part, own), bar(part, all, Paint::Other)]
            }
            None if self.is_told() => vec![bar(0.0, all, own)],
            None => vec![Layer::Hollow {
                from: (0.0, top),
                to: (all / unit.one, bottom),
                paint: Paint::Other,
                hover: self.hover(),
            }],
        }
    }

    fn hover(&self) -> String {
        let of = |memory: &Memory| {
            let slopes = &memory.slope_bytes;
            let interval = slopes.interval.map_or(String::new(), |interval| {
                let [low, high] = [interval.low, interval.high].map(kib);
                format!(", interval {} KiB", from_to(&low, &high))
            });
            format!(
                "{}: {} KiB for one more in flight{interval}, {}",
                ways::name(&memory.strategy),
                kib(slopes.median),
                plural(slopes.n, "round")
            )
        };
        let waiter = self.waiter.map(|waiter| format!("; {}", of(waiter)));
        format!("{}{}", of(self.whole), waiter.unwrap_or_default())
    }
}

/// The fewest in flight, and the most.
fn levels(memory: &[&Memory]) -> (usize, usize) {
    let points = memory.iter().flat_map(|memory| &memory.points);
    let levels =
        points.map(|point| usize::try_from(point.0).unwrap_or(usize::MAX));
    let ends = levels.fold((usize::MAX, 0), |(a, b), x| (a.min(x), b.max(x)));
    (ends.0.min(ends.1), ends.1)
}

/// What grey and hollow stand for.
fn key(bars: &[Bar<'_>]) -> Vec<Item> {
    let mut items = Vec::new();
    if bars.iter().any(|bar| bar.waiter.is_some()) {
        items.push(Item::new(Sample::InFlight, "what the library adds"));
    }
    if bars.iter().any(|bar| bar.waiter.is_none() && !bar.is_told()) {
        let others = "others, with their library";
        items.push(Item::new(Sample::Failed, others));
    }
    items
}

fn subtitle(memory: &[&Memory]) -> String {
    let (fewest, most) = levels(memory);
    let rounds = memory.iter().map(|memory| memory.slope_bytes.n).min();
    format!(
        "Memory of the client process: the peak with {} in flight less the \
         peak with {}, divided by {}; {}.",
        number(most),
        number(fewest),
        number(most - fewest),
        plural(rounds.unwrap_or(0), "round"),
    )
}
