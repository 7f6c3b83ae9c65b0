//! Where in a panel a name may stand: beside its line, and on nothing.

use crate::form::Form;
use crate::scene::{Anchor, Area, Label};

/// What a name must not lie on.
pub(super) struct Taken {
    pub(super) points: Vec<(f64, f64)>,
    pub(super) lines: Vec<Vec<(f64, f64)>>,
    pub(super) names: Vec<Area>,
}

impl Taken {
    /// Whether a name here lies inside of the data, and on nothing.
    pub(super) fn leaves(&self, area: Area, data: Area, form: &Form) -> bool {
        let within = |(x, y): (f64, f64), reach: f64| {
            (area.left - reach..=area.right + reach).contains(&x)
                && (area.top - reach..=area.bottom + reach).contains(&y)
        };
        let inside = area.left >= data.left + 4.0
            && area.right <= data.right - 4.0
            && area.top >= data.top + 2.0
            && area.bottom <= data.bottom - 2.0;
        let on = |point: &(f64, f64)| within(*point, form.small);
        let crossed = |line: &Vec<(f64, f64)>| {
            line.windows(2).any(|pair| {
                (0..=40).any(|i| {
                    let share = f64::from(i) / 40.0;
                    let x = pair[0].0 + share * (pair[1].0 - pair[0].0);
                    let y = pair[0].1 + share * (pair[1].1 - pair[0].1);
                    within((x, y), 3.5)
                })
            })
        };
        inside
            && !self.points.iter().any(on)
            && !self.lines.iter().any(crossed)
            && self.names.iter().all(|other| apart(&area, other))
    }
}

/// Places for a name: above and below the line, from its left to its right.
pub(super) fn beside(
    form: &Form,
    name: &str,
    line: &[(f64, f64)],
) -> Vec<Label> {
    let mut places = Vec::new();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        for share in [0.1, 0.3, 0.5, 0.7, 0.9] {
            let x = from.0 + share * (to.0 - from.0);
            let y = from.1 + share * (to.1 - from.1);
            let label = |dx: f64, dy: f64, anchor| {
                let (x, y) = (x + dx * form.small, y + dy * form.small);
                Label::new(name, x, y, form.small).muted().anchored(anchor)
            };
            places.push(label(-0.6, -0.6, Anchor::End));
            places.push(label(0.6, -0.7, Anchor::Start));
            places.push(label(1.2, -1.6, Anchor::Start));
            places.push(label(0.6, 1.4, Anchor::Start));
            places.push(label(-1.2, 1.9, Anchor::End));
        }
    }
    places
}

pub(super) fn apart(a: &Area, b: &Area) -> bool {
    a.right + 6.0 < b.left
        || b.right + 6.0 < a.left
        || a.bottom + 2.0 < b.top
        || b.bottom + 2.0 < a.top
}
