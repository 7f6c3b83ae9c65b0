//! Which wishes to stop are one.

use std::time::Duration;

/// What comes within this time is one wish, not a second one: `timeout` asks
/// its child and then the child's group, a terminal that closes asks as often
/// as its shell does. A person is slower.
pub(super) const TOGETHER: Duration = Duration::from_millis(150);
