//! The panel without waits: a column for each strategy, with its client below
//! it, so that the way and the library can be told apart.

use crate::cpu_cost::{Column, say};
use crate::curve::{Curve, draw_point};
use crate::form::{Form, WIDTH};
use crate::frame::Frame;
use crate::palette::Paint;
use crate::points::symbol_size;
use crate::scene::{Anchor, Area, Label, Scene};
use crate::strategy::label;
use crate::text_width::{fit, text_width};

/// How wide a column would like to be.
pub(crate) fn column_width(form: &Form, columns: &[Column]) -> f64 {
    let texts = columns.iter().flat_map(|column| {
        let names = names(column).map(|name| (name, form.small, false));
        let names = names.into_iter().filter(|_| !form.narrow);
        names.chain([(number(form, column), form.small, true)])
    });
    let widths = texts.map(|(text, size, bold)| text_width(&text, size, bold));
    let widest = widths.fold(0.0, f64::max);
    let pad = if form.narrow { 0.5 } else { 0.8 };
    (widest + pad * form.small).clamp(52.0, 84.0)
}

/// The way, and the client under it.
fn names(column: &Column) -> [String; 2] {
    let way = label(&column.strategy);
    let way = way.trim_end_matches(" by hand");
    [way.to_owned(), column.client.clone()]
}

fn number(form: &Form, column: &Column) -> String {
    let number = say(column.point.middle);
    if form.narrow { number } else { format!("{number} µs") }
}

/// Draws the columns side by side into the frame.
pub(crate) fn draw_columns(
    scene: &mut Scene,
    frame: &Frame<'_>,
    columns: &[Column],
) {
    let Frame { form, area, y, .. } = frame;
    let width = (area.right - area.left) / columns.len().max(1) as f64;
    let gap = (0.16 * width).min(16.0);
    for (number, column) in (0_u32..).zip(columns) {
        let x = area.left + (f64::from(number) + 0.5) * width;
        let (left, right) = (x - width / 2.0 + gap, x + width / 2.0 - gap);
        let top = y.at(column.point.middle);
        let bar = Area { left, right, top, bottom: area.bottom };
        scene.bar(bar, Paint::Idle);
        if let Some(server) = column.server {
            let right = left + 0.16 * width;
            let bar = Area { right, top: y.at(server), ..bar };
            scene.bar(bar, Paint::Other);
        }
        let curve =
            Curve { strategy: column.strategy.clone(), points: Vec::new() };
        draw_point(scene, frame, &curve, &column.point, (x, top), true);
        draw_number(scene, frame, column, (x, width));
        if !form.narrow {
            draw_names(scene, frame, column, (x, width));
        }
    }
    if form.narrow {
        draw_clients(scene, frame, columns, width);
    }
}

/// The number above the column and all that is drawn of it. Where there is no
/// room for all of it, there is none: half a number is a wrong one.
fn draw_number(
    scene: &mut Scene,
    frame: &Frame<'_>,
    column: &Column,
    (x, width): (f64, f64),
) {
    let Frame { form, y, .. } = frame;
    let shown = column.point.values().chain(column.server);
    let highest = shown.map(|value| y.at(value)).fold(f64::MAX, f64::min);
    let reach = 0.6 * symbol_size(form) + 0.4 * form.small;
    let text = number(form, column);
    let label = Label::new(&text, x, highest - reach, form.small)
        .bold()
        .anchored(Anchor::Middle);
    if label.width() + 6.0 <= width {
        scene.label_on_patch(label);
    }
}

fn draw_names(
    scene: &mut Scene,
    frame: &Frame<'_>,
    column: &Column,
    (x, width): (f64, f64),
) {
    let Frame { form, area, .. } = frame;
    for (line, name) in (0_u8..).zip(names(column)) {
        if name.trim().is_empty() {
            continue;
        }
        let text = fit(&name, form.small, false, width - 4.0);
        let y = area.bottom + (1.35 + 1.25 * f64::from(line)) * form.small;
        let label =
            Label::new(&text, x, y, form.small).anchored(Anchor::Middle);
        let label = if line == 0 { label } else { label.muted() };
        scene.labels.push(label);
    }
}

/// On a telephone only the clients, each once below its columns; the symbols
/// say the rest. Neighbours stand on two lines where they would collide.
fn draw_clients(
    scene: &mut Scene,
    frame: &Frame<'_>,
    columns: &[Column],
    width: f64,
) {
    let Frame { form, area, .. } = frame;
    // Clear of the names at the left, as the names of levels are.
    let least = area.left - 0.3 * form.small;
    let mut free_from = [least; 2];
    let mut left = area.left;
    for group in columns.chunk_by(|a, b| a.client == b.client) {
        let right = left + width * group.len() as f64;
        let y = area.bottom + 0.3 * form.small;
        let (from, to) = ((left + 7.0, y), (right - 7.0, y));
        scene.line(from, to, form.rule, Paint::Other);
        let mut name = Label::new(&group[0].client, 0.0, 0.0, form.small)
            .muted()
            .anchored(Anchor::Middle);
        let half = name.width() / 2.0;
        let most = WIDTH - 0.6 * form.margin - half;
        name.x = ((left + right) / 2.0).max(least + half).min(most);
        left = right;
        let fits = |free: &f64| name.area().left >= *free;
        let line = free_from.iter().position(fits);
        if let Some(line) = line.filter(|_| !name.text.trim().is_empty()) {
            name.y = area.bottom + (1.35 + 1.25 * line as f64) * form.small;
            free_from[line] = name.area().right + 0.3 * form.small;
            scene.labels.push(name);
        }
    }
}
