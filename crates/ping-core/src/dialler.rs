use ureq::unversioned::transport::{
    ConnectionDetails, Connector, DefaultConnector, Transport,
};

/// ureq's own connector. A limit that ends while it is at work is a timeout of
/// the connection, whichever limit it is: ureq names the limit, and we want
/// the place.
#[derive(Debug, Default)]
pub(crate) struct Dialler(DefaultConnector);

impl Connector<()> for Dialler {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.0.connect(details, chained).map_err(|error| match error {
            ureq::Error::Timeout(_) => {
                ureq::Error::Timeout(ureq::Timeout::Connect)
            }
            error => error,
        })
    }
}
