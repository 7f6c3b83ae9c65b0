//! A server with a certificate, and the authority that signed it.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair,
};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, Stream};

use crate::raw::{Raw, read_head};

/// How an encrypted connection ends.
#[derive(Clone, Copy)]
pub(crate) enum End {
    /// It says that this is the end, as it should.
    Announced,
    /// Without a word: that may be anybody, and anywhere in the answer.
    Cut,
}

/// An HTTPS server whose certificate is for 127.0.0.1, and the PEM text of
/// the authority that nobody trusts unless told to.
pub(crate) fn serve() -> (Raw, String) {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    answering(answer, End::Announced)
}

/// The same with another answer, and another end.
pub(crate) fn answering(answer: &'static str, end: End) -> (Raw, String) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = CertifiedIssuer::self_signed(params, key).unwrap();

    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([Ipv4Addr::LOCALHOST.to_string()])
        .unwrap()
        .signed_by(&key, &authority)
        .unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config =
        ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();

    let config = Arc::new(config);
    let server = Raw::serve(move |stream| {
        let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = Stream::new(&mut tls, stream);
        read_head(&mut stream)?;
        stream.write_all(answer.as_bytes())?;
        if matches!(end, End::Announced) {
            stream.conn.send_close_notify();
        }
        stream.flush()?;
        let mut piece = [0; 1024];
        // What is left unread would make a reset of the end.
        stream.sock.shutdown(Shutdown::Write)?;
        while stream.sock.read(&mut piece)? > 0 {}
        Ok(())
    });
    (server, authority.pem())
}
