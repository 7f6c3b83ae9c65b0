//! Reads a socket, and learns when what it read had arrived.
//!
//! A request that waits in its socket is in flight: it was sent, and it was
//! not answered. We see it only when we read it, and by then others may have
//! been answered. So the time of an arrival is the kernel's: it stamps every
//! segment before anybody reads it, also on a connection that we have not
//! accepted yet. What it costs stands in
//! `docs/decisions-wire.md`.

use std::io;

use mio::net::{TcpListener, TcpStream};

/// Asks for stamps on all connections that this listener will accept. Where
/// the system has none, the time of an arrival is the time of reading.
#[cfg(target_os = "linux")]
pub(crate) fn ask_for_stamps(listener: &TcpListener) {
    use nix::sys::socket::{setsockopt, sockopt::ReceiveTimestampns};

    // Without stamps the server is still a server.
    let _ = setsockopt(listener, ReceiveTimestampns, &true);
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn ask_for_stamps(_listener: &TcpListener) {}

/// Room for the one control message that comes with a stamp.
#[cfg(target_os = "linux")]
const CONTROL: usize =
    nix::sys::socket::cmsg_space::<nix::sys::time::TimeSpec>();

/// Reads once. Returns how many bytes came, and when the last of them had
/// arrived by the wall clock, in nanoseconds, if the system tells.
#[cfg(target_os = "linux")]
pub(crate) fn receive(
    stream: &mut TcpStream,
    bytes: &mut [u8],
) -> io::Result<(usize, Option<i64>)> {
    use std::io::IoSliceMut;
    use std::os::fd::AsRawFd;

    use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg};

    let mut control = [0; CONTROL];
    let mut room = [IoSliceMut::new(bytes)];
    let message = recvmsg::<()>(
        stream.as_raw_fd(),
        &mut room,
        Some(&mut control),
        MsgFlags::empty(),
    )?;
    let stamp = message.cmsgs()?.find_map(|message| match message {
        ControlMessageOwned::ScmTimestampns(at) => {
            Some(at.tv_sec() * 1_000_000_000 + at.tv_nsec())
        }
        _ => None,
    });
    Ok((message.bytes, stamp))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn receive(
    stream: &mut TcpStream,
    bytes: &mut [u8],
) -> io::Result<(usize, Option<i64>)> {
    use std::io::Read;

    Ok((stream.read(bytes)?, None))
}
