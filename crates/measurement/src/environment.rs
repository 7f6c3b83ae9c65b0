//! The machine and the build that a run was made on.
