use std::num::NonZeroU32;
use std::time::Duration;

use ping_core::digest;
use serde::{Deserialize, Serialize};

use crate::QueueError;
use crate::error::Kind;

/// What a batch is about. It stands in the description of its stream of jobs,
/// so that another list under the same name is refused and each worker does as
/// all others do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    version: u32,
    /// How many jobs there are.
    pub jobs: u64,
    /// [`digest_of`] the list.
    pub list: u64,
    /// How long one ping may take.
    pub timeout: Duration,
    /// A job that was handed out more often than this is given up.
    pub deliveries: NonZeroU32,
}

/// What storing a result may take where nothing goes wrong. A job goes to
/// another worker after the ack wait, so that must be longer than a ping and
/// this.
pub const STORING: Duration = Duration::from_secs(1);

/// A worker of another version would do otherwise.
const VERSION: u32 = 1;

/// What is wanted of a description at most; the server keeps 4 KiB.
const LONGEST: usize = 4 * 1024;

/// No ping may take longer.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Terms {
    /// So often a job is handed out before it is given up, where nothing is
    /// said.
    pub const DELIVERIES: NonZeroU32 = NonZeroU32::new(5).unwrap();

    /// Those of a batch of this list.
    pub fn new(urls: &[String], timeout: Duration) -> Terms {
        Terms::of_each(urls, timeout)
    }

    /// The same of a list that is gone through once, and not kept.
    pub fn of_each(
        urls: impl IntoIterator<Item: AsRef<str>>,
        timeout: Duration,
    ) -> Terms {
        let (jobs, list) = fingerprint(urls);
        Terms {
            version: VERSION,
            jobs,
            list,
            timeout,
            deliveries: Terms::DELIVERIES,
        }
    }

    pub(crate) fn written(&self) -> Result<String, QueueError> {
        serde_json::to_string(self)
            .map_err(|error| QueueError::new(Kind::Other, error.to_string()))
    }

    /// Those in a description; none if it is not one of ours.
    pub(crate) fn read(description: Option<&str>) -> Option<Terms> {
        let text = description.filter(|text| text.len() <= LONGEST)?;
        let terms: Terms = serde_json::from_str(text).ok()?;
        let may_be =
            (Duration::from_millis(1)..=A_DAY).contains(&terms.timeout);
        (terms.version == VERSION && may_be).then_some(terms)
    }

    /// In which way these are not `other`, for whoever typed them.
    pub(crate) fn difference(&self, other: &Terms) -> Option<String> {
        let (here, there) = (self.jobs, other.jobs);
        if here != there {
            return Some(format!(
                "a list of {there} URLs, and this has {here}"
            ));
        }
        if self.list != other.list {
            return Some("another list of as many URLs".to_owned());
        }
        if self.timeout != other.timeout {
            let (here, there) = (self.timeout, other.timeout);
            return Some(format!("a timeout of {there:?}, and not {here:?}"));
        }
        (self != other).then(|| "other limits".to_owned())
    }
}

/// A fingerprint of a list: it shows another list, and is no protection
/// against malice.
pub fn digest_of(urls: &[String]) -> u64 {
    fingerprint(urls).1
}

/// How many there are, and their fingerprint: each is taken together with all
/// before it, so that nothing has to be kept.
fn fingerprint(urls: impl IntoIterator<Item: AsRef<str>>) -> (u64, u64) {
    urls.into_iter().fold((0, 0), |(count, before), url| {
        let own = digest(url.as_ref().as_bytes());
        let both = [before.to_le_bytes(), own.to_le_bytes()].concat();
        (count + 1, digest(&both))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(urls: &[&str]) -> Vec<String> {
        urls.iter().map(|url| (*url).to_owned()).collect()
    }

    #[test]
    fn terms_are_read_as_they_were_written() {
        let terms = Terms::new(&list(&["a", "b"]), Duration::from_millis(1500));
        let text = terms.written().unwrap();
        assert_eq!(Terms::read(Some(&text)), Some(terms));
        let other = text.replace("\"version\":1", "\"version\":2");
        for text in ["", "{}", "[1]", &other, &"x".repeat(9999)] {
            assert_eq!(Terms::read(Some(text)), None, "{text}");
        }
    }

    #[test]
    fn a_list_that_is_not_kept_has_the_same_terms() {
        let (urls, time) = (list(&["a", "b", ""]), Duration::from_secs(5));
        let each = Terms::of_each(["a", "b", ""], time);
        assert_eq!(each, Terms::new(&urls, time));
        assert_eq!((each.jobs, each.list), (3, digest_of(&urls)));
    }

    #[test]
    fn a_difference_has_a_name() {
        let five = Duration::from_secs(5);
        let of = |urls: &[&str], timeout| Terms::new(&list(urls), timeout);
        let terms = of(&["a", "b"], five);
        assert_eq!(terms.difference(&terms), None);
        let cases = [
            (of(&["a"], five), "a list of 1 URLs, and this has 2"),
            (of(&["b", "a"], five), "another list of as many URLs"),
            (of(&["ab", ""], five), "another list of as many URLs"),
            (of(&["a", "b"], five * 2), "a timeout of 10s, and not 5s"),
        ];
        for (other, said) in cases {
            assert_eq!(terms.difference(&other).as_deref(), Some(said));
        }
    }
}
