//! JSON that is safe to print: nothing is lost, as JSON can write any
//! character as an escape.

use std::fmt::Write;

use safe_text::is_obeyed;
use serde::Serialize;
use serde_json::Value;

/// The value on one line of JSON, in which whatever a terminal would obey is
/// an escape.
pub fn line(value: impl Serialize) -> String {
    // Null is for what JSON cannot hold: a map whose keys are no text.
    let value = serde_json::to_value(value).unwrap_or(Value::Null);
    let json = value.to_string();
    let mut line = String::with_capacity(json.len());
    // Outside its texts JSON has nothing of the kind.
    for c in json.chars() {
        if is_obeyed(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn json_loses_nothing(
            text in "([\u{1b}\u{7}\u{85}\u{202e}\u{2028}\r\n\t\"\\\\<]|.){0,40}",
        ) {
            let line = line(&text);
            prop_assert!(!line.chars().any(is_obeyed), "{line:?}");
            let back: String = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
