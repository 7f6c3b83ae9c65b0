//! Whose address is what.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::poll_fn;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Instant;

use ping_by_hand::Request;
use ping_core::{Names, Phase, PingError};

use crate::s3_reactor::{Place, Reactor};

/// A host's addresses, at least one.
pub(crate) type Host = Rc<[SocketAddr]>;

/// The hosts met so far.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    known: RefCell<HashMap<String, Host>>,
    /// The one asked for last, which is often the next one, too.
    last: RefCell<Option<(String, Host)>>,
    names: Names,
    /// Names that are being looked up.
    asked: RefCell<HashMap<String, Arc<LookUp>>>,
}

/// A look-up, which a thread of its own does: the system can look names up only
/// by blocking. Any number of tasks may wait for it.
#[derive(Debug, Default)]
struct LookUp(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    found: Option<Result<Vec<IpAddr>, PingError>>,
    tasks: Vec<Waker>,
}

impl LookUp {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes whoever waits, from the thread that has found it.
    fn tell(&self, found: Result<Vec<IpAddr>, PingError>) {
        let mut waiting = self.lock();
        waiting.found = Some(found);
        waiting.tasks.drain(..).for_each(Waker::wake);
    }
}

impl Hosts {
    /// The host that this request goes to. A name that was not met before is
    /// looked up, until `deadline` at the latest.
    ///
    /// # Errors
    ///
    /// `BadUrl` if it is no host, and what a look-up meets.
    pub(crate) async fn of(
        &self,
        request: &Request<'_>,
        deadline: Instant,
        reactor: &Rc<Reactor>,
    ) -> Result<Host, PingError> {
        let spelled = request.authority();
        if let Some((last, host)) = &*self.last.borrow()
            && last == spelled
        {
            return Ok(Rc::clone(host));
        }
        let known = self.known.borrow().get(spelled).cloned();
        let host = match known {
            Some(host) => host,
            None => {
                let (name, port) = request.host_and_port()?;
                let found: Vec<IpAddr> = match request.address()? {
                    Some(address) => vec![address.ip()],
                    None => self.look_up(name, deadline, reactor).await?,
                };
                let at = |ip| SocketAddr::new(ip, port);
                let host: Host = found.into_iter().map(at).collect();
                // Another task may have been quicker. There is one of each, by
                // which its connections are found again.
                let mut known = self.known.borrow_mut();
                Rc::clone(known.entry(spelled.to_owned()).or_insert(host))
            }
        };
        let last = (spelled.to_owned(), Rc::clone(&host));
        self.last.replace(Some(last));
        Ok(host)
    }

    async fn look_up(
        &self,
        name: &str,
        deadline: Instant,
        reactor: &Rc<Reactor>,
    ) -> Result<Vec<IpAddr>, PingError> {
        if let Some(found) = self.names.get(name) {
            return Ok(found);
        }
        let look_up = self.asked.borrow().get(name).cloned();
        // One thread for a name, however many tasks want it.
        let look_up = match look_up {
            Some(look_up) => look_up,
            None => {
                let look_up = Arc::new(LookUp::default());
                let told = Arc::clone(&look_up);
                Names::look_up(name, move |found| {
                    told.tell(match found {
                        Ok(found) if !found.is_empty() => Ok(found),
                        // The system's resolver says "no such name" as an
                        // error of no kind.
                        _ => Err(PingError::NameNotFound),
                    });
                })?;
                let asked = (name.to_owned(), Arc::clone(&look_up));
                self.asked.borrow_mut().extend([asked]);
                look_up
            }
        };
        let place = Place::new(reactor);
        place.set_alarm(deadline);
        let found = poll_fn(|context| {
            let mut waiting = look_up.lock();
            if let Some(found) = &waiting.found {
                return Poll::Ready(found.clone());
            }
            if place.is_late() {
                let late = PingError::Timeout(Phase::Connect);
                return Poll::Ready(Err(late));
            }
            waiting.tasks.push(context.waker().clone());
            place.wait(context)
        })
        .await;
        // Who comes later asks anew; unless it is still being looked up.
        if look_up.lock().found.is_some() {
            self.asked.borrow_mut().remove(name);
        }
        if let Ok(found) = &found {
            self.names.insert(name, found.clone());
        }
        found
    }
}
