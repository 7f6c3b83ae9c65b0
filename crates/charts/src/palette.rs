//! Every colour of every chart: one list, so that a strategy looks the same
//! everywhere. The series are Okabe and Ito's, and a purple, each at least 3:1
//! on its background and told apart under colour blindness.

use measurement::ways::{self, Kin};

/// Which side of the palette a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// The reader's preference; light where a viewer cannot say.
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paint {
    /// Behind everything, and what is cut out of a bar.
    Background,
    /// Text that matters, and rules.
    Ink,
    /// Text that explains.
    Muted,
    /// Grid lines.
    Grid,
    /// A slot with nothing to do.
    Idle,
    /// The strategy `sequential`.
    Sequential,
    /// The strategy `threads`, and its kin.
    Threads,
    /// The strategy `scoped-threads`, and its kin.
    ScopedThreads,
    /// The strategy `worker-pool`, and its kin.
    WorkerPool,
    /// The strategy `async-tasks`, and its kin.
    AsyncTasks,
    /// The strategy `event-loop`, and its kin.
    EventLoop,
    /// Any other strategy, and other people's programs.
    Other,
}

/// (paint, class, light, dark)
type Entry = (Paint, &'static str, &'static str, &'static str);

const PALETTE: [Entry; 12] = [
    (Paint::Background, "background", "#FFFFFF", "#0D1117"),
    (Paint::Ink, "ink", "#202124", "#E6EDF3"),
    (Paint::Muted, "muted", "#5F6368", "#9DA7B1"),
    (Paint::Grid, "grid", "#DADCE0", "#30363D"),
    (Paint::Idle, "idle", "#E6E8EB", "#262C35"),
    (Paint::Sequential, ways::ONE_BY_ONE.id, "#3C4043", "#BDC1C6"),
    (Paint::Threads, ways::WAVES.id, "#0072B2", "#56B4E9"),
    (Paint::ScopedThreads, ways::SHARES.id, "#CC79A7", "#CC79A7"),
    (Paint::WorkerPool, ways::POOL.id, "#D55E00", "#E69F00"),
    (Paint::AsyncTasks, ways::TASKS.id, "#009E73", "#009E73"),
    (Paint::EventLoop, ways::EVENT_LOOP.id, "#7A3E9D", "#C39BE0"),
    (Paint::Other, "other", "#80868B", "#8B949E"),
];

impl Paint {
    /// The colour of a strategy's bars.
    pub(crate) fn of_strategy(name: &str) -> Paint {
        match ways::find(name).map_or(Kin::Other, |way| way.kin) {
            Kin::OneByOne => Paint::Sequential,
            Kin::Waves => Paint::Threads,
            Kin::Shares => Paint::ScopedThreads,
            Kin::Pool => Paint::WorkerPool,
            Kin::Tasks => Paint::AsyncTasks,
            Kin::Loop => Paint::EventLoop,
            Kin::Other => Paint::Other,
        }
    }

    /// All of them, in the order of their numbers.
    #[cfg(test)]
    pub(crate) fn all() -> impl Iterator<Item = Paint> {
        PALETTE.iter().map(|entry| entry.0)
    }

    /// Its number, from 0: its place in the palette.
    pub(crate) fn number(self) -> u8 {
        self as u8
    }

    /// The name in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        PALETTE[usize::from(self.number())].1
    }

    /// The colour in the attributes, which hold where no style sheet does.
    pub(crate) fn base(self, theme: Theme) -> &'static str {
        match theme {
            Theme::Auto | Theme::Light => PALETTE[usize::from(self.number())].2,
            Theme::Dark => self.dark(),
        }
    }

    /// The colour on the dark background.
    pub(crate) fn dark(self) -> &'static str {
        PALETTE[usize::from(self.number())].3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2 defines them.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value =
                f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap());
            let value = value / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn each_paint_stands_at_its_own_number() {
        for (number, paint) in Paint::all().enumerate() {
            assert_eq!(usize::from(paint.number()), number);
        }
    }

    #[test]
    fn text_has_four_and_a_half_to_one_and_bars_three() {
        for theme in [Theme::Light, Theme::Dark] {
            let background = Paint::Background.base(theme);
            for paint in Paint::all() {
                let least = match paint {
                    Paint::Ink | Paint::Muted => 4.5,
                    Paint::Background | Paint::Grid | Paint::Idle => continue,
                    _ => 3.0,
                };
                let found = contrast(paint.base(theme), background);
                assert!(found >= least, "{paint:?} {theme:?}: {found:.2}");
            }
        }
    }
}
