//! httpstat.us on loopback, and the witness of what really overlapped
