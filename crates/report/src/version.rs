//! Which version wrote a document. It is looked at first: what another one
//! wrote is not damaged, and something else helps.

use anyhow::Result;
use measurement::SCHEMA_VERSION;

use super::given;
use crate::usage::usage;

/// The version that a document says it has; none if it says none.
pub(super) fn of(text: &[u8]) -> Option<u32> {
    #[derive(serde::Deserialize)]
    struct Version {
        schema_version: u32,
    }
    given::parse(text).ok().map(|Version { schema_version }| schema_version)
}

/// Refuses every version of a run but ours.
pub(super) fn ours(what: &str, version: u32) -> Result<()> {
    is(what, version, SCHEMA_VERSION)
}

/// Refuses every version but the one that is read here.
pub(super) fn is(what: &str, version: u32, read: u32) -> Result<()> {
    if version == read {
        return Ok(());
    }
    let instead = if version > read {
        "use a newer program"
    } else {
        "make the run again, or use the program of that time"
    };
    Err(usage(format!(
        "{what} has schema version {version}, and this program reads version \
         {read}; {instead}"
    )))
}
