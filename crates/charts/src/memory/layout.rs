//! Where everything in the cost of memory goes.

use crate::Footer;
use crate::ends::{End, draw_ends, ends_width};
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{Frame, above_data, below_data, names_width};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, Sample, draw_key};
use crate::memory::{Line, MIB};
use crate::palette::Paint;
use crate::points::{draw_interval, draw_symbol, symbol_size};
use crate::quantity::{kib, mib, plural};
use crate::scale::{Scale, Steps, Tick};
use crate::scene::{Area, Label, Scene};
use crate::strategy::label;
use crate::text_width::fit;
use measurement::ways;

/// After a number of the axis.
const UNIT: &str = " MiB";

/// After a slope; on a telephone, where two that coincide would have no room
/// for it, it stands above the slopes.
fn each(form: &Form) -> &'static str {
    if form.narrow { "" } else { " KiB" }
}

/// The data is at least so high.
const DATA_HEIGHT: f64 = 350.0;

/// With more symbols than this, nobody could see one.
const MOST_POINTS: usize = 600;

/// More levels than this are named by round numbers.
const MOST_LEVELS: usize = 8;

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    lines: &[Line],
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(lines, title, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    lines: &'a [Line],
    form: Form,
    header: Header,
    y: Scale,
    /// The most pings in flight.
    most: f64,
}

impl<'a> Plan<'a> {
    fn new(lines: &'a [Line], title: &str, form: Form) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(lines));
        let points = lines.iter().flat_map(|line| &line.points);
        let most = points.clone().map(|point| point.0).fold(0.0, f64::max);
        let ends = lines.iter().flat_map(|line| {
            let interval = line.interval_at(most).into_iter();
            let interval = interval.flat_map(|(low, high)| [low, high]);
            interval.chain([line.base, line.at(most)])
        });
        let values = points.map(|point| point.1).chain(ends);
        let y = Scale::new(Steps::Linear, values, (0.0, 0.0));
        Plan { lines, header, y, form, most }
    }

    fn items(&self) -> Vec<Item> {
        if self.form.narrow {
            let names = self.lines.iter().map(|line| line.strategy.as_str());
            return names.map(Item::strategy).collect();
        }
        let mut items = vec![];
        if self.lines.iter().any(|line| line.interval.is_some()) {
            items.push(Item::new(Sample::Interval, "interval of the slope"));
        }
        items
    }

    fn above(&self) -> f64 {
        above_data(&self.form, &self.header, &self.items())
    }

    fn below(&self) -> f64 {
        below_data(&self.form)
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        self.above()
            + DATA_HEIGHT
            + self.below()
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = &self.form;
        let top = self.above();
        let bottom = height - footer_height(form, footer) - self.below();
        let key = self.header.bottom + 1.3 * form.small;
        draw_key(&mut scene, form, key, &self.items());
        let left = form.margin + names_width(form, &self.y, UNIT);
        let right = WIDTH - 0.6 * form.margin;
        let data_right = right - self.labels_width();
        let area = Area { left, top, right: data_right, bottom };
        let y = self.y.moved((bottom, top));
        let frame = Frame { form, area, y, unit: UNIT };
        let ends = self.draw_data(&mut scene, &frame);
        let room = Area { left: data_right, right, ..area };
        draw_ends(&mut scene, form, &ends, room, each(form));
        self.draw_names(&mut scene, area, right);
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    /// What the axis, the numbers at the right and the left end measure.
    fn draw_names(&self, scene: &mut Scene, area: Area, right: f64) {
        let form = &self.form;
        let (axis, each) = match form.narrow {
            true => ("peak memory", "KiB for each in flight"),
            false => ("peak of resident memory", "for each ping in flight"),
        };
        let y = area.top - 0.95 * form.small;
        let axis = Label::new(axis, form.margin, y, form.small).muted();
        let each = Label::new(each, 0.0, y, form.small).muted();
        let x = area.right.min(right - each.width());
        scene.labels.extend([axis, Label { x, ..each }]);
        let words =
            format!("pings in flight; at 0 the base, {}", bases(self.lines));
        let width = right - area.left;
        let words = fit(&words, form.small, false, width);
        let y = area.bottom + self.below() - 0.2 * form.small;
        let label = Label::new(&words, area.left, y, form.small);
        scene.labels.push(label.muted());
    }

    fn labels_width(&self) -> f64 {
        let y = self.y.moved((DATA_HEIGHT, 0.0));
        let ends: Vec<End> =
            self.lines.iter().map(|line| self.end(line, 0.0, &y)).collect();
        ends_width(&self.form, &ends, each(&self.form))
    }

    fn end(&self, line: &Line, x: f64, y: &Scale) -> End {
        End {
            strategy: line.strategy.clone(),
            at: (x, y.at(line.at(self.most))),
            number: kib(line.slope * MIB),
        }
    }

    fn draw_data(&self, scene: &mut Scene, frame: &Frame<'_>) -> Vec<End> {
        let Frame { form, area, y, .. } = frame;
        let inset = 0.6 * symbol_size(form);
        let ends = (area.left + inset, area.right - inset);
        let x = Scale::new(Steps::Linear, [self.most], ends);
        frame.draw_rows(scene, true);
        frame.draw_columns(scene, &x, &self.ticks(&x));
        for line in self.lines {
            let paint = Paint::of_strategy(&line.strategy);
            let thin = if ways::is_by_hand(&line.strategy) { 0.7 } else { 1.3 };
            let from = (x.at(0.0), y.at(line.base));
            let to = (x.at(self.most), y.at(line.at(self.most)));
            scene.line(from, to, thin * form.rule, paint);
            if let Some((low, high)) = line.interval_at(self.most) {
                let ends = (y.at(low), y.at(high));
                draw_interval(scene, form, to.0, ends, paint);
            }
            for point in drawn(self.lines, line) {
                let at = (x.at(point.0), y.at(point.1));
                draw_symbol(scene, form, &line.strategy, at, false);
            }
        }
        frame.draw_foot(scene);
        let right = x.at(self.most);
        self.lines.iter().map(|line| self.end(line, right, y)).collect()
    }

    /// The levels that the server saw, or round numbers if they are many.
    fn ticks(&self, x: &Scale) -> Vec<Tick> {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let mut levels: Vec<f64> = points.map(|point| point.0).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        if levels.len() > MOST_LEVELS {
            return x.ticks(self.form.ticks, "");
        }
        let tick = |value: &f64| Tick { value: *value, text: number(*value) };
        levels.iter().map(tick).collect()
    }
}

fn number(level: f64) -> String {
    if level < 1e7 { format!("{level:.0}") } else { format!("{level:.1e}") }
}

/// The points of a line; of very many only as many as can be seen, spread
/// evenly.
fn drawn<'a>(
    lines: &[Line],
    line: &'a Line,
) -> impl Iterator<Item = &'a (f64, f64)> {
    let all: usize = lines.iter().map(|line| line.points.len()).sum();
    line.points.iter().step_by(all.div_ceil(MOST_POINTS).max(1))
}

/// `4.2–8.4 MiB`.
fn bases(lines: &[Line]) -> String {
    let bases = || lines.iter().map(|line| line.base * MIB);
    let least = mib(bases().fold(f64::INFINITY, f64::min));
    let most = mib(bases().fold(0.0, f64::max));
    match least == most {
        true => format!("{most}{UNIT}"),
        false => format!("{least}–{most}{UNIT}"),
    }
}

fn subtitle(lines: &[Line]) -> String {
    let rounds = lines.iter().map(|line| line.rounds).min().unwrap_or(0);
    let bases: Vec<String> = lines
        .iter()
        .map(|line| {
            let base = mib(line.base * MIB);
            format!("{} {base}", label(&line.strategy))
        })
        .collect();
    format!(
        "Peak of resident memory of the client process; a point is a trial, \
         a line its base and so much for each ping in flight, in {}. Bases in \
         MiB: {}.",
        plural(rounds, "round"),
        bases.join(", "),
    )
}
