use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use async_nats::jetstream::{self, Context};
use async_nats::{ConnectError, ConnectErrorKind, ConnectOptions, ServerAddr};

use crate::error::{Kind, QueueError};
use crate::refusal::Refusals;
use crate::{BatchName, Role};

/// Where the servers of a queue are, and who we are to them.
#[derive(Debug, Clone, Default)]
pub struct Servers {
    /// Such as `nats://127.0.0.1:4222`; the first that answers is taken, and
    /// the others where that one dies.
    pub urls: Vec<String>,
    /// Who we are; nobody in particular if nothing is said.
    pub credentials: Option<Credentials>,
    /// Certificates of who may vouch for the servers, as PEM; with it, only
    /// encrypted connections are made.
    pub authority: Option<PathBuf>,
}

/// What shows to a server who we are. Secrets come from a file or from the
/// environment: arguments and URLs are seen by everybody on the machine.
#[derive(Clone)]
pub enum Credentials {
    /// A file of a user's token and seed (`.creds`).
    File(PathBuf),
    /// A file with the seed of an nkey.
    Seed(PathBuf),
    /// A name and its password.
    Password(String, String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

/// A connection to the servers. Clones share it.
#[derive(Debug, Clone)]
pub struct Queue {
    pub(crate) context: Context,
    pub(crate) refusals: Refusals,
}

/// How long the first connection may take, and any answer later on.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two attempts to connect again: longer each time, up to the last.
const STEP: Duration = Duration::from_millis(20);
const LAST_STEP: Duration = Duration::from_millis(250);

/// So many messages may be on their way to the server and not yet
/// acknowledged; there is room for a producer and a lot of workers.
const IN_FLIGHT: usize = 4096;

impl Queue {
    /// Does this work to its end, or until the servers refuse something that
    /// it takes: what waits for an answer would wait in vain.
    ///
    /// # Errors
    ///
    /// [`Kind::Rights`], with what was refused.
    pub async fn unless_refused<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, QueueError> {
        self.refusals.unless(work).await
    }
}

impl Servers {
    /// Connects. The first connection has to succeed, so that wrong
    /// credentials are said at once; from then on it is made again for ever.
    ///
    /// # Errors
    ///
    /// If no server answers, or it does not take us, or we do not take it.
    pub async fn connect(&self) -> Result<Queue, QueueError> {
        self.connect_with(self.options()?).await
    }

    /// Connects for this part in this batch: the servers answer where who has
    /// the [`Rights`](crate::Rights) for it may listen.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect).
    pub async fn connect_as(
        &self,
        role: Role,
        name: &BatchName,
    ) -> Result<Queue, QueueError> {
        let options = self.options()?.custom_inbox_prefix(role.inbox(name));
        self.connect_with(options).await
    }

    async fn connect_with(
        &self,
        options: ConnectOptions,
    ) -> Result<Queue, QueueError> {
        let addresses = self.addresses()?;
        let (refusals, hear) = Refusals::new();
        let client = options
            .event_callback(move |event| {
                hear(&event);
                async {}
            })
            .connect(addresses.as_slice())
            .await
            .map_err(|error| self.told(&error))?;
        let context = jetstream::ContextBuilder::new()
            .timeout(PATIENCE)
            .ack_timeout(PATIENCE)
            .max_ack_inflight(IN_FLIGHT)
            .build(client);
        Ok(Queue { context, refusals })
    }

    fn addresses(&self) -> Result<Vec<ServerAddr>, QueueError> {
        if self.urls.is_empty() {
            let text = "no NATS server is named; say nats://HOST:4222";
            return Err(QueueError::new(Kind::Asked, text));
        }
        self.urls.iter().map(|url| address(url)).collect()
    }

    fn options(&self) -> Result<ConnectOptions, QueueError> {
        let mut options = ConnectOptions::new()
            .name("ping-lessons")
            .connection_timeout(PATIENCE)
            .request_timeout(Some(PATIENCE))
            // Not the library's, which grows to seconds: until it is over
            // nobody takes a job.
            .reconnect_delay_callback(|attempts| {
                let attempts = u32::try_from(attempts).unwrap_or(u32::MAX);
                STEP.saturating_mul(attempts).min(LAST_STEP)
            });
        if let Some(path) = &self.authority {
            readable(path, "certificates")?;
            options =
                options.add_root_certificates(path.clone()).require_tls(true);
        }
        match &self.credentials {
            None => Ok(options),
            Some(Credentials::Password(user, password)) => {
                Ok(options.user_and_password(user.clone(), password.clone()))
            }
            Some(Credentials::Seed(path)) => {
                let seed = readable(path, "the seed of an nkey")?;
                Ok(options.nkey(seed.trim().to_owned()))
            }
            Some(Credentials::File(path)) => {
                let text = readable(path, "credentials")?;
                options.credentials(&text).map_err(|_| {
                    let path = path.display();
                    let text = format!("{path} holds no credentials of NATS");
                    QueueError::new(Kind::Asked, text)
                })
            }
        }
    }

    fn told(&self, error: &ConnectError) -> QueueError {
        let servers = self.urls.join(", ");
        let cause = error.to_string();
        let of_tls = error.kind() == ConnectErrorKind::Tls
            || cause.contains("certificate");
        let (kind, text) = match error.kind() {
            ConnectErrorKind::Authentication
            | ConnectErrorKind::AuthorizationViolation => (
                Kind::Credentials,
                format!(
                    "{servers} does not take these credentials; see which \
                     user the server knows"
                ),
            ),
            _ if of_tls => (
                Kind::Certificate,
                format!(
                    "cannot trust {servers}: {cause}; name the certificates \
                     of who vouches for it"
                ),
            ),
            _ => (
                Kind::NoServer,
                format!(
                    "no NATS server answers at {servers} ({cause}); start one \
                     there, or name another"
                ),
            ),
        };
        QueueError::new(kind, text)
    }
}

/// Reads the address of a server.
fn address(url: &str) -> Result<ServerAddr, QueueError> {
    let bad = |why: &str| QueueError::new(Kind::Asked, why);
    // It may hold a password, so it is not said again.
    let address: ServerAddr = url.parse().map_err(|_| {
        bad("not the URL of a NATS server; say nats://HOST:4222")
    })?;
    if address.has_user_pass() || address.username().is_some() {
        return Err(bad(
            "a password in the URL of a NATS server is seen by everybody on \
             this machine; give it by a file or the environment",
        ));
    }
    if !["nats", "tls"].contains(&address.scheme()) {
        return Err(bad("a NATS server is at nats://HOST or tls://HOST"));
    }
    Ok(address)
}

/// The longest file of credentials or certificates, in bytes.
const LONGEST: u64 = 1024 * 1024;

fn readable(path: &PathBuf, what: &str) -> Result<String, QueueError> {
    let shown = path.display();
    let bad = |why: String| {
        let text = format!("cannot read {what} from {shown}: {why}");
        QueueError::new(Kind::Asked, text)
    };
    let about =
        std::fs::metadata(path).map_err(|error| bad(error.to_string()))?;
    if !about.is_file() || about.len() > LONGEST {
        return Err(bad("not a file, or longer than 1 MiB".to_owned()));
    }
    std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))
}
