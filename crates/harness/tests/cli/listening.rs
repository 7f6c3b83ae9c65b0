//! Which addresses a process listens on, by what the system says.

use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The state of a socket that listens, in the system's table.
const LISTENS: &str = "0A";

/// The addresses, with a port each.
pub(crate) fn addresses(pid: u32) -> Vec<(IpAddr, u16)> {
    let own = sockets(pid);
    ["tcp", "tcp6"]
        .iter()
        .flat_map(|table| {
            let path = format!("/proc/{pid}/net/{table}");
            let text = fs::read_to_string(path).unwrap_or_default();
            let lines = text.lines().skip(1).filter_map(line);
            lines.collect::<Vec<_>>()
        })
        .filter(|(_, _, socket)| own.contains(socket))
        .map(|(address, port, _)| (address, port))
        .collect()
}

/// The numbers of the sockets that it has open.
fn sockets(pid: u32) -> BTreeSet<String> {
    let open = fs::read_dir(format!("/proc/{pid}/fd")).expect("its files");
    open.filter_map(|entry| {
        let target = fs::read_link(entry.ok()?.path()).ok()?;
        let number = target.to_str()?.strip_prefix("socket:[")?;
        Some(number.strip_suffix(']')?.to_owned())
    })
    .collect()
}

/// Address, port and number of a socket that listens.
fn line(text: &str) -> Option<(IpAddr, u16, String)> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    if *fields.get(3)? != LISTENS {
        return None;
    }
    let (address, port) = fields.get(1)?.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    Some((ip(address)?, port, (*fields.get(9)?).to_owned()))
}

/// Words of four bytes, each in the order of this machine.
fn ip(text: &str) -> Option<IpAddr> {
    let words: Option<Vec<[u8; 4]>> = (0..text.len() / 8)
        .map(|i| {
            let word = text.get(8 * i..8 * i + 8)?;
            Some(u32::from_str_radix(word, 16).ok()?.to_ne_bytes())
        })
        .collect();
    match words?.as_slice() {
        [four] => Some(Ipv4Addr::from(*four).into()),
        all => {
            let sixteen: [u8; 16] = all.concat().try_into().ok()?;
            let address = Ipv6Addr::from(sixteen);
            Some(address.to_canonical())
        }
    }
}

#[test]
fn what_this_process_listens_on_is_seen() {
    use std::net::TcpListener;
    let seen = |port| {
        let all = addresses(std::process::id());
        all.into_iter().find(|(_, p)| *p == port).map(|(ip, _)| ip)
    };
    for address in ["127.0.0.1:0", "0.0.0.0:0"] {
        let listener = TcpListener::bind(address).unwrap();
        let own = listener.local_addr().unwrap();
        assert_eq!(seen(own.port()), Some(own.ip()));
    }
    if let Ok(listener) = TcpListener::bind("[::1]:0") {
        let own = listener.local_addr().unwrap();
        assert_eq!(seen(own.port()), Some(own.ip()));
    }
}
