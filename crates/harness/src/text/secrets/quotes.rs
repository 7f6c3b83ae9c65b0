//! Where quotes stand in what a shell or a program reads.

/// What has been read so far, character by character.
#[derive(Default)]
pub(super) struct Quotes {
    open: Option<char>,
    escaped: bool,
}

impl Quotes {
    /// The quote that is open.
    pub(super) fn open(&self) -> Option<char> {
        self.open
    }

    /// Whether the next character means what it is.
    pub(super) fn is_outside(&self) -> bool {
        !self.escaped && self.open.is_none()
    }

    /// Reads one more. Returns whether it is outside of quotes, and neither a
    /// quote nor part of an escape.
    pub(super) fn read(&mut self, c: char) -> bool {
        if self.escaped {
            self.escaped = false;
        } else if c == '\\' && self.open != Some('\'') {
            self.escaped = true;
        } else if self.open == Some(c) {
            self.open = None;
        } else if self.open.is_none() && matches!(c, '"' | '\'') {
            self.open = Some(c);
        } else {
            return self.open.is_none();
        }
        false
    }
}
