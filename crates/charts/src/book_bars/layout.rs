//! Where everything in the bars of the book goes.

use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row};
use measurement::waits::{BOOK_SEQUENTIAL, BOOK_THREADS};

use crate::Footer;
use crate::axis::TimeAxis;
use crate::caption::caption_book_bars;
use crate::column::{Name, column_right};
use crate::finding::is_disturbed;
use crate::form::{Form, WIDTH, both_forms};
use crate::header::{
    Header, axis_height, draw_axis, draw_footer, footer_height,
};
use crate::palette::Paint;
use crate::points::draw_hatching;
use crate::quantity::{duration, plural, range, seconds};
use crate::scene::{Anchor, Area, Label, Scene};

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    batch: &Batch,
    rows: &[(&Row, &Estimate)],
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(batch, rows, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    rows: &'a [(&'a Row, &'a Estimate)],
    form: Form,
    header: Header,
    axis: TimeAxis,
    /// Whether a line shows how far apart the rounds are.
    spread: bool,
}

impl<'a> Plan<'a> {
    fn new(
        batch: &Batch,
        rows: &'a [(&'a Row, &'a Estimate)],
        form: Form,
    ) -> Plan<'a> {
        let longest = rows.iter().map(|(_, time)| time.max).fold(0.0, f64::max);
        let span = (longest.ceil() as u64).max(BOOK_SEQUENTIAL);
        let names = rows.iter().map(|(row, _)| name(row));
        let left = column_right(names, &form);
        let figures = rows.iter().map(|(_, time)| figure(time, &form).width());
        let seen = rows.iter().map(|(row, _)| seen(row, &form).width());
        let column = seen_title(&form).width();
        let right = WIDTH
            - form.margin
            - seen.fold(column, f64::max)
            - figures.fold(0.0, f64::max)
            - 2.2 * form.body;
        let axis = TimeAxis::new(left, right, span);
        // Whether the rounds lie far enough apart for a line to show it.
        let widest = spread_ns(rows) / axis.span_ns as f64;
        let spread = widest * (axis.right - axis.left) >= 4.0 * form.rule;
        let title = caption_book_bars(batch).title;
        let subtitle = subtitle(batch, rows, spread);
        let header = Header::new(&form, &title, &subtitle);
        Plan { rows, axis, spread, header, form }
    }

    fn rules_height(&self) -> f64 {
        3.2 * self.form.small
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let row = if self.form.narrow { 47.0 } else { 46.0 };
        self.header.bottom
            + self.rules_height()
            + row * self.rows.len() as f64
            + axis_height(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = self.form.clone();
        let top = self.header.bottom + self.rules_height();
        let bottom = height - axis_height(&form) - footer_height(&form, footer);
        let slot = (bottom - top) / self.rows.len() as f64;
        for (number, (row, time)) in (0_u32..).zip(self.rows) {
            let middle = top + (f64::from(number) + 0.5) * slot;
            self.draw_row(&mut scene, row, time, middle, slot);
        }
        self.draw_rules(&mut scene, top, bottom);
        let zero = self.axis.left;
        let width = form.rule;
        scene.line((zero, top), (zero, bottom), width, Paint::Muted);
        draw_axis(&mut scene, &form, &self.axis, bottom, "time");
        draw_footer(&mut scene, &form, footer);
        self.header.draw(&mut scene);
        scene
    }

    fn draw_row(
        &self,
        scene: &mut Scene,
        row: &Row,
        time: &Estimate,
        middle: f64,
        slot: f64,
    ) {
        let form = &self.form;
        let half = (0.27 * slot).min(if form.narrow { 18.0 } else { 17.0 });
        let area = Area {
            left: self.axis.left,
            top: middle - half,
            right: self.axis.at(time.median.max(0.0) as u64),
            bottom: middle + half,
        };
        scene.bar(area, Paint::of_strategy(&row.strategy));
        if is_disturbed(row) {
            draw_hatching(scene, form, area);
        }
        let mut end = area.right;
        if self.spread {
            let y = area.bottom + 2.5 * form.rule;
            let from = self.axis.at(time.min.max(0.0) as u64);
            let to = self.axis.at(time.max.max(0.0) as u64).max(from + 1.0);
            scene.line((from, y), (to, y), form.rule, Paint::Ink);
            for x in [from, to] {
                let cap = 1.5 * form.rule;
                scene.line((x, y - cap), (x, y + cap), form.rule, Paint::Ink);
            }
            end = end.max(to);
        }
        let mut label = figure(time, form);
        label.x = self.clear_of_rules(end + 0.6 * form.body, label.width());
        label.y = middle + 0.36 * label.size;
        scene.labels.push(label);
        let mut label = seen(row, form);
        (label.x, label.y) = (WIDTH - form.margin, middle + 0.36 * form.body);
        scene.labels.push(label);
        let right = self.axis.left - form.body;
        name(row).draw(scene, form, middle + 0.36 * form.body, right);
    }

    /// A figure that one of the book's rules would run through goes to the
    /// right of it.
    fn clear_of_rules(&self, x: f64, width: f64) -> f64 {
        let gap = 0.6 * self.form.body;
        [BOOK_THREADS, BOOK_SEQUENTIAL].into_iter().fold(x, |x, rule| {
            let rule = self.axis.at(rule);
            let hit = x - gap * 0.5 < rule && rule < x + width + gap * 0.5;
            if hit { rule + gap } else { x }
        })
    }

    /// The texts beside the upper ends of the two rules: to the left of each
    /// where there is room, else to the right, else the first one above.
    fn rule_labels(
        &self,
        texts: [&str; 2],
        lower: f64,
        column: f64,
    ) -> [Label; 2] {
        let form = &self.form;
        let gap = 0.4 * form.small;
        let sides = |text: &str, rule: u64| {
            let x = self.axis.at(rule);
            let label = Label::new(text, x + gap, lower, form.small).muted();
            let left = Label { x: x - gap, ..label.clone() };
            (left.anchored(Anchor::End), label)
        };
        let (left, right) = sides(texts[0], BOOK_THREADS);
        let fits = left.area().left >= form.margin;
        let mut first = if fits { left } else { right };
        let (left, right) = sides(texts[1], BOOK_SEQUENTIAL);
        let free_from = first.area().right + 2.0 * gap;
        if left.area().left >= free_from {
            return [first, left];
        }
        if right.x - gap < free_from {
            first.y -= form.line(form.small);
        }
        let fits = right.area().right + gap <= column;
        [first, if fits { right } else { left }]
    }

    /// The book's figures, dashed through all rows, and what the column on
    /// the right is.
    fn draw_rules(&self, scene: &mut Scene, top: f64, bottom: f64) {
        let form = &self.form;
        let texts = if form.narrow {
            ["book 0.14 s", "book 0.82 s"]
        } else {
            ["the book, threads: 0.14 s", "the book, in turn: 0.82 s"]
        };
        let lower = top - 0.5 * form.small;
        let column = WIDTH - form.margin - seen_title(form).width();
        let labels = self.rule_labels(texts, lower, column);
        for (rule, label) in [BOOK_THREADS, BOOK_SEQUENTIAL].iter().zip(labels)
        {
            let x = self.axis.at(*rule);
            let (from, to) = ((x, label.area().top), (x, bottom));
            scene.dashes(from, to, form.rule, Paint::Muted);
            scene.labels.push(label);
        }
        let mut label = seen_title(form);
        (label.x, label.y) = (WIDTH - form.margin, lower);
        scene.labels.push(label);
    }
}

fn name(row: &Row) -> Name<'_> {
    Name { strategy: &row.strategy, words: "" }
}

fn figure(time: &Estimate, form: &Form) -> Label {
    Label::new(&seconds(time.median), 0.0, 0.0, 1.15 * form.body).bold()
}

fn seen_title(form: &Form) -> Label {
    let text = if form.narrow { "at once" } else { "the server saw" };
    Label::new(text, 0.0, 0.0, form.small).muted().anchored(Anchor::End)
}

/// What the server saw at once, under that title.
fn seen(row: &Row, form: &Form) -> Label {
    let text = match row.peak_in_flight {
        Some(peak) if form.narrow => range(peak),
        Some(peak) => format!("{} at once", range(peak)),
        None => "–".to_owned(),
    };
    Label::new(&text, 0.0, 0.0, form.body).anchored(Anchor::End)
}

fn subtitle(batch: &Batch, rows: &[(&Row, &Estimate)], spread: bool) -> String {
    let mean = batch.sequential_ns as f64 / batch.requests.max(1) as f64;
    let fewest = rows.iter().map(|(_, time)| time.n).min().unwrap_or(0);
    let rounds = match fewest {
        1 => "One round.".to_owned(),
        _ if spread => {
            format!("Median of {fewest} rounds; thin line: fastest to slowest.")
        }
        _ => format!(
            "Median of {fewest} rounds, at most {} apart.",
            duration(spread_ns(rows))
        ),
    };
    let hatched = match rows.iter().any(|(row, _)| is_disturbed(row)) {
        true => " Hatched: disturbed by the machine.",
        false => "",
    };
    format!(
        "Seconds for {}, each answered after {}. {rounds}{hatched}",
        plural(batch.requests, "ping"),
        duration(mean),
    )
}

/// From the fastest to the slowest round, in the row where that is most.
fn spread_ns(rows: &[(&Row, &Estimate)]) -> f64 {
    rows.iter().map(|(_, time)| time.max - time.min).fold(0.0, f64::max)
}
