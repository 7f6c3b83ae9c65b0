//! Whether a client that has said its last word is still there to listen.
//!
//! A client may close its side after its request and wait for the answer
//! (RFC 9112, 9.6 calls it half-closed). One that gives up closes both, and
//! looks the same to us: a FIN, and nothing more until we write. But it is a
//! process of this machine, and the kernel knows whether anybody still holds
//! the other socket and may read it.

use std::net::SocketAddr;

/// Asks the kernel about sockets.
pub(crate) struct Peers {
    #[cfg(target_os = "linux")]
    kernel: Option<linux::Kernel>,
}

impl Peers {
    pub(crate) fn new() -> Self {
        Self {
            #[cfg(target_os = "linux")]
            kernel: linux::Kernel::open(),
        }
    }

    /// Whether a process may read the socket at `theirs` that is connected to
    /// `ours`; none where that cannot be known. Yes may become no, and no stays.
    #[cfg(target_os = "linux")]
    pub(crate) fn listens(
        &self,
        theirs: SocketAddr,
        ours: SocketAddr,
    ) -> Option<bool> {
        self.kernel.as_ref()?.listens(theirs, ours)
    }

    /// Nobody to ask: then it is the answer that finds out.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn listens(
        &self,
        _theirs: SocketAddr,
        _ours: SocketAddr,
    ) -> Option<bool> {
        None
    }
}

#[cfg(target_os = "linux")]
mod linux {
    //! sock_diag(7): a question about one socket, answered at once.

    use std::net::{IpAddr, SocketAddr};
    use std::os::fd::{AsRawFd, OwnedFd};

    use nix::libc::{AF_INET, AF_INET6, IPPROTO_TCP, NLM_F_REQUEST};
    use nix::sys::socket::{
        AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, recv, send,
        socket,
    };

    /// `SOCK_DIAG_BY_FAMILY`.
    const BY_FAMILY: u16 = 20;

    /// `struct nlmsghdr`; behind it `struct inet_diag_req_v2` (56 bytes), or in
    /// the answer `struct inet_diag_msg` (72), whose last word is the inode.
    const HEADER: usize = 16;
    const QUESTION: usize = HEADER + 56;
    const STATE: usize = HEADER + 1;
    const INODE: usize = HEADER + 68;
    const ATTRIBUTES: usize = HEADER + 72;

    /// The number of that device in every Linux.
    const LOOPBACK: u32 = 1;

    /// The states in which something can still be received: established, and
    /// the two of who has closed its own side. In any other it is a new socket
    /// at the same address.
    const RECEIVING: [u8; 3] = [1, 4, 5];

    /// `INET_DIAG_SHUTDOWN`: which of its sides a socket has closed, a byte; and
    /// in it the side that is read. A close begins with both, before its FIN is
    /// sent; that nobody holds the socket is true only at its end.
    const SHUTDOWN: u16 = 8;
    const READING: u8 = 1;

    pub(super) struct Kernel(OwnedFd);

    impl Kernel {
        pub(super) fn open() -> Option<Self> {
            let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
            let kind = SockProtocol::NetlinkSockDiag;
            socket(AddressFamily::Netlink, SockType::Raw, flags, kind)
                .ok()
                .map(Self)
        }

        /// A socket that is not found is gone, unless this kernel does not find
        /// ours, either: then it has no answers for us.
        pub(super) fn listens(
            &self,
            theirs: SocketAddr,
            ours: SocketAddr,
        ) -> Option<bool> {
            self.ask(theirs, ours)
                .or_else(|| self.ask(ours, theirs).map(|_| false))
        }

        /// Whether the socket at `here` that is connected to `there` listens;
        /// none if there is no such socket.
        fn ask(&self, here: SocketAddr, there: SocketAddr) -> Option<bool> {
            let fd = self.0.as_raw_fd();
            let question = question(here, there);
            send(fd, &question, MsgFlags::empty()).ok()?;
            // The kernel has answered before `send` returns.
            let mut answer = [0; 1024];
            let length = recv(fd, &mut answer, MsgFlags::empty()).ok()?;
            read(&answer[..length])
        }
    }

    fn question(here: SocketAddr, there: SocketAddr) -> [u8; QUESTION] {
        let mut bytes = [0; QUESTION];
        let mut at = 0;
        let mut put = |part: &[u8]| {
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        };
        put(&(QUESTION as u32).to_ne_bytes());
        put(&BY_FAMILY.to_ne_bytes());
        put(&(NLM_F_REQUEST as u16).to_ne_bytes());
        // Number and sender, which nobody needs here.
        put(&[0; 8]);
        let family = if here.is_ipv6() { AF_INET6 } else { AF_INET };
        put(&[family as u8, IPPROTO_TCP as u8, 0, 0]);
        // In any state.
        put(&u32::MAX.to_ne_bytes());
        put(&here.port().to_be_bytes());
        put(&there.port().to_be_bytes());
        put(&address(here.ip()));
        put(&address(there.ip()));
        // Bound to the loopback device or to none, whatever its cookie.
        put(&LOOPBACK.to_ne_bytes());
        put(&[u8::MAX; 8]);
        bytes
    }

    fn address(ip: IpAddr) -> [u8; 16] {
        let mut bytes = [0; 16];
        match ip {
            IpAddr::V4(ip) => bytes[..4].copy_from_slice(&ip.octets()),
            IpAddr::V6(ip) => bytes = ip.octets(),
        }
        bytes
    }

    /// A socket without an inode is held by nobody.
    fn read(answer: &[u8]) -> Option<bool> {
        if u16_at(answer, 4)? != BY_FAMILY {
            return None;
        }
        let inode = answer.get(INODE..ATTRIBUTES)?;
        let is_held = inode.iter().any(|byte| *byte != 0);
        let receives = RECEIVING.contains(&answer[STATE]);
        let closed = attribute(&answer[ATTRIBUTES..], SHUTDOWN);
        let may_read = closed.is_none_or(|sides| sides & READING == 0);
        Some(is_held && receives && may_read)
    }

    /// The first byte of the attribute (`struct rtattr`) of that kind.
    fn attribute(mut attributes: &[u8], kind: u16) -> Option<u8> {
        loop {
            let length = usize::from(u16_at(attributes, 0)?);
            if u16_at(attributes, 2)? == kind {
                return attributes.get(4).copied();
            }
            attributes = attributes.get(length.max(4).next_multiple_of(4)..)?;
        }
    }

    fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
        let bytes = bytes.get(at..at + 2)?;
        bytes.try_into().ok().map(u16::from_ne_bytes)
    }

    #[cfg(test)]
    mod tests {
        use std::net::{Shutdown, TcpListener, TcpStream};

        use super::*;

        #[test]
        fn a_half_closed_socket_listens_and_a_closed_one_does_not() {
            for host in ["127.0.0.1:0", "[::1]:0"] {
                let Ok(listener) = TcpListener::bind(host) else { continue };
                let ours = listener.local_addr().unwrap();
                let client = TcpStream::connect(ours).unwrap();
                let theirs = client.local_addr().unwrap();
                let _server = listener.accept().unwrap();
                let kernel = Kernel::open().unwrap();
                let listens = || kernel.listens(theirs, ours);
                assert_eq!(listens(), Some(true));
                client.shutdown(Shutdown::Write).unwrap();
                assert_eq!(listens(), Some(true));
                client.shutdown(Shutdown::Read).unwrap();
                assert_eq!(listens(), Some(false), "{host}: it is kept");
                drop(client);
                assert_eq!(listens(), Some(false), "{host}: it is closed");
            }
        }

        #[test]
        fn an_answer_that_is_none_tells_nothing() {
            for length in 0..40 {
                assert_eq!(read(&vec![0; length]), None);
            }
        }
    }
}
