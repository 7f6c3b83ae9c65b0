//! Other ways to do what a lesson does: what its own run compares it with.

pub(crate) mod in_step;
pub(crate) mod scoped_cursor;
