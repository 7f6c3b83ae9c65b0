use std::env;

use anyhow::Result;
use test_server::Token;

use crate::usage::usage;

/// Where a token of one's own choice may stand. Only its owner can read the
/// environment of a process, and everybody its arguments.
pub(crate) const TOKEN_VARIABLE: &str = "HARNESS_TOKEN";

/// The token for a server's control port, if somebody chose one.
pub(crate) fn chosen_token() -> Result<Option<Token>> {
    let Some(text) = env::var_os(TOKEN_VARIABLE) else { return Ok(None) };
    let token = Token::chosen(&text.to_string_lossy());
    let token =
        token.map_err(|error| usage(format!("{TOKEN_VARIABLE}: {error}")))?;
    Ok(Some(token))
}
