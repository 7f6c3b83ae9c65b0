//! What the server's times tell of a program's shape.

mod records;
mod simulated;
