//! Where in a JSON document something is.

use serde_json::Value;

/// JSON pointers of all objects in it.
pub(crate) fn objects(value: &Value, here: &str) -> Vec<String> {
    let mut found: Vec<String> = children(value, here)
        .flat_map(|(place, child)| objects(child, &place))
        .collect();
    found.extend(value.is_object().then(|| here.to_owned()));
    found
}

/// JSON pointers of all numbers in it.
pub(crate) fn numbers(value: &Value, here: &str) -> Vec<String> {
    let mut found: Vec<String> = children(value, here)
        .flat_map(|(place, child)| numbers(child, &place))
        .collect();
    found.extend(value.is_number().then(|| here.to_owned()));
    found
}

fn children<'a>(
    value: &'a Value,
    here: &str,
) -> impl Iterator<Item = (String, &'a Value)> {
    let fields = value.as_object().into_iter().flatten();
    let items = value.as_array().into_iter().flatten().enumerate();
    let named = fields.map(|(name, child)| (name.clone(), child));
    let counted = items.map(|(i, child)| (i.to_string(), child));
    let all: Vec<_> = named.chain(counted).collect();
    all.into_iter().map(move |(name, child)| (format!("{here}/{name}"), child))
}
