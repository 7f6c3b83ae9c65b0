use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What a server is told. Whatever it listens on is on 127.0.0.1: its own
/// default is every address of the machine.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its name; in a cluster each has another.
    pub name: String,
    /// The port for clients.
    pub port: u16,
    /// Where its streams are kept.
    pub store: PathBuf,
    /// Whether it has JetStream.
    pub jetstream: bool,
    /// The cluster that it is of.
    pub peers: Option<Peers>,
    /// What it wants of its clients.
    pub secrets: Option<Secrets>,
}

/// A cluster, as one of its servers sees it.
#[derive(Debug, Clone)]
pub struct Peers {
    /// Its port for the others.
    pub port: u16,
    /// Those of all of them.
    pub all: Vec<u16>,
}

/// How a server knows its clients, and they it.
#[derive(Debug, Clone)]
pub enum Secrets {
    /// By this name and this password.
    Password(String, String),
    /// It shows this certificate, and has this key.
    Certificate(PathBuf, PathBuf),
    /// By the keys of their users. What is in one account, its streams too, is
    /// not there for the others.
    Accounts(Vec<Account>),
}

/// Users who have their streams and subjects for themselves.
#[derive(Debug, Clone)]
pub struct Account {
    /// What it is called.
    pub name: String,
    /// Who is in it.
    pub users: Vec<User>,
}

/// Somebody whom a server knows by a key.
#[derive(Debug, Clone)]
pub struct User {
    /// The public part of the key.
    pub nkey: String,
    /// `permissions: { ... }` as a configuration says it; if it is empty, this
    /// user may do anything.
    pub permissions: String,
}

impl Config {
    /// Of one server without secrets.
    pub fn new(port: u16, store: &Path) -> Config {
        Config {
            name: format!("ping-lessons-{port}"),
            port,
            store: store.to_owned(),
            jetstream: true,
            peers: None,
            secrets: None,
        }
    }

    fn text(&self) -> String {
        let Config { name, port, .. } = self;
        let mut text = format!(
            "server_name: {}\nlisten: \"127.0.0.1:{port}\"\n",
            quoted(name)
        );
        if self.jetstream {
            let store = quoted(&self.store.display().to_string());
            let _ = writeln!(text, "jetstream {{ store_dir: {store} }}");
        }
        if let Some(Peers { port, all }) = &self.peers {
            let routes = all
                .iter()
                .map(|port| format!("\"nats://127.0.0.1:{port}\""))
                .collect::<Vec<_>>()
                .join(", ");
            let _ = writeln!(
                text,
                "cluster {{ name: ping-lessons, listen: \"127.0.0.1:{port}\", \
                 routes: [{routes}] }}"
            );
        }
        if let Some(secrets) = &self.secrets {
            text += &secrets.text();
        }
        text
    }

    /// Writes it for its owner's eyes alone: it may hold a password.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        private(path)?.write_all(self.text().as_bytes())
    }
}

impl Secrets {
    fn text(&self) -> String {
        match self {
            Secrets::Password(user, password) => {
                let (user, password) = (quoted(user), quoted(password));
                format!(
                    "authorization {{ user: {user}, password: {password} }}\n"
                )
            }
            Secrets::Certificate(certificate, key) => {
                let certificate = quoted(&certificate.display().to_string());
                let key = quoted(&key.display().to_string());
                format!("tls {{ cert_file: {certificate}, key_file: {key} }}\n")
            }
            Secrets::Accounts(accounts) => {
                let all: String = accounts.iter().map(Account::text).collect();
                format!("accounts {{\n{all}}}\n")
            }
        }
    }
}

impl Account {
    fn text(&self) -> String {
        let users: String = self.users.iter().map(User::text).collect();
        let name = quoted(&self.name);
        format!("{name}: {{ jetstream: enabled, users: [\n{users}] }}\n")
    }
}

impl User {
    fn text(&self) -> String {
        let User { nkey, permissions } = self;
        format!("{{ nkey: {}\n{permissions} }}\n", quoted(nkey))
    }
}

/// A file that its owner alone may read, emptied.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// In quotation marks, as the server reads it.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_it_listens_on_is_loopback() {
        let config = Config {
            peers: Some(Peers { port: 7001, all: vec![7001, 7002, 7003] }),
            ..Config::new(4001, Path::new("/a \"b\"\\c"))
        };
        let text = config.text();
        let listens: Vec<&str> =
            text.match_indices("listen:").map(|(i, _)| &text[i..]).collect();
        assert_eq!(listens.len(), 2);
        assert!(listens.iter().all(|l| l.starts_with("listen: \"127.0.0.1:")));
        assert!(text.contains(r#"store_dir: "/a \"b\"\\c""#), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("nats.conf");
        Config::new(4001, folder.path()).write(&path).unwrap();
        let mode = path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
