//! The two panels of the trust chart.

use crate::frame::Frame;
use crate::palette::Paint;
use crate::points::{
    draw_beyond, draw_interval, draw_rounds, draw_symbol, draw_trial,
    symbol_size,
};
use crate::quantity::floor_percent;
use crate::scale::{Scale, Steps};
use crate::scene::{Anchor, Area, Label, Scene};
use crate::text_width::{fit, text_width};
use crate::trust::{Content, Pair};

/// Every trial, in run order.
pub(crate) fn draw_course(
    scene: &mut Scene,
    frame: &Frame<'_>,
    content: &Content,
    named: bool,
) {
    let Frame { form, area, y, .. } = frame;
    let last = content.course.iter().map(|step| step.trial);
    let inset = 0.5 * symbol_size(form);
    let room = (area.left + inset, area.right - inset);
    let x = Scale::new(Steps::Linear, last, room);
    frame.draw_rows(scene, named);
    let mut ticks = x.ticks(form.ticks.min(6), "");
    // The other panel has names of its own.
    ticks.retain(|tick| {
        let half = text_width(&tick.text, form.small, false) / 2.0;
        x.at(tick.value) + half <= area.right + 8.0
    });
    frame.draw_columns(scene, &x, &ticks);
    frame.draw_foot(scene);
    draw_rule(scene, frame);
    let (low, high) = y.ends();
    let at = |trial: f64, percent: f64| (x.at(trial), y.at(percent));
    let steps = &content.course;
    let within = |percent: f64| (low..=high).contains(&percent);
    // Those of one look together, which is fewer bytes.
    for hollow in [false, true] {
        let same = steps.iter().filter(|step| step.disturbed == hollow);
        for step in same.filter(|step| within(step.percent)) {
            let at = at(step.trial, step.percent);
            draw_trial(scene, form, at, hollow);
        }
    }
    for step in steps.iter().filter(|step| !within(step.percent)) {
        let at = at(step.trial, step.percent);
        draw_beyond(scene, form, at, step.percent > high);
    }
    let words = if form.narrow { "run order" } else { "trials, in run order" };
    let baseline = area.bottom + 2.6 * form.small;
    let label = Label::new(words, area.left, baseline, form.small).muted();
    scene.labels.push(label);
}

/// How far one strategy comes apart from itself, a column a batch.
pub(crate) fn draw_pairs(
    scene: &mut Scene,
    frame: &Frame<'_>,
    content: &Content,
    named: bool,
) {
    let Frame { form, area, y, .. } = frame;
    let width = (area.right - area.left) / content.pairs.len().max(1) as f64;
    let column = |number: u32| {
        let left = area.left + f64::from(number) * width;
        Area { left, right: left + width, ..*area }
    };
    for (number, pair) in (0_u32..).zip(&content.pairs) {
        if let Some(floor) = pair.floor {
            let Area { left, right, .. } = column(number);
            let inset = 0.12 * (right - left);
            let (top, bottom) = (y.at(100.0 + floor), y.at(100.0 - floor));
            let (left, right) = (left + inset, right - inset);
            scene.bar(Area { left, top, right, bottom }, Paint::Idle);
        }
    }
    frame.draw_rows(scene, named);
    frame.draw_foot(scene);
    draw_rule(scene, frame);
    for (number, pair) in (0_u32..).zip(&content.pairs) {
        let column = column(number);
        let middle = f64::midpoint(column.left, column.right);
        draw_pair(scene, frame, pair, middle);
        let name = &pair.names[usize::from(form.narrow)];
        let floor = match pair.floor {
            Some(floor) => format!("±{}", floor_percent(floor / 100.0)),
            None => "±?".to_owned(),
        };
        for (line, text) in [(1.35, name), (2.6, &floor)] {
            let room = width - 2.0;
            let text = fit(text, form.small, false, room);
            let baseline = area.bottom + line * form.small;
            let label = Label::new(&text, middle, baseline, form.small)
                .muted()
                .anchored(Anchor::Middle);
            scene.labels.push(label);
        }
    }
}

fn draw_pair(scene: &mut Scene, frame: &Frame<'_>, pair: &Pair, x: f64) {
    let Frame { form, y, .. } = frame;
    let paint = Paint::of_strategy(&pair.strategy);
    // The rounds beside the interval, so that both can be seen.
    let beside = x - 1.4 * symbol_size(form);
    let (low, high) = y.ends();
    let (within, beyond): (Vec<f64>, Vec<f64>) =
        pair.rounds.iter().partition(|round| (low..=high).contains(*round));
    let heights = within.into_iter().map(|round| y.at(round));
    draw_rounds(scene, form, beside, heights, paint);
    for round in beyond {
        draw_beyond(scene, form, (beside, y.at(round)), round > high);
    }
    if let Some((low, high)) = pair.interval {
        draw_interval(scene, form, x, (y.at(low), y.at(high)), paint);
    }
    let at = (x, y.at(pair.middle));
    draw_symbol(scene, form, &pair.strategy, at, pair.disturbed);
}

/// As long as the median of its like.
fn draw_rule(scene: &mut Scene, frame: &Frame<'_>) {
    let y = frame.y.at(100.0);
    let (from, to) = ((frame.area.left, y), (frame.area.right, y));
    scene.dashes(from, to, frame.form.rule, Paint::Ink);
}
