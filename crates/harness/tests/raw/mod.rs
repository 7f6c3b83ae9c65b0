//! Servers that do as a closure says, wrong things above all.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, JoinHandle};

use socket2::{Domain, Socket, Type};

/// A listener that plays the same part on every connection, each on a thread
/// of its own, until it is dropped.
pub(crate) struct Raw {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Raw {
    /// What `play` fails with is dropped: the client has gone, as it may.
    pub(crate) fn serve(
        play: impl Fn(&mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Raw {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let over = Arc::new(AtomicBool::new(false));
        let (play, ended) = (Arc::new(play), Arc::clone(&over));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Relaxed) {
                    break;
                }
                let (mut stream, play) = (stream.unwrap(), Arc::clone(&play));
                thread::spawn(move || play(&mut stream));
            }
        });
        Raw { address, over, thread: Some(thread) }
    }

    /// Reads a request, writes `answer` as it stands, and closes.
    pub(crate) fn answering(answer: impl Into<Vec<u8>>) -> Raw {
        let answer = answer.into();
        Raw::serve(move |stream| {
            read_head(stream)?;
            stream.write_all(&answer)
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/200", self.address())
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.over.store(true, Relaxed);
        // Wakes it up, to see that it is over.
        let _ = TcpStream::connect(self.address);
        let ended = self.thread.take().map(JoinHandle::join);
        if !thread::panicking() {
            ended.unwrap().unwrap();
        }
    }
}

/// The head of a request, the empty line included.
///
/// # Errors
///
/// `UnexpectedEof` when no further request comes.
pub(crate) fn read_head(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(head)
}

/// A port that is ours and at which nobody listens, for as long as it lives.
pub(crate) struct Nobody(Socket);

impl Nobody {
    pub(crate) fn there() -> Nobody {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(&any.into()).unwrap();
        Nobody(socket)
    }

    pub(crate) fn url(&self) -> String {
        let address = self.0.local_addr().unwrap().as_socket().unwrap();
        format!("http://{address}/200")
    }
}
