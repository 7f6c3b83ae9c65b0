//! Every number of a document, wherever it stands.

use measurement::bounds::{Found, MOST};
use serde::Serialize;
use serde_json::Value;

/// Looks at a document whose whole numbers are all counts, times and sizes,
/// but for those of these names.
///
/// # Errors
///
/// Names the first that no run can have made.
pub(super) fn bounded(document: &impl Serialize, free: &[&str]) -> Found {
    let document = serde_json::to_value(document)
        .map_err(|why| format!("it cannot be looked at: {why}"))?;
    look(&document, "", free)
}

fn look(value: &Value, place: &str, free: &[&str]) -> Found {
    match value {
        Value::Number(number) if number.as_u64().is_some_and(|n| n > MOST) => {
            Err(format!("`{place}` is {number}, and the most is {MOST}"))
        }
        Value::Array(values) => {
            values.iter().try_for_each(|value| look(value, place, free))
        }
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .filter(|(name, _)| !free.contains(&name.as_str()));
            fields.into_iter().try_for_each(|(name, value)| {
                let place = match place {
                    "" => name.clone(),
                    _ => format!("{place}.{name}"),
                };
                look(value, &place, free)
            })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_that_is_too_large_is_named() {
        let document = json!({"seed": u64::MAX, "all": [{"ns": MOST}]});
        assert_eq!(bounded(&document, &["seed"]), Ok(()));
        let why = bounded(&document, &[]).unwrap_err();
        assert!(why.starts_with("`seed` is 18446744073709551615"), "{why}");
        let document = json!({"all": [{"ns": 1}, {"ns": MOST + 1}]});
        let why = bounded(&document, &["seed"]).unwrap_err();
        assert!(why.starts_with("`all.ns` is"), "{why}");
    }
}
