//! The word that opens the control port.

use std::fmt::{self, Write};
use std::io;

/// Random bytes of a token: too many to guess.
const BYTES: usize = 16;

/// The fewest and the most characters of a token that somebody chose.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=256;

/// Whoever knows it may ask the control port.
///
/// It is made at the start and told to whoever started the server. It is not
/// shown by `{:?}`, so that no log and no failed test tells it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one that nobody can guess: 32 hexadecimal digits.
    ///
    /// # Errors
    ///
    /// When the system has no random numbers to give.
    pub fn random() -> io::Result<Token> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| {
            io::Error::other(format!(
                "cannot make a token for the control port: {error}"
            ))
        })?;
        let mut text = String::with_capacity(2 * BYTES);
        for byte in bytes {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Token(text))
    }

    /// One that was made or chosen elsewhere. It goes into a line of a head
    /// and into a shell, so it consists of letters, digits and `-._~` only.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if it has fewer than 16 or more than 256 characters, or
    /// another one.
    pub fn chosen(text: &str) -> io::Result<Token> {
        let plain =
            |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if LENGTHS.contains(&text.len()) && text.bytes().all(plain) {
            return Ok(Token(text.to_owned()));
        }
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "a token has 16 to 256 characters: letters, digits and -._~ only",
        ))
    }

    /// It, in letters and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is it. All of it is looked at, wherever it differs: how
    /// long the answer takes must not tell how much of a guess was right. That
    /// would be hard to measure here, but it costs nothing to be sure.
    pub(crate) fn is(&self, guess: &[u8]) -> bool {
        let own = self.0.as_bytes();
        own.len() == guess.len()
            && own.iter().zip(guess).fold(0, |all, (a, b)| all | (a ^ b)) == 0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_none_is_shown() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.as_str().len(), 32);
        assert!(!format!("{one:?}").contains(one.as_str()));
        assert_eq!(Token::chosen(one.as_str()).unwrap(), one);
    }

    #[test]
    fn only_the_whole_of_it_is_it() {
        let token = Token::chosen("0123456789abcdef").unwrap();
        assert!(token.is(b"0123456789abcdef"));
        for guess in ["", "0123456789abcde", "0123456789abcdeF"] {
            assert!(!token.is(guess.as_bytes()), "{guess}");
        }
    }

    #[test]
    fn what_cannot_be_one_is_refused() {
        let short = "a".repeat(15);
        let long = "a".repeat(257);
        for bad in ["", &short, &long, "0123456789 abcdef", "0123456789\nabcde"]
        {
            assert!(Token::chosen(bad).is_err(), "{bad:?}");
        }
    }
}
