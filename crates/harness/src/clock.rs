//! The calendar, for names and records only. No measurement uses it.

use std::time::SystemTime;

use humantime::format_rfc3339_seconds;

/// Now in UTC, such as `2026-11-22T09:15:02Z`.
pub fn utc_now() -> String {
    format_rfc3339_seconds(SystemTime::now()).to_string()
}

/// Now in UTC as part of a file name, such as `2026-11-22T09-15-02Z`.
pub fn utc_for_file() -> String {
    utc_now().replace(':', "-")
}
