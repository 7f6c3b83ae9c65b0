//! Texts inside a panel: each beside its place, where it hides nothing.

use crate::form::Form;
use crate::palette::Paint;
use crate::plot::{At, Note, Side};
use crate::points::symbol_size;
use crate::scene::{Anchor, Area, Dash, Kind, Label, Mark, Scene, Shape};

/// Draws the notes, those first that the panel needs.
pub(super) fn draw_notes(
    scene: &mut Scene,
    form: &Form,
    notes: &[Note],
    at: &impl Fn(At) -> (f64, f64),
    (data, whole): (Area, Area),
) {
    let (needed, others): (Vec<&Note>, Vec<&Note>) =
        notes.iter().partition(|note| note.needed);
    for note in needed.into_iter().chain(others) {
        let places = around(form, note, at(note.at));
        let within = |room: &Area| -> Vec<&Label> {
            let inside = |label: &&Label| inside(&label.area(), room);
            places.iter().filter(inside).collect()
        };
        let apart = |label: &&&Label| {
            let area = label.area();
            scene.labels.iter().all(|other| !overlap(&area, &other.area()))
        };
        let (inside, beside) = (within(&data), within(&whole));
        let free =
            inside.iter().find(|label| is_free(scene, &label.area(), |_| true));
        // Rather through a line than over a symbol.
        let over_lines =
            inside.iter().find(|label| hides_nothing(scene, &label.area()));
        let any = inside.iter().find(apart);
        let any = any.or(beside.iter().find(apart)).filter(|_| note.needed);
        let label = match note.side {
            // It is about a bar, and belongs into it.
            Side::Over => any.or(free),
            _ => free.or(over_lines.filter(|_| note.needed)).or(any),
        };
        if let Some(label) = label {
            scene.label_on((**label).clone(), note.on);
        }
    }
}

/// The text in each place around, the nicest first.
fn around(form: &Form, note: &Note, (x, y): (f64, f64)) -> Vec<Label> {
    let size = form.small;
    let near = 0.9 * symbol_size(form);
    let middle = 0.36 * size;
    let above = (0.0, -near - 0.2 * size, Anchor::Middle);
    let below = (0.0, near + size, Anchor::Middle);
    let right = (near + 0.2 * size, middle, Anchor::Start);
    let left = (-near - 0.2 * size, middle, Anchor::End);
    if note.side == Side::Along {
        let step = |number: u32| 0.6 * f64::from(number) * size;
        let farther = (0..14).map(step);
        let rights = farther.clone().map(|dx| (right.0 + dx, right.2));
        let lefts = farther.map(|dx| (left.0 - dx, left.2));
        let at = |(dx, anchor)| made(note, (x + dx, y + middle), size, anchor);
        return rights.chain(lefts).map(at).collect();
    }
    let corner = |side: f64, height: f64| {
        let anchor = if side < 0.0 { Anchor::End } else { Anchor::Start };
        (side * 0.6 * near, height, anchor)
    };
    let (up, down) = (-0.8 * near - 0.2 * size, 0.8 * near + 0.9 * size);
    let corners = [
        corner(-1.0, up),
        corner(1.0, down),
        corner(1.0, up),
        corner(-1.0, down),
    ];
    let over = (0.0, middle, Anchor::Middle);
    let sides = match note.side {
        Side::Over => [over, right, above, below],
        Side::Above | Side::Along => [above, left, right, below],
        Side::Right => [right, above, below, left],
        Side::Left => [left, above, below, right],
    };
    // A little farther off there may be room, too; for one that must be there
    // more than a little.
    let far: &[f64] =
        if note.needed { &[1.6, 2.4, 4.0, 6.0, 8.0] } else { &[1.6, 2.4] };
    let far = far.iter().flat_map(|times| {
        corners.map(|(dx, dy, anchor)| (dx * times, dy * times, anchor))
    });
    let places = sides.into_iter().chain(corners).chain(far);
    places
        .map(|(dx, dy, anchor)| made(note, (x + dx, y + dy), size, anchor))
        .collect()
}

fn made(note: &Note, (x, y): (f64, f64), size: f64, anchor: Anchor) -> Label {
    let label = Label::new(&note.text, x, y, size).anchored(anchor);
    match note.bold {
        true => label.bold().of_kind(Kind::Answer),
        false => label.muted(),
    }
}

fn is_no_line(mark: &Mark) -> bool {
    !matches!(mark.shape, Shape::Line { .. } | Shape::Path { .. })
}

/// Whether neither a symbol nor a bar is there, and no other prediction.
fn hides_nothing(scene: &Scene, area: &Area) -> bool {
    is_free(scene, area, |mark| is_no_line(mark) || is_dashed(mark))
}

fn is_dashed(mark: &Mark) -> bool {
    matches!(mark.shape, Shape::Line { dash: Dash::Dashed, .. })
}

/// Whether a text there would lie on none of these marks: the background and
/// the grid do not count.
fn is_free(scene: &Scene, area: &Area, these: impl Fn(&Mark) -> bool) -> bool {
    let grown = Area {
        left: area.left - 3.0,
        top: area.top - 1.0,
        right: area.right + 3.0,
        bottom: area.bottom + 1.0,
    };
    let labels = scene.labels.iter();
    let apart = |label: &Label| !overlap(&grown, &label.area());
    // What is behind everything may be behind a text, too.
    let behind = |mark: &&Mark| {
        !matches!(mark.paint, Paint::Background | Paint::Grid | Paint::Idle)
    };
    labels.into_iter().all(apart)
        && scene
            .marks
            .iter()
            .filter(behind)
            .filter(|mark| these(mark))
            .all(|mark| !touches(mark, &grown))
}

fn touches(mark: &Mark, area: &Area) -> bool {
    match &mark.shape {
        Shape::Bar(bar) | Shape::Outline(bar) => overlap(area, bar),
        Shape::Line { from, to, .. } => crosses(area, *from, *to),
        Shape::Path { points, .. } => {
            points.windows(2).any(|pair| crosses(area, pair[0], pair[1]))
        }
        Shape::Polygon(corners) => {
            let inside = |(x, y): &(f64, f64)| {
                (area.left..=area.right).contains(x)
                    && (area.top..=area.bottom).contains(y)
            };
            corners.iter().any(inside)
        }
        Shape::Disc { centre: (x, y), radius } => {
            let disc = Area {
                left: x - radius,
                top: y - radius,
                right: x + radius,
                bottom: y + radius,
            };
            overlap(area, &disc)
        }
    }
}

/// Whether a line between two points comes into an area: by cutting off what
/// lies beyond each edge (Liang and Barsky 1984).
fn crosses(area: &Area, from: (f64, f64), to: (f64, f64)) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let edges = [
        (-dx, from.0 - area.left),
        (dx, area.right - from.0),
        (-dy, from.1 - area.top),
        (dy, area.bottom - from.1),
    ];
    let (mut begin, mut end) = (0.0_f64, 1.0_f64);
    for (towards, room) in edges {
        if towards == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if towards < 0.0 {
            begin = begin.max(room / towards);
        } else {
            end = end.min(room / towards);
        }
    }
    begin <= end
}

fn overlap(a: &Area, b: &Area) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

fn inside(inner: &Area, outer: &Area) -> bool {
    inner.left >= outer.left
        && inner.right <= outer.right
        && inner.top >= outer.top
        && inner.bottom <= outer.bottom
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_seen_where_it_runs_through() {
        let area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(crosses(&area, (0.0, 0.0), (30.0, 30.0)));
        assert!(crosses(&area, (12.0, 12.0), (13.0, 13.0)));
        assert!(crosses(&area, (15.0, 0.0), (15.0, 30.0)));
        assert!(!crosses(&area, (0.0, 15.0), (5.0, 15.0)));
        // Its surrounding rectangle overlaps, but it runs past the corner.
        assert!(!crosses(&area, (0.0, 15.0), (15.0, 40.0)));
        assert!(!crosses(&area, (25.0, 0.0), (25.0, 30.0)));
    }
}
