//! Whether a client that has said its last word is still there to listen.
//!
//! A client may close its side after its request and wait for the answer
//! (RFC 9112, 9.6 calls it half-closed). One that gives up closes both, and
//! looks the same to us: a FIN, and nothing more until we write. But it is a
//! process of this machine, and the kernel knows whether anybody still holds
//! the other socket.

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

    /// Whether a process holds the socket at `theirs` that is connected to
    /// `ours`; none where that cannot be known. A process that closes it may
    /// still be about to when its FIN is here: yes may become no, and no stays.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_held(
        &self,
        theirs: SocketAddr,
        ours: SocketAddr,
    ) -> Option<bool> {
        self.kernel.as_ref()?.is_held(theirs, ours)
    }

    /// Nobody to ask: then it is the answer that finds out.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn is_held(
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
    const INODE: usize = HEADER + 68;

    /// Attributes follow, each with its length and its kind. One is
    /// `INET_DIAG_SHUTDOWN`: which sides are shut, and the first bit is that
    /// nothing is read any more.
    const ATTRIBUTES: usize = HEADER + 72;
    const SHUTDOWN: u16 = 8;
    const READS_NO_MORE: u8 = 1;

    pub(super) struct Kernel(OwnedFd);

    impl Kernel {
        pub(super) fn open() -> Option<Self> {
            let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
            let kind = SockProtocol::NetlinkSockDiag;
            socket(AddressFamily::Netlink, SockType::Raw, flags, kind)
                .ok()
                .map(Self)
        }

        pub(super) fn is_held(
            &self,
            theirs: SocketAddr,
            ours: SocketAddr,
        ) -> Option<bool> {
            let fd = self.0.as_raw_fd();
            let question = question(theirs, ours);
            send(fd, &question, MsgFlags::empty()).ok()?;
            // The kernel has answered before `send` returns.
            let mut answer = [0; 1024];
            let length = recv(fd, &mut answer, MsgFlags::empty()).ok()?;
            read(&answer[..length])
        }
    }

    fn question(theirs: SocketAddr, ours: SocketAddr) -> [u8; QUESTION] {
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
        let family = if theirs.is_ipv6() { AF_INET6 } else { AF_INET };
        put(&[family as u8, IPPROTO_TCP as u8, 0, 0]);
        // In any state.
        put(&u32::MAX.to_ne_bytes());
        put(&theirs.port().to_be_bytes());
        put(&ours.port().to_be_bytes());
        put(&address(theirs.ip()));
        put(&address(ours.ip()));
        // On any interface, whatever its cookie.
        put(&0u32.to_ne_bytes());
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

    /// A socket without an inode is held by nobody, and one that reads no more
    /// is as good as that. One that is not found may be bound to a device, or a
    /// kernel may have no answers for us: then it is not known.
    fn read(answer: &[u8]) -> Option<bool> {
        let word = |at: usize| {
            let bytes = answer.get(at..at + 4)?;
            bytes.try_into().ok().map(u32::from_ne_bytes)
        };
        let kind = answer.get(4..6)?.try_into().ok().map(u16::from_ne_bytes)?;
        match kind {
            BY_FAMILY => Some(word(INODE)? != 0 && !reads_no_more(answer)),
            _ => None,
        }
    }

    fn reads_no_more(answer: &[u8]) -> bool {
        let mut rest = answer.get(ATTRIBUTES..).unwrap_or_default();
        while let [a, b, c, d, more @ ..] = rest {
            let length = usize::from(u16::from_ne_bytes([*a, *b]));
            let kind = u16::from_ne_bytes([*c, *d]);
            if kind == SHUTDOWN {
                return more.first().is_some_and(|it| it & READS_NO_MORE != 0);
            }
            // Each begins at a multiple of four.
            let next = length.max(4).next_multiple_of(4);
            rest = rest.get(next..).unwrap_or_default();
        }
        false
    }

    #[cfg(test)]
    mod tests {
        use std::net::{Shutdown, TcpListener, TcpStream};

        use super::*;

        #[test]
        fn a_half_closed_socket_is_held_and_a_closed_one_is_not() {
            for host in ["127.0.0.1:0", "[::1]:0"] {
                let Ok(listener) = TcpListener::bind(host) else { continue };
                let ours = listener.local_addr().unwrap();
                let client = TcpStream::connect(ours).unwrap();
                let theirs = client.local_addr().unwrap();
                let _server = listener.accept().unwrap();
                let kernel = Kernel::open().unwrap();
                let held = || kernel.is_held(theirs, ours);
                assert_eq!(held(), Some(true));
                client.shutdown(Shutdown::Write).unwrap();
                assert_eq!(held(), Some(true));
                // It is there, and reads no more.
                client.shutdown(Shutdown::Both).unwrap();
                assert_eq!(held(), Some(false), "{host}");
                drop(client);
                assert_eq!(held(), Some(false), "{host}");
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
