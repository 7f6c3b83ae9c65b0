use std::num::{NonZeroU32, NonZeroUsize};

/// How a server is to be treated. The default asks for nothing: every ping is
/// tried once, as soon as a client has time for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manners {
    /// How often a ping that failed for a while is tried again.
    pub retries: u32,
    /// Retries may be at most this share of the pings, 0.2 being a fifth;
    /// without it, as many as [`retries`](Self::retries) allows.
    pub retry_share: Option<f32>,
    /// Requests per second, all workers together.
    pub per_second: Option<NonZeroU32>,
    /// Requests in flight at once to one host.
    pub per_host: Option<NonZeroUsize>,
}
