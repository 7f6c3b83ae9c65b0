//! The panel over the levels: a line for each strategy, and thin ones of what
//! the server needed beside it.

use crate::cpu_cost::{Levels, say};
use crate::curve::{Curve, Stand, draw_curves, level_scale, levels};
use crate::ends::End;
use crate::frame::Frame;
use crate::palette::Paint;
use crate::points::draw_symbol;
use crate::scale::{Scale, Tick};
use crate::scene::{Mark, Scene, Shape};
use measurement::ways;

/// What the ring at the ends of its lines is called.
pub(super) const SERVER: &str = "server";

/// Draws the lines of the clients, and thin ones of the server, and tells
/// where they end.
pub(super) fn draw_levels(
    scene: &mut Scene,
    frame: &Frame<'_>,
    panel: &Levels,
) -> Vec<End> {
    let Frame { form, area, y, .. } = frame;
    let x = level_scale(form, &panel.client, (area.left, area.right));
    let ticks: Vec<Tick> = levels(&panel.client)
        .iter()
        .map(|level| Tick { value: *level, text: format!("{level:.0}") })
        .collect();
    frame.draw_columns(scene, &x, &ticks);
    draw_server(scene, frame, &x, &panel.server);
    let client = &panel.client;
    let mut ends = draw_curves(scene, frame, (&x, Stand::Beside), client, say);
    ends.retain(|end| lines(client).any(|c| c.strategy == end.strategy));
    ends.extend(server_end(&panel.server, x.at(x.ends().1), y));
    ends
}

fn draw_server(
    scene: &mut Scene,
    frame: &Frame<'_>,
    x: &Scale,
    curves: &[Curve],
) {
    let form = frame.form;
    for curve in lines(curves) {
        let places: Vec<(f64, f64)> = curve
            .points
            .iter()
            .map(|point| (x.at(point.level), frame.y.at(point.middle)))
            .collect();
        for pair in places.windows(2) {
            scene.line(pair[0], pair[1], 0.6 * form.rule, Paint::Other);
        }
        let radius = 1.6 * form.rule;
        let discs = places.iter().map(|at| Shape::Disc { centre: *at, radius });
        scene.marks.extend(discs.map(|disc| Mark::new(disc, Paint::Other)));
        if let Some(last) = places.last() {
            draw_symbol(scene, form, SERVER, *last, false);
        }
    }
}

/// Where the lines of the server end, all of them: one label is enough.
pub(super) fn server_end(curves: &[Curve], x: f64, y: &Scale) -> Option<End> {
    let lasts = lines(curves).filter_map(|curve| curve.points.last());
    let mut lasts: Vec<f64> = lasts.map(|point| point.middle).collect();
    lasts.sort_by(f64::total_cmp);
    let (least, most) = (say(*lasts.first()?), say(*lasts.last()?));
    let number = match least == most {
        true => most,
        false => format!("{least}–{most}"),
    };
    let middle = lasts[lasts.len() / 2];
    let strategy = SERVER.to_owned();
    Some(End { strategy, at: (x, y.at(middle)), number })
}

/// The curves that have their name at the right end: the one that pings in
/// turn ends at the left, unless there is no other; and the pair by hand may
/// be at one level alone.
pub(super) fn lines(curves: &[Curve]) -> impl Iterator<Item = &Curve> {
    let alone = curves.len() == 1;
    let end = |curve: &Curve| curve.points.last().map_or(0.0, |p| p.level);
    let right = curves.iter().map(end).fold(0.0, f64::max);
    curves.iter().filter(move |curve| {
        let short = ways::is_by_hand(&curve.strategy) && end(curve) < right;
        alone || !(short || ways::is_one_by_one(&curve.strategy))
    })
}
