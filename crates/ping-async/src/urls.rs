//! URLs that were read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;

/// The URLs met so far, as the library wants them: to read one is dearer than
/// to copy it, and a list is gone round many times. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Urls(Arc<Mutex<HashMap<String, Url>>>);

/// So many are kept, and further ones are read each time.
const MOST: usize = 1024;

impl Urls {
    /// This URL, read; `None` if it is none, or has a password to take out
    /// first.
    pub(crate) fn plain(&self, url: &str) -> Option<Url> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = known.get(url) {
            return Some(read.clone());
        }
        let read = Url::parse(url).ok().filter(|_| !url.contains('@'))?;
        if known.len() < MOST {
            known.insert(url.to_owned(), read.clone());
        }
        Some(read)
    }
}
