//! What the words of a chart ask of its reader.

/// What is asked, the answer, and whether this run shows it.
pub(crate) type Asked = (&'static str, &'static str, bool);
