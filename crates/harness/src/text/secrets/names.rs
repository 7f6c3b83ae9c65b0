//! Names that tell that their value is a secret.

/// `user`, `proxy-user`: what curl takes as `name:password`.
pub(super) fn is_user(name: &str) -> bool {
    name.to_ascii_lowercase().split(['-', '_']).next_back() == Some("user")
}

/// Whether a name tells that its value is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    const WHOLE: [&str; 6] =
        ["auth", "pass", "pwd", "cookies", "credentials", "signature"];
    const ENDS: [&str; 11] = [
        "session",
        "jwt",
        "authorization",
        "authentication",
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "bearer",
        "cookie",
    ];
    const KEYS: [&str; 5] =
        ["apikey", "accesskey", "secretkey", "authkey", "privatekey"];
    let name = name.to_ascii_lowercase();
    let parts: Vec<&str> = name.split(['-', '_']).collect();
    let is_one = |part: &&str| {
        WHOLE.contains(part) || ENDS.iter().any(|end| part.ends_with(end))
    };
    // `--key FILE` names a file, `X-Api-Key` a key.
    let joined: String = parts.concat();
    let is_key = KEYS.iter().any(|key| joined.ends_with(key));
    parts.iter().any(is_one) || is_key
}
