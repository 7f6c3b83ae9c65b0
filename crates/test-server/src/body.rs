//! Bodies that are a function of the request, so that a client can be asked
//! whether it received its own answer and all of it.

/// The largest body that `?bytes=` may ask for.
pub const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// 63 hexadecimal digits and a line end.
const LINE: usize = 64;

/// The body of the answer to `?seq=…&nonce=…&bytes=…`.
///
/// Lines of 63 hexadecimal digits, the last one cut off where `bytes` ends:
/// SplitMix64 from a start that depends on both numbers. Its first line names
/// the request as good as uniquely, so ask for at least 16 bytes.
pub fn expected_body(seq: u64, nonce: u64, bytes: usize) -> Vec<u8> {
    let mut body = Vec::with_capacity(bytes + LINE);
    Lines::new(seq, nonce, bytes).write(&mut body, usize::MAX);
    body
}

/// A body that is written piece by piece, so that a slow reader of 16 MiB
/// costs the server a small buffer.
#[derive(Clone, Copy)]
pub(crate) struct Lines {
    state: u64,
    left: usize,
}

impl Lines {
    pub(crate) fn new(seq: u64, nonce: u64, bytes: usize) -> Self {
        // Mixed before it is combined: seq 1 of nonce 2 is not seq 2 of 1.
        let state = mix(nonce).wrapping_add(seq);
        Self { state: mix(state), left: bytes }
    }

    pub(crate) fn none() -> Self {
        Self { state: 0, left: 0 }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.left == 0
    }

    /// Appends whole lines until `out` holds `limit` bytes or more.
    pub(crate) fn write(&mut self, out: &mut Vec<u8>, limit: usize) {
        while self.left > 0 && out.len() < limit {
            let line = self.line();
            let taken = self.left.min(LINE);
            out.extend_from_slice(&line[..taken]);
            self.left -= taken;
        }
    }

    fn line(&mut self) -> [u8; LINE] {
        let mut line = [0; LINE];
        for digits in line.chunks_exact_mut(16) {
            self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = mix(self.state);
            for digit in digits {
                *digit = b"0123456789abcdef"[(word >> 60) as usize];
                word <<= 4;
            }
        }
        line[LINE - 1] = b'\n';
        line
    }
}

/// SplitMix64's last step: every bit of the input moves every bit out.
fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_length_asked_for_and_is_the_same_in_pieces() {
        for bytes in [0, 1, 63, 64, 65, 1000] {
            let whole = expected_body(3, 4, bytes);
            assert_eq!(whole.len(), bytes);
            let mut pieces = Lines::new(3, 4, bytes);
            let mut joined = Vec::new();
            while !pieces.is_done() {
                let mut piece = Vec::new();
                pieces.write(&mut piece, 100);
                joined.extend(piece);
            }
            assert_eq!(joined, whole);
        }
    }

    #[test]
    fn differs_by_either_number() {
        let bodies = [(0, 0), (0, 1), (1, 0), (1, 2), (2, 1)]
            .map(|(seq, nonce)| expected_body(seq, nonce, 16));
        for (at, body) in bodies.iter().enumerate() {
            assert!(!bodies[..at].contains(body));
        }
    }

    #[test]
    fn is_text() {
        let body = String::from_utf8(expected_body(1, 1, 640)).unwrap();
        assert_eq!(body.lines().count(), 10);
        assert!(body.lines().all(|line| line.len() == 63));
    }
}
