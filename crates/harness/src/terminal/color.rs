use console::{Color, Style};
use measurement::ways::Kin;

/// The inks of the terminal. The same strategy has the same colour here and
/// in the charts, as near as 256 colours allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Headings.
    Strong,
    /// What is beside the point.
    Muted,
    /// Something is wrong.
    Wrong,
    /// A strategy, by the lesson that it is akin to.
    Strategy(Kin),
}

/// Puts a colour on text, where colours are wanted.
pub trait Paint {
    /// The text in this ink; plain in a pipe, with `NO_COLOR` or
    /// `--no-color`.
    fn ink(&self, ink: Ink) -> String;
}

impl<T: AsRef<str> + ?Sized> Paint for T {
    fn ink(&self, ink: Ink) -> String {
        style_of(ink).apply_to(self.as_ref()).to_string()
    }
}

fn style_of(ink: Ink) -> Style {
    let color = |number| Style::new().fg(Color::Color256(number));
    match ink {
        Ink::Strong => Style::new().bold(),
        Ink::Muted => Style::new().dim(),
        Ink::Wrong => Style::new().red().bold(),
        Ink::Strategy(Kin::Waves) => color(32),
        Ink::Strategy(Kin::Shares) => color(175),
        Ink::Strategy(Kin::Pool) => color(172),
        Ink::Strategy(Kin::Tasks) => color(36),
        Ink::Strategy(Kin::Loop) => color(97),
        Ink::Strategy(Kin::OneByOne | Kin::Other) => Style::new(),
    }
}

/// Switches colours off for standard output and standard error.
pub fn no_color() {
    console::set_colors_enabled(false);
    console::set_colors_enabled_stderr(false);
}
