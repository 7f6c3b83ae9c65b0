//! Runs every lesson against the server, proves the work, draws it
