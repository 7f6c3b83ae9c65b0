use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use nkeys::KeyPair;

/// A key of a user of the servers. Its seed is the secret, and stays with the
/// user; the servers are told the public part.
pub struct Key(KeyPair);

impl Key {
    /// A new one.
    pub fn random() -> Key {
        Key(KeyPair::new_user())
    }

    /// What the servers know it by.
    pub fn public(&self) -> String {
        self.0.public_key()
    }

    /// Writes the seed into a new file, which its owner alone may read.
    ///
    /// # Errors
    ///
    /// If there is a file of that name already, which may be the only copy of
    /// another key, or it cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let seed = self.0.seed().map_err(io::Error::other)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options.open(path)?.write_all((seed + "\n").as_bytes())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key of {}", self.public())
    }
}
