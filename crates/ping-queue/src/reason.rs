//! The server's own number for what went wrong. The client library keeps it at
//! another place in each of its errors.

use std::error::Error;

use async_nats::jetstream::context::{
    CreateStreamError, CreateStreamErrorKind, GetStreamError,
    GetStreamErrorKind, PublishError, RequestError, RequestErrorKind,
};
use async_nats::jetstream::stream::{
    ConsumerError, ConsumerErrorKind, LastRawMessageError,
    LastRawMessageErrorKind,
};
use async_nats::jetstream::{self, ErrorCode};

/// An error of the client library that may hold such a number.
pub(crate) trait Reason {
    fn code(&self) -> Option<ErrorCode>;

    /// Whether the server says that there is no such stream. Where nobody
    /// answers there may be one.
    fn is_gone(&self) -> bool {
        self.code() == Some(ErrorCode::STREAM_NOT_FOUND)
    }

    /// Whether it has no JetStream: it says so, or nobody is there to answer.
    fn is_without_jetstream(&self) -> bool {
        matches!(
            self.code(),
            Some(
                ErrorCode::JETSTREAM_NOT_ENABLED
                    | ErrorCode::JETSTREAM_NOT_ENABLED_FOR_ACCOUNT
            )
        )
    }
}

impl Reason for GetStreamError {
    fn code(&self) -> Option<ErrorCode> {
        match self.kind() {
            GetStreamErrorKind::JetStream(error) => Some(error.error_code()),
            GetStreamErrorKind::Request => {
                let error = self.source()?.downcast_ref::<RequestError>()?;
                (error.kind() == RequestErrorKind::NoResponders)
                    .then_some(ErrorCode::JETSTREAM_NOT_ENABLED)
            }
            _ => None,
        }
    }
}

impl Reason for CreateStreamError {
    fn code(&self) -> Option<ErrorCode> {
        match self.kind() {
            CreateStreamErrorKind::JetStream(error) => Some(error.error_code()),
            CreateStreamErrorKind::JetStreamUnavailable => {
                Some(ErrorCode::JETSTREAM_NOT_ENABLED)
            }
            _ => None,
        }
    }
}

impl Reason for ConsumerError {
    fn code(&self) -> Option<ErrorCode> {
        match self.kind() {
            ConsumerErrorKind::JetStream(error) => Some(error.error_code()),
            _ => None,
        }
    }
}

impl Reason for LastRawMessageError {
    fn code(&self) -> Option<ErrorCode> {
        match self.kind() {
            LastRawMessageErrorKind::JetStream(error) => {
                Some(error.error_code())
            }
            _ => None,
        }
    }
}

impl Reason for PublishError {
    fn code(&self) -> Option<ErrorCode> {
        let error = self.source()?.downcast_ref::<jetstream::Error>()?;
        Some(error.error_code())
    }
}
