use std::collections::HashSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::LazyLock;

/// What two URLs have in common if they lead to the same host and port: the
/// host in small letters and without the dot that may end it, and the port
/// unless it is the scheme's own. For a URL as the standard for URLs has it.
pub fn host_key(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = rest[..end].rsplit('@').next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        // The last colon of an address may be its own.
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, ""),
    };
    let host = plain(host);
    let usual = match &*scheme.to_ascii_lowercase() {
        "http" => "80",
        "https" => "443",
        _ => "",
    };
    let host = match address(&host) {
        Some(IpAddr::V6(v6)) => format!("[{v6}]"),
        Some(IpAddr::V4(v4)) => v4.to_string(),
        None => host,
    };
    if port.is_empty() || port == usual {
        host
    } else {
        format!("{host}:{port}")
    }
}

/// Whether this host, a name or an address as it stands in a URL, is the
/// machine that we run on. No name server is asked.
pub fn is_this_machine(host: &str) -> bool {
    let host = plain(host);
    match address(&host) {
        Some(address) => is_own_address(address),
        None => {
            host == "localhost"
                || host.ends_with(".localhost")
                || OWN_NAMES.contains(&host)
        }
    }
}

/// A name in small letters, without the dot of the root.
fn plain(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// The address that this is, if it is one; one of IPv4 in the clothes of IPv6
/// as what it is.
fn address(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let address: IpAddr = bare.unwrap_or(host).parse().ok()?;
    Some(address.to_canonical())
}

/// A client that dials "any address" (0.0.0.0) reaches this machine, too.
fn is_own_address(address: IpAddr) -> bool {
    if address.is_loopback() || address.is_unspecified() {
        return true;
    }
    if address.is_multicast() || address == Ipv4Addr::BROADCAST {
        return false;
    }
    // The system lets nobody listen at an address that it does not have.
    TcpListener::bind((address, 0)).is_ok()
}

/// The names by which this machine knows itself: its own, and what its table
/// of hosts says of its addresses.
static OWN_NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let hosts = fs::read_to_string("/etc/hosts").unwrap_or_default();
    let mut names = names_in(&hosts);
    let own = fs::read_to_string("/proc/sys/kernel/hostname");
    names.extend(own.map(|name| plain(name.trim())));
    names.remove("");
    names
});

/// The names that a table of hosts gives to addresses of this machine.
fn names_in(hosts: &str) -> HashSet<String> {
    let lines = hosts.lines().map(|line| {
        let (line, _comment) = line.split_once('#').unwrap_or((line, ""));
        line.split_whitespace()
    });
    lines
        .filter_map(|mut words| {
            let address: IpAddr = words.next()?.parse().ok()?;
            is_own_address(address.to_canonical()).then_some(words)
        })
        .flatten()
        .map(plain)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;

    use super::*;

    #[test]
    fn one_host_has_one_key_however_it_is_written() {
        for (key, urls) in [
            (
                "two.test",
                &[
                    "http://two.test",
                    "http://two.test./",
                    "http://TWO.Test:80/x",
                    "https://two.test:443?a@b",
                    "http://me:pw@two.test.:80#c",
                ][..],
            ),
            ("two.test:81", &["http://two.test:81", "https://two.test.:81/"]),
            ("two.test:443", &["http://two.test:443/"]),
            ("127.0.0.1:80", &["https://[::ffff:127.0.0.1]:80/"]),
            ("127.0.0.1", &["http://[::ffff:7f00:1]/", "http://127.0.0.1:80"]),
            ("[::1]", &["http://[::1]/", "http://[0:0::1]:80"]),
            ("[::1]:81", &["http://[::1]:81/"]),
            ("", &["http://", "", "http:///x"]),
        ] {
            for url in urls {
                assert_eq!(host_key(url), key, "{url}");
            }
        }
    }

    #[test]
    fn this_machine_has_many_names() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "::1",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:0:0]",
        ] {
            assert!(is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn others_are_not_this_machine() {
        for host in [
            "",
            "example.com",
            "localhost.example.com",
            "notlocalhost",
            "192.0.2.1",
            "224.0.0.1",
            "255.255.255.255",
            "[2001:db8::1]",
            "[::ffff:192.0.2.1]",
            "[ff02::1]",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    /// Dialling UDP sends nothing, and tells which address would be used.
    #[test]
    fn the_address_of_an_interface_is_this_machine() {
        let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
        if socket.connect("192.0.2.1:9").is_ok() {
            let own = socket.local_addr().unwrap().ip().to_string();
            assert!(is_this_machine(&own), "{own}");
        }
    }

    #[test]
    fn a_table_of_hosts_names_this_machine_and_others() {
        let names = names_in(
            "127.0.0.1\tlocalhost box.lan # me\n\
             127.0.1.1 Box.\n\
             ::1 ip6-localhost ip6-loopback\n\
             192.0.2.7 printer\n\
             # 127.0.0.1 commented\n\
             nonsense there\n\
             0.0.0.0 blocked.example\n",
        );
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "blocked.example",
                "box",
                "box.lan",
                "ip6-localhost",
                "ip6-loopback",
                "localhost"
            ]
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_name_of_this_machine_is_this_machine() {
        let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
        assert!(is_this_machine(name.trim()), "{name}");
    }
}
