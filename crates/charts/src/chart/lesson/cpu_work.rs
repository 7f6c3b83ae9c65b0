//! Lesson 11: how much quicker computing gets. What one thread computes follows
//! Amdahl (F6), all else the ceiling of the processors (F11).

use measurement::course::formula::{amdahl, ceiling};
use measurement::course::{JOB_NS, Quantity};
use measurement::summary::Summary;
use measurement::ways::{self, Way, label};

use super::guess::widened;
use super::measured::{Cell, at, cells, hedge, medians, times_differ};
use super::told::{Drawing, Guess, Run, Told};
use crate::ends::YOU;
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{At, Axis, Height, Layer, Named, Panel};
use crate::quantity::{duration, in_a_formula, number, plural, speed_up};
use crate::scale::{Scale, Steps, Tick};

pub(super) const TOLD: Told = Told {
    lesson: OWN.id,
    finding,
    explain,
    draw,
    look_for: "There are two lines in each panel, and every point is near one \
               of them. One task computes alone, and is on the lower one. \
               Rayon, tasks, threads and processes are near the upper one, \
               whatever they are called: what counts is how many processors \
               compute. The more of a job is computing, the sooner the upper \
               line is flat, and the less it matters how many are in flight.",
};

const OWN: Way = ways::CPU_WORK;
const ALONE: Way = ways::COMPUTING_JOIN_ALL;

/// Those with several processors, the lesson's own last: it is in front.
const MANY: [Way; 4] = [
    ways::COMPUTING_PROCESSES,
    ways::COMPUTING_TASKS,
    ways::COMPUTING_THREADS,
    OWN,
];

/// The batches of one share of computing.
struct Share<'a> {
    percent: u32,
    /// What all its jobs take one by one, ns: measured, or as it was planned.
    in_turn: f64,
    /// Those of each way, with its name.
    ways: Vec<(&'static str, Vec<Cell<'a>>)>,
}

impl Share<'_> {
    /// The f of both formulas.
    fn f(&self) -> f64 {
        f64::from(self.percent) / 100.0
    }

    fn speed_up(&self, cell: &Cell<'_>) -> f64 {
        self.in_turn / cell.makespan().max(1.0)
    }

    fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.ways.iter().flat_map(|(_, cells)| cells).copied()
    }

    /// The cell of this way with the most at once.
    fn most(&self, way: Way) -> Option<Cell<'_>> {
        let (_, cells) = self.ways.iter().find(|(name, _)| *name == way.id)?;
        cells.last().copied()
    }

    fn processors(&self) -> Option<f64> {
        let known = self.cells().filter_map(|cell| cell.batch.processors);
        known.min().map(|processors| processors as f64)
    }
}

/// What was measured of each share, from the least computing to the most.
fn shares(summary: &Summary) -> Vec<Share<'_>> {
    let all = MANY.into_iter().chain([ALONE]);
    let all: Vec<_> = all.map(|way| (way.id, cells(summary, way.id))).collect();
    let percents = all.iter().flat_map(|(_, cells)| cells);
    let mut percents: Vec<u32> =
        percents.filter_map(|cell| cell.batch.share_percent).collect();
    percents.sort_unstable();
    percents.dedup();
    let share = |percent: u32| {
        let ways: Vec<_> = all
            .iter()
            .map(|(name, cells)| (*name, of_share(cells, percent)))
            .collect();
        let measured = ways.iter().flat_map(|(_, cells)| cells);
        let one = at(&of_share(&cells(summary, OWN.id), percent), 1);
        let planned = measured.map(|cell| cell.n() * JOB_NS as f64).next();
        let in_turn = one.map(|cell| cell.makespan()).or(planned);
        Share { percent, in_turn: in_turn.unwrap_or(0.0), ways }
    };
    percents.into_iter().map(share).collect()
}

fn of_share<'a>(cells: &[Cell<'a>], percent: u32) -> Vec<Cell<'a>> {
    let own = |cell: &&Cell<'a>| cell.batch.share_percent == Some(percent);
    cells.iter().filter(own).copied().collect()
}

/// The share in the middle: there the two lines are far apart, and neither is
/// where it would be without computing.
fn told_of<'a, 'b>(shares: &'b [Share<'a>]) -> Option<&'b Share<'a>> {
    shares.iter().min_by_key(|share| share.percent.abs_diff(50))
}

fn finding(summary: &Summary) -> Option<String> {
    let shares = shares(summary);
    let share = told_of(&shares)?;
    let times = |cell: &Cell<'_>| speed_up(share.speed_up(cell));
    if let (Some(own), Some(alone)) = (share.most(OWN), share.most(ALONE))
        && own.batch.concurrency == alone.batch.concurrency
    {
        let c = number(own.batch.concurrency);
        let hedge = hedge(&[own, alone]);
        let what = format!("{} % computing", share.percent);
        if !times_differ(&own, &alone) {
            return Some(format!(
                "{what}: rayon and one task, no visible difference{hedge}"
            ));
        }
        let apart =
            format!("rayon {}, one task {}", times(&own), times(&alone));
        return Some(fitting([" as fast as one by one", ""].map(|more| {
            format!("{what}, {c} at once: {apart}{more}{hedge}")
        })));
    }
    let cell = share.cells().max_by_key(|cell| cell.batch.concurrency)?;
    Some(format!(
        "{} of {}, {} % computing, {} at once: {}{}",
        plural(cell.batch.requests, "job"),
        a_job(),
        share.percent,
        number(cell.batch.concurrency),
        in_a_formula(cell.makespan()),
        hedge(&[cell])
    ))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let shares = shares(summary);
    told_of(&shares)?;
    let mut lines = Vec::new();
    for share in &shares {
        let f = share.f();
        let most = share.cells().map(|cell| cell.batch.concurrency).max()?;
        let c = most as f64;
        if let Some(alone) = share.most(ALONE) {
            let c = alone.batch.concurrency;
            lines.push(format!(
                "F6, S = 1/(f + (1 − f)/c): 1/({f} + {:.1}/{c}) = {}; one task \
                 was {} as fast as one by one.",
                1.0 - f,
                speed_up(amdahl(f, c as f64)),
                speed_up(share.speed_up(&alone)),
            ));
        }
        let Some(p) = share.processors() else { continue };
        let quick: Vec<String> = MANY
            .iter()
            .rev()
            .filter_map(|way| {
                let cell = share.most(*way)?;
                let same = cell.batch.concurrency == most;
                let times = speed_up(share.speed_up(&cell));
                same.then(|| format!("{} {times}", way.short))
            })
            .collect();
        if !quick.is_empty() {
            lines.push(format!(
                "F11, S ≤ min(c, P/f): min({most}, {p}/{f}) = {}; {}.",
                speed_up(ceiling(f, c, p)),
                quick.join(", ")
            ));
        }
    }
    if let Some(share) = told_of(&shares) {
        lines.push(format!(
            "One by one {} jobs took {}, where {} each were planned.",
            share.cells().next()?.batch.requests,
            in_a_formula(share.in_turn),
            a_job(),
        ));
    }
    Some(lines)
}

/// `20 ms`.
fn a_job() -> String {
    duration(JOB_NS as f64)
}

/// A prediction of less than this part of the height has no place of its own.
const LEAST: f64 = 0.02;

/// Of the height, a line of text at the lower edge with room above it.
const LINE: f64 = 0.09;

/// A panel for each share, with both lines.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let shares = shares(run.summary);
    let measured: Vec<Cell<'_>> =
        shares.iter().flat_map(Share::cells).collect();
    if measured.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    // One scale for all, so that the eye sees the ceiling come down.
    let tallest = shares.iter().map(|share| tallest(run, share));
    let tallest = tallest.fold(1.0, f64::max);
    let panels =
        shares.iter().map(|share| panel(run, share, tallest)).collect();
    let known =
        |way: &&Way| measured.iter().any(|cell| cell.row.strategy == way.id);
    let ways = MANY.iter().rev().chain([&ALONE]).filter(known);
    let mut key: Vec<Item> = ways.map(|way| Item::strategy(way.id)).collect();
    key.push(Item::new(
        Sample::Formula,
        "computed: one processor (lower), all of them (upper)",
    ));
    let p = shares.iter().find_map(Share::processors);
    let processors = p.map_or(String::new(), |p| {
        format!(" {} may be used.", plural(p as usize, "processor"))
    });
    let subtitle = format!(
        "Jobs of {}: the server waits, then the body is hashed.{processors} \
         {}",
        a_job(),
        medians(&measured)
    );
    Ok(run.drawing(panels, false, key, subtitle))
}

/// Predictions of a share's jobs, and where they would stand.
fn guesses(run: &Run<'_>, share: &Share<'_>) -> Vec<(Guess, At)> {
    let requests = share.cells().next().map_or(0, |cell| cell.batch.requests);
    let guesses = run.all_guesses(Quantity::Makespan).into_iter();
    guesses
        .filter(|own| own.ask.requests == requests && own.value > 0.0)
        .map(|own| {
            let c = own.ask.concurrency as f64;
            (own, (c, share.in_turn / own.value))
        })
        .collect()
}

/// The most at once in a share.
fn most(share: &Share<'_>) -> f64 {
    let most = share.cells().map(|cell| cell.batch.concurrency).max();
    most.unwrap_or(1).max(2) as f64
}

/// The highest of a share: a point, the ceiling, or a prediction near them.
fn tallest(run: &Run<'_>, share: &Share<'_>) -> f64 {
    let (_, roof) = lines(share, most(share));
    let points = share.cells().map(|cell| share.speed_up(&cell));
    let tallest = points.chain(roof.iter().map(|at| at.1)).fold(1.0, f64::max);
    widened(tallest, guesses(run, share).iter().map(|own| own.1.1))
}

fn panel(run: &Run<'_>, share: &Share<'_>, tallest: f64) -> Panel {
    let place = |cell: &Cell<'_>| -> At {
        (cell.batch.concurrency as f64, share.speed_up(cell))
    };
    let guesses = guesses(run, share);
    let most = most(share);
    let (serial, roof) = lines(share, most);
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let y = Scale::new(Steps::Linear, [1.1 * tallest], (0.0, 1.0));
    let mut levels: Vec<usize> =
        share.cells().map(|cell| cell.batch.concurrency).collect();
    levels.sort_unstable();
    levels.dedup();
    let tick =
        |level: &usize| Tick { value: *level as f64, text: number(*level) };
    let ticks = levels.iter().rev().map(tick).collect();
    let x = Axis::at("jobs at once", x, ticks);
    let mut panel = Panel::new(x, Axis::round("", y, "×"), Height::Standard);
    panel.title = title(share);
    panel.about = "times as fast as one by one".to_owned();
    panel.layers.push(Layer::formula(serial, Paint::Ink));
    panel.layers.push(Layer::formula(roof, Paint::Ink));
    for (name, cells) in &share.ways {
        for cell in cells {
            let of = cell.row.makespan_ns.as_ref();
            let say = |ns: f64| speed_up(share.in_turn / ns.max(1.0));
            panel.layers.push(cell.symbol(place(cell), of, say));
        }
        let named = [OWN.id, ALONE.id].contains(name);
        if let Some(cell) = cells.last().filter(|_| named) {
            panel.ends.push(Named {
                name: label(name).to_owned(),
                strategy: (*name).to_owned(),
                at: place(cell),
                number: format!("{:.1}", share.speed_up(cell)),
                unit: "×",
            });
        }
    }
    // Who says a minute is at the edge, as who says a microsecond.
    let (slow, others): (Vec<_>, Vec<_>) =
        guesses.into_iter().partition(|own| own.1.1 <= tallest * LEAST);
    for (guess, at) in others {
        let of = label(guess.ask.strategy);
        // Where the lines end, it has a label among theirs.
        if at.0 == most && panel.y.scale.holds(at.1) {
            panel.ends.push(Named {
                strategy: YOU.to_owned(),
                name: format!("{YOU}, {of}"),
                at,
                number: format!("{:.1}", at.1),
                unit: "×",
            });
        } else {
            guess.point(of, &mut panel, at);
        }
    }
    for (line, (guess, at)) in (0..).zip(slow) {
        let height = f64::from(line) * LINE * tallest;
        let of = label(guess.ask.strategy);
        guess.below(of, &mut panel, (at.0, height));
    }
    panel
}

/// What share of a job it is.
fn title(share: &Share<'_>) -> String {
    format!("{} % computing", share.percent)
}

/// F6 and F11, from one at once to the most.
fn lines(share: &Share<'_>, most: f64) -> (Vec<At>, Vec<At>) {
    let steps = 40;
    let along =
        |step: i32| 1.0 + (most - 1.0) * f64::from(step) / f64::from(steps);
    let serial = (0..=steps).map(along);
    let serial = serial.map(|c| (c, amdahl(share.f(), c))).collect();
    let Some(p) = share.processors() else { return (serial, Vec::new()) };
    // Straight up to the knee, and flat behind it.
    let knee = ceiling(share.f(), most, p);
    let mut roof = vec![(1.0, 1.0), (knee.max(1.0), knee)];
    if knee < most {
        roof.push((most, knee));
    }
    (serial, roof)
}
