//! Records in, SVG out
