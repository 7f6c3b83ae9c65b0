//! How many requests each client says it made, from what it prints. None where
//! it prints something else.

use serde_json::Value;

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text.trim()).ok()
}

/// The first number of a text.
fn number(text: &str) -> Option<u64> {
    let digits = text.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit());
    digits[..end.unwrap_or(digits.len())].parse().ok()
}

/// What stands behind a name at the beginning of a line.
fn behind(text: &str, name: &str) -> Option<u64> {
    let mut lines = text.lines().map(str::trim_start);
    number(lines.find_map(|line| line.strip_prefix(name))?)
}

/// The numbers of an object, added up.
fn sum(object: &Value) -> Option<u64> {
    let counts = object.as_object()?.values().map(|count| count.as_u64());
    counts.sum()
}

/// The document of `harness ping`.
pub(super) fn by_harness(text: &str) -> Option<u64> {
    json(text)?.get("requests")?.as_u64()
}

/// The line of our scripts.
pub(super) fn by_script(text: &str) -> Option<u64> {
    json(text)?.get("answered")?.as_u64()
}

/// `  360 requests in 1.02s, 24.61KB read`
pub(super) fn by_wrk(text: &str) -> Option<u64> {
    let mut lines = text.lines();
    number(lines.find(|line| line.contains(" requests in "))?)
}

/// `Complete requests:      100`
pub(super) fn by_ab(text: &str) -> Option<u64> {
    behind(text, "Complete requests:")
}

/// `requests: 100 total, 100 started, 100 done, …`
pub(super) fn by_h2load(text: &str) -> Option<u64> {
    let mut lines = text.lines();
    let line = lines.find(|line| line.starts_with("requests: "))?;
    let done = line.split(", ").find_map(|part| part.strip_suffix(" done"))?;
    number(done)
}

/// Answers by status, and failures by reason.
pub(super) fn by_oha(text: &str) -> Option<u64> {
    let document = json(text)?;
    let answers = sum(document.get("statusCodeDistribution")?)?;
    answers.checked_add(sum(document.get("errorDistribution")?)?)
}

/// A line such as `[200] 96 responses` for each status, with a tab in it.
pub(super) fn by_hey(text: &str) -> Option<u64> {
    let counts = text.lines().filter_map(|line| {
        let line = line.trim().strip_prefix('[')?.strip_suffix(" responses")?;
        line.split_once(']')?.1.trim().parse::<u64>().ok()
    });
    let counts: Vec<u64> = counts.collect();
    match counts.is_empty() {
        true => None,
        false => counts.into_iter().try_fold(0, u64::checked_add),
    }
}

/// Its whole document.
pub(super) fn by_autocannon(text: &str) -> Option<u64> {
    json(text)?.get("requests")?.get("total")?.as_u64()
}

#[cfg(test)]
mod tests;
