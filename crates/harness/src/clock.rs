//! The calendar, for names and records only. No measurement uses it.

use jiff::Timestamp;

/// Now in UTC, such as `2026-11-22T09:15:02Z`.
pub fn utc_now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Now in UTC as part of a file name, such as `2026-11-22T09-15-02Z`.
pub fn utc_for_file() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H-%M-%SZ").to_string()
}
