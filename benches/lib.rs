//! What each mechanism costs alone.
