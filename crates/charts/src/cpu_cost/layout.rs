//! Where everything in the cost of processor time goes.

use crate::Footer;
use crate::cpu_cost::columns::{column_width, draw_columns};
use crate::cpu_cost::lines::{SERVER, draw_levels, lines, server_end};
use crate::cpu_cost::{Content, Levels, say};
use crate::ends::{End, draw_ends, ends_width};
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{Frame, below_data, names_width};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, Sample, draw_key, key_line, key_lines};
use crate::quantity::duration;
use crate::scale::{Scale, Steps};
use crate::scene::{Area, Label, Scene};
use crate::text_width::{fit, text_width};
use measurement::ways;

/// After a number of this chart.
const UNIT: &str = " µs";

/// The panel of the columns.
const NO_WAITS: &str = "no waits";

/// The data is at least so high.
const DATA_HEIGHT: f64 = 320.0;

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    content: &Content,
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(content, title, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    content: &'a Content,
    form: Form,
    header: Header,
    y: Scale,
}

/// A panel in its place.
struct Place {
    data: Area,
    /// Where its labels end.
    right: f64,
}

impl<'a> Plan<'a> {
    fn new(content: &'a Content, title: &str, form: Form) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(content));
        let y = Scale::new(Steps::Linear, content.values(), (0.0, 0.0));
        Plan { content, header, y, form }
    }

    fn items(&self) -> Vec<Item> {
        let content = self.content;
        let wide = !self.form.narrow;
        let names = content.strategies().into_iter();
        // On a page only those that have no line to write their names at.
        let curves = content.levels.as_ref().map(|levels| &levels.client[..]);
        let curves = curves.unwrap_or_default();
        let drawn = |name: &str| curves.iter().any(|c| c.strategy == name);
        let named = |name: &str| lines(curves).any(|c| c.strategy == name);
        let nameless = |name: &str| {
            ways::is_one_by_one(name) || (drawn(name) && !named(name))
        };
        let names = names.filter(|name| !wide || nameless(name));
        let mut items: Vec<Item> = names.map(Item::strategy).collect();
        let columns = content.columns.iter().flat_map(|panel| &panel.columns);
        let mut served = columns.filter(|column| column.server.is_some());
        if served.next().is_some() {
            items.push(Item::new(Sample::InFlight, "of the server"));
        } else if !wide && content.levels.iter().any(|l| !l.server.is_empty()) {
            items.push(Item::strategy(SERVER));
        }
        if wide {
            items.push(Item::new(Sample::Rounds, "each round"));
            if content.points().any(|point| point.interval.is_some()) {
                items.push(Item::new(
                    Sample::Interval,
                    "interval of the median",
                ));
            }
        }
        if content.points().any(|point| point.disturbed) {
            items.push(Item::new(Sample::Disturbed, "disturbed"));
        }
        items
    }

    /// Above the data: the key, the titles of the panels, what the axis is.
    fn above(&self) -> f64 {
        let form = &self.form;
        let lines = key_lines(form, &self.items()) as f64;
        self.header.bottom
            + lines * key_line(form)
            + 1.5 * form.small
            + self.titles_height()
    }

    /// Titles, and nearest to the data what the axis is and, above the
    /// columns, their numbers; those are side by side if there is a panel to
    /// the left.
    fn titles_height(&self) -> f64 {
        let form = &self.form;
        let alone = self.content.levels.is_none();
        let own_line = if alone { 1.4 * form.small } else { 0.0 };
        form.line(form.body) + 2.3 * form.small + own_line
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
        let y = self.y.moved((bottom, top));
        let (left, right) = self.places((top, bottom));
        let frame = |area| Frame { form, area, y: y.clone(), unit: UNIT };
        let mut named = false;
        if let (Some(levels), Some(place)) = (&self.content.levels, left) {
            let frame = frame(place.data);
            frame.draw_rows(&mut scene, true);
            let ends = draw_levels(&mut scene, &frame, levels);
            frame.draw_foot(&mut scene);
            let Place { data, right } = place;
            let room = Area { left: data.right, right, ..data };
            draw_ends(&mut scene, form, &ends, room, UNIT);
            let wait = duration(levels.wait_ns as f64);
            let about = match form.narrow {
                true => wait,
                false => format!("{wait} each"),
            };
            self.draw_title(&mut scene, &place, "even waits", &about);
            let words = match form.narrow {
                true => "in flight",
                false => "pings in flight",
            };
            let baseline = bottom + 2.6 * form.small;
            let label = Label::new(words, data.left, baseline, form.small);
            scene.labels.push(label.muted());
            named = true;
        }
        if let (Some(panel), Some(place)) = (&self.content.columns, right) {
            let frame = frame(place.data);
            frame.draw_rows(&mut scene, !named);
            draw_columns(&mut scene, &frame, &panel.columns);
            frame.draw_foot(&mut scene);
            let level = panel.level;
            let about = match form.narrow {
                true => format!("at {level}"),
                false => format!("{} pings, {level} in flight", panel.requests),
            };
            self.draw_title(&mut scene, &place, NO_WAITS, &about);
        }
        let name = match form.narrow {
            true => "CPU of a ping",
            false => "processor time of a ping",
        };
        let lines = if named { 0.95 } else { 2.35 };
        let baseline = top - lines * form.small;
        let label = Label::new(name, form.margin, baseline, form.small);
        scene.labels.push(label.muted());
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    /// What a panel is about, and on a page what was asked.
    fn draw_title(
        &self,
        scene: &mut Scene,
        place: &Place,
        title: &str,
        about: &str,
    ) {
        let form = &self.form;
        let Place { data, right } = place;
        let y = data.top - self.titles_height() + 0.85 * form.body;
        let title = fit(title, form.body, true, right - data.left);
        let title = Label::new(&title, data.left, y, form.body).bold();
        let beside = title.area().right + 0.5 * form.body;
        scene.labels.push(title);
        let about = Label::new(about, beside, y, form.small).muted();
        if about.area().right <= *right {
            scene.labels.push(about);
        }
    }

    /// The levels to the left with their labels, the columns to the right.
    fn places(
        &self,
        (top, bottom): (f64, f64),
    ) -> (Option<Place>, Option<Place>) {
        let form = &self.form;
        let left = form.margin + names_width(form, &self.y, UNIT);
        let right = WIDTH - 0.6 * form.margin;
        let place = |left: f64, data_right: f64, right: f64| {
            let data = Area { left, top, right: data_right, bottom };
            Some(Place { data, right })
        };
        let columns = self.content.columns.as_ref();
        let columns = columns.map(|panel| {
            let width = column_width(form, &panel.columns);
            let title = text_width(NO_WAITS, form.body, true);
            (width * panel.columns.len() as f64).max(title + 2.0)
        });
        match (&self.content.levels, columns) {
            (Some(levels), columns) => {
                let gap = if form.narrow { 16.0 } else { 26.0 };
                // Half of it is for the lines.
                let most = 0.5 * (right - left);
                let columns = columns.map(|width| width.min(most));
                let own_right = right - columns.map_or(0.0, |w| w + gap);
                let labels = self.labels_width(levels);
                let levels = place(left, own_right - labels, own_right);
                let columns =
                    columns.and_then(|w| place(right - w, right, right));
                (levels, columns)
            }
            (None, Some(columns)) => {
                // A few columns need not be as wide as a page.
                let most = right.min(left + 2.6 * columns);
                (None, place(left, most, right))
            }
            (None, None) => (None, None),
        }
    }

    fn labels_width(&self, panel: &Levels) -> f64 {
        let y = self.y.moved((DATA_HEIGHT, 0.0));
        let ends = lines(&panel.client).filter_map(|curve| {
            let strategy = curve.strategy.clone();
            let middle = curve.points.last()?.middle;
            let number = say(middle);
            Some(End { strategy, at: (0.0, y.at(middle)), number })
        });
        let ends: Vec<End> =
            ends.chain(server_end(&panel.server, 0.0, &y)).collect();
        ends_width(&self.form, &ends, UNIT)
    }
}

fn subtitle(content: &Content) -> String {
    let points = content.points().map(|point| point.rounds.len());
    let (least, most) = points
        .fold((usize::MAX, 0), |(least, most), n| (least.min(n), most.max(n)));
    let rounds = match least >= most {
        true => most.to_string(),
        false => format!("{least} to {most}"),
    };
    let processors = content.columns.as_ref().map(|panel| panel.processors);
    let processors = match processors.unwrap_or_default() {
        "" => String::new(),
        words => format!(" Without waits, {words}."),
    };
    format!(
        "Processor time of a ping, client and server together; in dark grey \
         the server's part. Medians of {rounds} rounds.{processors}"
    )
}
