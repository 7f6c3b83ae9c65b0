use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// Why a client could not be set up.
#[derive(Debug)]
pub enum SetupError {
    /// `SSL_CERT_FILE` names a file that holds no certificates.
    Certificates {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The client library refused.
    Client(String),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetupError::Certificates { path, why } => write!(
                f,
                "cannot read certificates from SSL_CERT_FILE={}: {why}; \
                 name a PEM file, or unset the variable to trust the usual \
                 authorities",
                path.display()
            ),
            SetupError::Client(why) => {
                write!(f, "cannot set up the client: {why}")
            }
        }
    }
}

impl std::error::Error for SetupError {}

/// The certificates of the file that `SSL_CERT_FILE` names; `None` if it names
/// none, which means Mozilla's list (webpki-roots).
pub(crate) fn own_certificates()
-> Result<Option<Vec<CertificateDer<'static>>>, SetupError> {
    let path = match std::env::var_os("SSL_CERT_FILE") {
        Some(path) if !path.is_empty() => PathBuf::from(path),
        _ => return Ok(None),
    };
    let error =
        |why: String| SetupError::Certificates { path: path.clone(), why };
    let certificates = CertificateDer::pem_file_iter(&path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|why| error(why.to_string()))?;
    if certificates.is_empty() {
        return Err(error("it holds none".to_owned()));
    }
    Ok(Some(certificates))
}

/// The TLS configuration of both clients: ring, and the authorities of
/// `SSL_CERT_FILE` or else Mozilla's. Without it each client would bring
/// roots of its own, and one strategy would trust what another refuses.
///
/// # Errors
///
/// If `SSL_CERT_FILE` names a file that holds no certificates.
pub fn rustls_config() -> Result<ClientConfig, SetupError> {
    let mut roots = RootCertStore::empty();
    match own_certificates()? {
        Some(certificates) => {
            roots.add_parsable_certificates(certificates);
        }
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .map_err(|error| SetupError::Client(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
