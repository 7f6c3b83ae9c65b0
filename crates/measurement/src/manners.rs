//! How a trial treats the server.

use serde::{Deserialize, Serialize};

/// How the server is to be treated. By default every ping is tried once, as
/// soon as the client has time for it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize,
)]
#[serde(default)]
pub struct Manners {
    /// How often a ping that was refused is tried again.
    #[serde(skip_serializing_if = "is_zero")]
    pub retries: u32,
    /// Retries may be at most so many percent of the pings; without it, as
    /// many as `retries` allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_percent: Option<u32>,
    /// Requests per second, all workers together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_second: Option<u32>,
    /// Requests in flight at once to one host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_host: Option<u32>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Manners {
    /// Those that ask for nothing.
    pub const NONE: Manners = Manners {
        retries: 0,
        budget_percent: None,
        per_second: None,
        per_host: None,
    };

    /// Whether they ask for nothing.
    pub fn are_none(&self) -> bool {
        *self == Manners::NONE
    }
}
