//! Direct labels at the right ends of lines, instead of a legend: they never
//! collide, and lines that coincide share one.

use std::cmp::Ordering;

use crate::form::Form;
use crate::palette::Paint;
use crate::points::{draw_prediction, symbol_size};
use crate::quantity::count;
use crate::scene::{Area, Kind, Label, Scene};
use crate::strategy::symbol;
use crate::text_width::{fit, text_width};

/// Whose label it is that stands for the reader's prediction.
pub(crate) const YOU: &str = "you";

/// The right end of a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct End {
    /// Whose line it is.
    pub(crate) strategy: String,
    /// What it is called there.
    pub(crate) name: String,
    /// Where the line ends.
    pub(crate) at: (f64, f64),
    /// The number there, without its unit: `61`.
    pub(crate) number: String,
}

/// Lines that end in one place, with the height of their label.
#[derive(Debug, Clone, PartialEq)]
struct Bundle {
    /// In the order of the lines, with the number of each.
    ends: Vec<(usize, End)>,
    /// Mean height of the ends.
    wish: f64,
    /// Height of the middle of the label.
    place: f64,
}

/// Ends nearer to each other than this are one to the eye.
fn reach(form: &Form) -> f64 {
    if form.narrow { 10.0 } else { 5.0 }
}

/// From one label to the next.
fn pitch(form: &Form) -> f64 {
    1.2 * form.small
}

/// Draws a label for each end, or for several that coincide, inside `room`,
/// and a thin line to it where it is not beside its end. `unit` follows the
/// number.
pub(crate) fn draw_ends(
    scene: &mut Scene,
    form: &Form,
    ends: &[End],
    room: Area,
    unit: &str,
) {
    let all = ends.len();
    for bundle in bundles(form, ends, room, unit) {
        draw(scene, form, &bundle, all, room, unit);
    }
}

fn bundles(form: &Form, ends: &[End], room: Area, unit: &str) -> Vec<Bundle> {
    let single = |(number, end): (usize, &End)| {
        let wish = end.at.1;
        Bundle { ends: vec![(number, end.clone())], wish, place: wish }
    };
    let mut bundles: Vec<Bundle> =
        ends.iter().enumerate().map(single).collect();
    bundles.sort_by(|a, b| a.wish.total_cmp(&b.wish));
    let most = ((room.bottom - room.top) / pitch(form)).floor().max(1.0);
    while let Some((at, gap)) = nearest(&bundles)
        && (gap <= reach(form) || bundles.len() as f64 > most)
    {
        let lower = bundles.remove(at + 1);
        let upper = &mut bundles[at];
        upper.ends.extend(lower.ends);
        upper.ends.sort_by_key(|(number, _)| *number);
        let heights: f64 = upper.ends.iter().map(|(_, end)| end.at.1).sum();
        upper.wish = heights / upper.ends.len() as f64;
    }
    // What a label has no room to name has labels of its own.
    for at in (0..bundles.len()).rev() {
        let bundle = &bundles[at];
        let (all, more) = (ends.len(), bundle.ends.len() - 1);
        let width = room.right - room.left - text_inset(form, bundle);
        let whole = text_width(&full(bundle, all, unit), form.small, false);
        let split = form.names && more > 0 && whole > width;
        if split && (bundles.len() + more) as f64 <= most {
            let mut own = bundles.remove(at).ends;
            own.sort_by(|(_, a), (_, b)| a.at.1.total_cmp(&b.at.1));
            let own = own.into_iter().map(|end| single((end.0, &end.1)));
            bundles.splice(at..at, own.collect::<Vec<_>>());
        }
    }
    let wishes: Vec<f64> = bundles.iter().map(|bundle| bundle.wish).collect();
    let places = pushed_apart(&wishes, pitch(form), (room.top, room.bottom));
    for (bundle, place) in bundles.iter_mut().zip(places) {
        bundle.place = place;
    }
    bundles
}

/// The upper one of the two bundles that are nearest, and how near.
fn nearest(bundles: &[Bundle]) -> Option<(usize, f64)> {
    let gaps = bundles.windows(2).map(|pair| pair[1].wish - pair[0].wish);
    gaps.enumerate().min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Middles of labels as near as possible to what they wish, `pitch` apart,
/// and inside of the limits by half of that. Wishes are ascending; there must
/// be room for all.
fn pushed_apart(wishes: &[f64], pitch: f64, limits: (f64, f64)) -> Vec<f64> {
    // Runs of labels that touch: the sum of where each wishes the first one
    // to be, and how many they are.
    let mut runs: Vec<(f64, f64)> = Vec::new();
    let first = |run: &(f64, f64)| {
        let most = limits.1 - (run.1 - 0.5) * pitch;
        (run.0 / run.1).min(most).max(limits.0 + 0.5 * pitch)
    };
    for wish in wishes {
        runs.push((*wish, 1.0));
        while let [.., upper, lower] = runs[..]
            && first(&lower) < first(&upper) + upper.1 * pitch
        {
            runs.pop();
            runs.pop();
            let shifted = lower.0 - lower.1 * upper.1 * pitch;
            runs.push((upper.0 + shifted, upper.1 + lower.1));
        }
    }
    runs.iter()
        .flat_map(|run| {
            let start = first(run);
            (0..run.1 as u32).map(move |i| start + f64::from(i) * pitch)
        })
        .collect()
}

fn draw(
    scene: &mut Scene,
    form: &Form,
    bundle: &Bundle,
    all: usize,
    room: Area,
    unit: &str,
) {
    let size = symbol_size(form);
    let lead = lead(form);
    let text_left = room.left + text_inset(form, bundle);
    for (i, (_, end)) in (0_u32..).zip(&bundle.ends).take(symbols(form, bundle))
    {
        let x = room.left + lead + (0.5 + 1.15 * f64::from(i)) * size;
        if end.strategy == YOU {
            let (half, y) = (0.4 * size, bundle.place);
            let (left, right) = (x - half, x + half);
            let area = Area { left, top: y - half, right, bottom: y + half };
            draw_prediction(scene, form, area);
        } else {
            scene.marks.extend(symbol(&end.strategy, (x, bundle.place), size));
        }
    }
    let width = room.right - text_left;
    let text = text(form, bundle, all, width, unit);
    let text = fit(&text, form.small, false, width);
    let baseline = bundle.place + 0.36 * form.small;
    let label = Label::new(&text, text_left, baseline, form.small);
    scene.labels.push(label.of_kind(Kind::Answer));
    for (_, end) in &bundle.ends {
        let height = end.at.1;
        let from = (end.at.0 + 0.9 * size, height);
        let turn = (room.left.max(from.0), height);
        let to = (room.left + 0.8 * lead, bundle.place);
        let width = 0.5 * form.rule;
        scene.line(from, turn, width, Paint::Other);
        if turn.0 < to.0 {
            scene.line(turn, to, width, Paint::Other);
        }
    }
}

/// How much room the labels need, if their ends are where they are told to
/// be: at most so much that something is left for the data.
pub(crate) fn ends_width(form: &Form, ends: &[End], unit: &str) -> f64 {
    let heights = ends.iter().map(|end| end.at.1);
    let (top, bottom) =
        heights.fold((0.0_f64, 300.0_f64), |(a, b), y| (a.min(y), b.max(y)));
    let room = Area { left: 0.0, top, right: f64::INFINITY, bottom };
    let bundles = bundles(form, ends, room, unit);
    let widths = bundles.iter().map(|bundle| {
        let text = text(form, bundle, ends.len(), f64::INFINITY, unit);
        text_inset(form, bundle) + text_width(&text, form.small, false)
    });
    let widest = widths.fold(0.0, f64::max) + 0.4 * form.small;
    widest.min(if form.narrow { 210.0 } else { 215.0 })
}

/// How many symbols a label shows. On a telephone there is no room for more
/// than two.
fn symbols(form: &Form, bundle: &Bundle) -> usize {
    match bundle.ends.len() {
        few @ ..=2 => few,
        _ if form.narrow => 0,
        many => many.min(5),
    }
}

/// From the left of the room to the text of a label.
fn text_inset(form: &Form, bundle: &Bundle) -> f64 {
    let symbols = symbols(form, bundle) as f64;
    lead(form) + (1.15 * symbols + 0.3) * symbol_size(form)
}

/// Between the ends of the lines and the first symbol.
fn lead(form: &Form) -> f64 {
    if form.narrow { 20.0 } else { 16.0 }
}

/// The smaller number first; where one is none, such as `over 9999`, the
/// lower end. A slope may be smaller and yet its end higher.
fn by_number(a: &End, b: &End) -> Ordering {
    let number = |end: &End| end.number.parse::<f64>();
    match (number(a), number(b)) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => b.at.1.total_cmp(&a.at.1),
    }
}

/// The least and the most, with the unit.
fn numbers(bundle: &Bundle, unit: &str) -> String {
    let ends = || bundle.ends.iter().map(|(_, end)| end);
    let least = ends().min_by(|a, b| by_number(a, b));
    let most = ends().max_by(|a, b| by_number(a, b));
    let [least, most] =
        [least, most].map(|end| end.map_or("", |end| &end.number));
    match most == least {
        true => format!("{most}{unit}"),
        false => format!("{least}–{most}{unit}"),
    }
}

/// `pool 61×`, `all four: 59–61×`, `pool, tasks: 61×`.
fn full(bundle: &Bundle, all: usize, unit: &str) -> String {
    let number = numbers(bundle, unit);
    let names: Vec<&str> =
        bundle.ends.iter().map(|(_, end)| &*end.name).collect();
    match names[..] {
        [one] => format!("{one} {number}"),
        _ if names.len() == all && all > 2 => {
            format!("all {}: {number}", count(all))
        }
        _ => format!("{}: {number}", names.join(", ")),
    }
}

/// As much of it as there is room for. The number is what must be read.
fn text(
    form: &Form,
    bundle: &Bundle,
    all: usize,
    width: f64,
    unit: &str,
) -> String {
    let number = numbers(bundle, unit);
    if !form.names {
        return number;
    }
    let fits = |text: &String| text_width(text, form.small, false) <= width;
    let some = match &bundle.ends[..] {
        [(_, one)] => {
            let room = width - text_width(&number, form.small, false);
            let name =
                fit(&one.name, form.small, false, room - 0.5 * form.small);
            format!("{name} {number}")
        }
        many => format!("{}: {number}", count(many.len())),
    };
    let mut longest_first = [full(bundle, all, unit), some].into_iter();
    longest_first.find(fits).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::{NARROW, WIDE};

    #[test]
    fn labels_that_touch_are_pushed_apart_evenly() {
        let places = pushed_apart(&[50.0, 50.0, 90.0], 10.0, (0.0, 100.0));
        assert_eq!(places, [45.0, 55.0, 90.0]);
        let places = pushed_apart(&[99.0, 99.0], 10.0, (0.0, 100.0));
        assert_eq!(places, [85.0, 95.0]);
        let places = pushed_apart(&[0.0, 2.0, 3.0], 10.0, (0.0, 100.0));
        assert_eq!(places, [5.0, 15.0, 25.0]);
    }

    #[test]
    fn the_smaller_number_of_a_shared_label_comes_first() {
        let end = |y: f64, number: &str| End {
            strategy: "threads".to_owned(),
            name: "waves".to_owned(),
            at: (0.0, y),
            number: number.to_owned(),
        };
        let said = |ends: [End; 2]| {
            let ends = ends.into_iter().enumerate().collect();
            let bundle = Bundle { ends, wish: 0.0, place: 0.0 };
            text(&NARROW, &bundle, 2, 900.0, "")
        };
        assert_eq!(said([end(1.0, "9.5"), end(2.0, "10")]), "9.5–10");
        assert_eq!(said([end(1.0, "10"), end(2.0, "9.5")]), "9.5–10");
        let over = "over 9999";
        assert_eq!(said([end(1.0, over), end(2.0, "9")]), "9–over 9999");
    }

    proptest! {
        /// Even more lines than there is room for.
        #[test]
        fn any_ends_have_a_label_in_the_room(
            heights in proptest::collection::vec(20.0..220.0_f64, 0..25),
            narrow in any::<bool>(),
        ) {
            let form = if narrow { NARROW } else { WIDE };
            let room = Area {
                left: 700.0,
                top: 20.0,
                right: 900.0,
                bottom: 220.0,
            };
            let ends: Vec<End> = heights
                .iter()
                .map(|y| End {
                    strategy: "threads".to_owned(),
                    name: "waves".to_owned(),
                    at: (690.0, *y),
                    number: format!("{y:.0}"),
                })
                .collect();
            let mut scene = Scene::new(960.0, 300.0);
            draw_ends(&mut scene, &form, &ends, room, "×");
            let areas: Vec<Area> =
                scene.labels.iter().map(Label::area).collect();
            prop_assert!(areas.is_empty() == ends.is_empty());
            for (i, area) in areas.iter().enumerate() {
                prop_assert!(area.right <= room.right + 1e-9);
                prop_assert!(area.top >= room.top - 1e-9);
                prop_assert!(area.bottom <= room.bottom + 0.5);
                let apart = |other: &Area| {
                    other.bottom <= area.top || area.bottom <= other.top
                };
                prop_assert!(areas[..i].iter().all(apart));
            }
            let told = bundles(&form, &ends, room, "×");
            let told: usize = told.iter().map(|b| b.ends.len()).sum();
            prop_assert_eq!(told, ends.len());
        }

        #[test]
        fn any_labels_are_apart_and_inside(
            mut wishes in proptest::collection::vec(-50.0..250.0_f64, 0..20),
        ) {
            wishes.sort_by(f64::total_cmp);
            let places = pushed_apart(&wishes, 10.0, (0.0, 200.0));
            prop_assert_eq!(places.len(), wishes.len());
            for pair in places.windows(2) {
                prop_assert!(pair[1] - pair[0] > 10.0 - 1e-6, "{places:?}");
            }
            for place in places {
                prop_assert!((5.0 - 1e-6..=195.0 + 1e-6).contains(&place));
            }
        }
    }
}
