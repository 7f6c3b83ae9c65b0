//! The one `<style>` of a chart. Every rule begins with the chart's id, so
//! that charts which share a page keep to themselves; or it is of a chart that
//! is alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::palette::{Paint, Theme};
use crate::svg::motion::{Motion, Motions};

/// DejaVu Sans stands where a system has nothing better; widths are reckoned
/// with it.
pub(crate) const FONTS: &str = "system-ui, -apple-system, 'Segoe UI', \
    Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif";

/// What happens within this part of a turn, in percent, is not seen.
const SUDDEN: f64 = 0.01;

/// The style sheet of the chart with that id, which has these paints.
pub(crate) fn style_sheet(
    id: &str,
    theme: Theme,
    paints: &BTreeSet<Paint>,
    motions: &Motions,
) -> String {
    let mut css = String::new();
    let mut rule = |text: String| {
        css.push_str(&text);
        css.push('\n');
    };
    rule(format!("#{id}{{max-width:100%;font-variant-numeric:tabular-nums}}"));
    if theme == Theme::Auto {
        // Alone it follows its reader; on a page it does what the page does,
        // which may have a switch.
        let mut both = String::from("svg:root{color-scheme:light dark}");
        for paint in paints {
            let class = paint.class();
            let (light, dark) = (paint.base(Theme::Light), paint.dark());
            let colour = format!("light-dark({light},{dark})");
            let _ = write!(
                both,
                "#{id} .fill-{class}{{fill:{colour}}}\
                 #{id} .line-{class}{{stroke:{colour}}}"
            );
        }
        rule(both);
    }
    if !motions.is_empty() {
        rule(moving(id, motions));
    }
    css
}

/// Rules for a reader who has not asked for less motion. Whoever has, and
/// whoever cannot play them, sees the end of the turn: that is what the
/// attributes say.
fn moving(id: &str, motions: &Motions) -> String {
    let turn = motions.turn_ns as f64 / 1e9;
    let mut named = String::new();
    let mut frames = String::new();
    for (number, motion) in motions.iter() {
        let _ = write!(
            named,
            "#{id} .motion-{number}{{animation-name:{id}-{number}}}"
        );
        // Two frames of one moment would be one, and nothing between them
        // sudden.
        let share = |ns: &u64| {
            let percent = *ns as f64 / motions.turn_ns as f64 * 100.0;
            percent.clamp(0.0, 100.0 - SUDDEN)
        };
        let steps = match motion {
            Motion::Grow { from_ns, to_ns } => {
                let from = share(from_ns);
                let to = share(to_ns).max(from + SUDDEN);
                format!(
                    "0%,{from:.3}%{{transform:scaleX(0)}}\
                     {to:.3}%,100%{{transform:scaleX(1)}}"
                )
            }
            Motion::Appear { at_ns } => {
                let (before, at) = (share(at_ns), share(at_ns) + SUDDEN);
                format!(
                    "0%,{before:.3}%{{opacity:0}}{at:.3}%,100%{{opacity:1}}"
                )
            }
        };
        let _ = writeln!(frames, "@keyframes {id}-{number}{{{steps}}}");
    }
    format!(
        "@media screen and (prefers-reduced-motion:no-preference){{\
         #{id} .moving{{animation-duration:{turn}s;\
         animation-timing-function:linear;\
         animation-iteration-count:2;\
         transform-box:fill-box;transform-origin:0 0}}{named}}}\n{frames}"
    )
}
