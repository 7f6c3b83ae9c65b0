//! What a connection has in memory.

use ureq::unversioned::transport::Buffers;

/// Room for what comes in, which grows with what comes, and for what is sent.
///
/// ureq's own has its full size from the start, filled with zeros: 16 KiB more
/// a connection, for answers that mostly have a few hundred bytes.
#[derive(Debug)]
pub(crate) struct Room {
    input: Vec<u8>,
    /// Of the input: where the part begins that was not used yet.
    used: usize,
    /// Where it ends.
    filled: usize,
    most_input: usize,
    output: Vec<u8>,
    most_output: usize,
    /// Whether the last use of the input was one.
    progress: bool,
}

/// What an answer's head needs, mostly with its body.
const LEAST: usize = 1024;

impl Room {
    /// Of no size, until there is something to put into it; these are the most
    /// bytes of each.
    pub(crate) fn new(most_input: usize, most_output: usize) -> Room {
        Room {
            input: Vec::new(),
            used: 0,
            filled: 0,
            most_input,
            output: Vec::new(),
            most_output,
            progress: false,
        }
    }
}

impl Buffers for Room {
    fn output(&mut self) -> &mut [u8] {
        self.output.resize(self.most_output, 0);
        &mut self.output
    }

    fn input(&self) -> &[u8] {
        &self.input[self.used..self.filled]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        // Full by the last read: the next one may bring as much again.
        if self.filled == self.input.len() {
            let grown = (self.filled * 2).clamp(LEAST, self.most_input);
            self.input.resize(grown, 0);
        }
        self.input.copy_within(self.used..self.filled, 0);
        self.filled -= self.used;
        self.used = 0;
        &mut self.input[self.filled..]
    }

    fn input_appended(&mut self, amount: usize) {
        self.filled += amount;
    }

    fn input_consume(&mut self, amount: usize) {
        self.used += amount;
        self.progress = amount > 0;
    }

    /// Nothing but a GET is sent here, and that has no body.
    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.input_append_buf();
        self.output.resize(self.most_output, 0);
        (&mut self.input[self.filled..], &mut self.output)
    }

    fn can_use_input(&self) -> bool {
        self.used < self.filled && self.progress
    }
}
