//! What the server's times tell of a program's shape.

mod found;
mod records;
mod simulated;
