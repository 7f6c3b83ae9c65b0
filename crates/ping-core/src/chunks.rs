use httparse::{EMPTY_HEADER, Status};

use crate::PingError;
use crate::framing::{HEAD_LIMIT, HEADER_LIMIT, refuse};

/// Follows a body in chunks (RFC 9112, section 7.1), byte by byte where the
/// bytes are not data.
///
/// As strict as the async client's library, with the same limits, so that both
/// clients have one word for what breaks the rules.
#[derive(Debug, Default)]
pub struct Chunks {
    place: Place,
    /// Of the chunk that is being read: its length, then what is left of it.
    left: u64,
    /// Bytes of extensions, all chunks together.
    extensions: usize,
    trailer: Vec<u8>,
    trailer_lines: usize,
}

/// What the next byte belongs to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    FirstDigit,
    Digits,
    Blank,
    Extension,
    LengthEnd,
    Data,
    DataReturn,
    DataEnd,
    LineStart,
    Trailer,
    TrailerEnd,
    LastEnd,
    Over,
}

impl Chunks {
    /// Takes the next bytes, and gives those of the body to `data`. What comes
    /// after the last chunk is not looked at, and given back.
    ///
    /// # Errors
    ///
    /// [`PingError::BadReply`] for what is no chunk, or more than a reader
    /// should put up with; and what `data` fails with.
    pub fn take<'a>(
        &mut self,
        mut bytes: &'a [u8],
        mut data: impl FnMut(&'a [u8]) -> Result<(), PingError>,
    ) -> Result<&'a [u8], PingError> {
        while let [byte, rest @ ..] = bytes {
            if self.over() {
                break;
            }
            if self.place == Place::Data {
                let all = bytes.len();
                let share =
                    usize::try_from(self.left).map_or(all, |n| n.min(all));
                self.left -= share as u64;
                let (piece, rest) = bytes.split_at(share);
                data(piece)?;
                bytes = rest;
                if self.left == 0 {
                    self.place = Place::DataReturn;
                }
            } else {
                self.place = self.step(*byte)?;
                bytes = rest;
            }
        }
        Ok(bytes)
    }

    /// Whether the last chunk and its trailer have gone by.
    pub fn over(&self) -> bool {
        self.place == Place::Over
    }

    fn step(&mut self, byte: u8) -> Result<Place, PingError> {
        Ok(match (self.place, byte) {
            (Place::FirstDigit | Place::Digits, b) if b.is_ascii_hexdigit() => {
                self.left = times_16(self.left, b)?;
                Place::Digits
            }
            (Place::Digits | Place::Blank, b' ' | b'\t') => Place::Blank,
            (Place::Digits | Place::Blank, b';') => Place::Extension,
            (Place::Digits | Place::Blank | Place::Extension, b'\r') => {
                Place::LengthEnd
            }
            (Place::Extension, b) if b != b'\n' => {
                self.extensions += 1;
                if self.extensions >= HEAD_LIMIT {
                    return Err(refuse("chunk extensions without an end"));
                }
                Place::Extension
            }
            (Place::LengthEnd, b'\n') if self.left == 0 => Place::LineStart,
            (Place::LengthEnd, b'\n') => Place::Data,
            (Place::DataReturn, b'\r') => Place::DataEnd,
            (Place::DataEnd, b'\n') => Place::FirstDigit,
            (Place::LineStart, b'\r') => self.trailing(byte, Place::LastEnd)?,
            (Place::Trailer, b'\r') => {
                self.trailing(byte, Place::TrailerEnd)?
            }
            (Place::LineStart | Place::Trailer, _) => {
                self.trailing(byte, Place::Trailer)?
            }
            (Place::TrailerEnd, b'\n') => {
                self.trailer_lines += 1;
                self.trailing(byte, Place::LineStart)?
            }
            (Place::LastEnd, b'\n') => {
                self.trailing(byte, Place::Over)?;
                self.check_trailer()?;
                Place::Over
            }
            _ => return Err(refuse("a chunk that is none")),
        })
    }

    /// Keeps a byte of the trailer.
    fn trailing(&mut self, byte: u8, next: Place) -> Result<Place, PingError> {
        self.trailer.push(byte);
        let too_long = self.trailer.len() >= HEAD_LIMIT;
        if too_long || self.trailer_lines > HEADER_LIMIT {
            return Err(refuse("a trailer without an end"));
        }
        Ok(next)
    }

    fn check_trailer(&self) -> Result<(), PingError> {
        // As many as there are ends of lines: one that ends in LF alone would
        // be one more.
        let mut headers = vec![EMPTY_HEADER; self.trailer_lines];
        match httparse::parse_headers(&self.trailer, &mut headers) {
            Ok(Status::Complete(_)) => Ok(()),
            _ => Err(refuse("a trailer that is no header")),
        }
    }
}

fn times_16(number: u64, digit: u8) -> Result<u64, PingError> {
    let digit = (digit as char).to_digit(16).map(u64::from);
    let whole = number.checked_mul(16).zip(digit);
    whole
        .map(|(high, digit)| high + digit)
        .ok_or_else(|| refuse("a chunk longer than any"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(bytes: &[u8], piece: usize) -> Result<bool, PingError> {
        let mut chunks = Chunks::default();
        for piece in bytes.chunks(piece) {
            chunks.take(piece, |_| Ok(()))?;
        }
        Ok(chunks.over())
    }

    #[test]
    fn the_data_come_out_and_what_follows_is_left() {
        let bytes = b"5;a=b\r\nhello\r\n06\r\n world\r\n0\r\nX: y\r\n\r\nHTTP";
        for piece in 1..=bytes.len() {
            let (mut chunks, mut data) = (Chunks::default(), Vec::new());
            let mut left = Vec::new();
            for piece in bytes.chunks(piece) {
                let rest = chunks.take(piece, |part| {
                    data.extend_from_slice(part);
                    Ok(())
                });
                left.extend_from_slice(rest.unwrap());
            }
            assert_eq!(data, b"hello world", "{piece}");
            assert_eq!(left, b"HTTP", "{piece}");
        }
    }

    #[test]
    fn chunks_are_the_same_in_whatever_pieces_they_come() {
        let long = format!("{}\r\n", "x: y\r\n".repeat(100));
        for (bytes, expected) in [
            ("0\r\n\r\n".to_owned(), Ok(true)),
            ("5\r\nhello\r\n0\r\n\r\nand more".to_owned(), Ok(true)),
            ("005 \t;a=b\r\nhello\r\n0;c\r\nX: y\r\n\r\n".to_owned(), Ok(true)),
            (format!("0\r\n{long}"), Ok(true)),
            ("".to_owned(), Ok(false)),
            ("0\r\n".to_owned(), Ok(false)),
            ("5\r\nhel".to_owned(), Ok(false)),
            ("5\nhello\r\n0\r\n\r\n".to_owned(), Err(())),
            ("5\r\nhello\n0\r\n\r\n".to_owned(), Err(())),
            ("5\r\nhello!\r\n0\r\n\r\n".to_owned(), Err(())),
            ("+5\r\nhello\r\n0\r\n\r\n".to_owned(), Err(())),
            (" 5\r\nhello\r\n0\r\n\r\n".to_owned(), Err(())),
            ("5 5\r\nhello".to_owned(), Err(())),
            ("0x5\r\nhello".to_owned(), Err(())),
            ("\r\n".to_owned(), Err(())),
            ("5;a\nb\r\nhello\r\n0\r\n\r\n".to_owned(), Err(())),
            ("10000000000000000\r\n".to_owned(), Err(())),
            ("0\r\nno colon\r\n\r\n".to_owned(), Err(())),
            ("0\r\nX : y\r\n\r\n".to_owned(), Err(())),
            ("0\r\nX: y\nY: z\r\n\r\n".to_owned(), Err(())),
            (format!("0\r\nx: y\r\n{long}"), Err(())),
            (format!("0;{}", "x".repeat(HEAD_LIMIT)), Err(())),
            (format!("0\r\nX: {}", "x".repeat(HEAD_LIMIT)), Err(())),
        ] {
            for piece in [1, 2, 3, 7, usize::MAX] {
                let said = over(bytes.as_bytes(), piece).map_err(drop);
                assert_eq!(said, expected, "{bytes:.40} by {piece}");
            }
        }
    }
}
