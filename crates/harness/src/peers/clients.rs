//! Whom `peers` knows: how each is called, how it is told what to do, where it
//! says how many requests it made, and how it comes onto a machine.

use measurement::ways;

use super::said;

/// A client that may take part.
#[derive(Debug)]
pub(super) struct Known {
    /// On the command line, in records, tables and charts.
    pub(super) name: &'static str,
    pub(super) program: Program,
    /// Its arguments, with `{n}` requests, `{c}` in flight, `{s}` seconds and
    /// `{url}`.
    pub(super) words: &'static [&'static str],
    /// With these it tells its version; none if it does not.
    pub(super) version: Option<&'static [&'static str]>,
    /// What to type where it is missing.
    pub(super) install: &'static str,
    /// How many requests it says that it made, from what it printed.
    pub(super) said: fn(&str) -> Option<u64>,
}

/// What is started.
#[derive(Debug)]
pub(super) enum Program {
    /// `ping` of this very program, with a strategy.
    Ours,
    /// A program of that name.
    Named(&'static str),
    /// A script of ours, which needs a module.
    Python { module: &'static str, file: &'static str, source: &'static str },
}

const fn ours(name: &'static str) -> Known {
    Known {
        name,
        program: Program::Ours,
        words: &[
            "ping",
            "-n",
            "{n}",
            "-c",
            "{c}",
            "--strategy",
            "{name}",
            "--output-format",
            "json",
            "--no-pings",
            "{url}",
        ],
        version: None,
        install: "",
        said: said::by_harness,
    }
}

const fn python(
    name: &'static str,
    module: &'static str,
    file: &'static str,
    source: &'static str,
    install: &'static str,
) -> Known {
    Known {
        name,
        program: Program::Python { module, file, source },
        words: &["{url}", "{n}", "{c}"],
        version: None,
        install,
        said: said::by_script,
    }
}

/// All of them, in the order of their rows. Each with its defaults, but for
/// what makes them do the same: keep-alive, one URL, five seconds for an
/// answer.
pub(super) const KNOWN: &[Known] = &[
    ours(ways::EVENT_LOOP.id),
    ours(ways::SHAPES.id),
    ours(ways::TASKS.id),
    ours(ways::POOL.id),
    ours(ways::WAVES.id),
    Known {
        name: "wrk",
        program: Program::Named("wrk"),
        // It takes no number of requests, only a time.
        words: &["-t1", "-c{c}", "-d{s}s", "--timeout", "5s", "{url}"],
        version: Some(&["-v"]),
        install: "apt-get install wrk",
        said: said::by_wrk,
    },
    Known {
        name: "ab",
        program: Program::Named("ab"),
        words: &["-q", "-k", "-n", "{n}", "-c", "{c}", "-s", "5", "{url}"],
        version: Some(&["-V"]),
        install: "apt-get install apache2-utils",
        said: said::by_ab,
    },
    Known {
        name: "h2load",
        program: Program::Named("h2load"),
        words: &["--h1", "-t1", "-n", "{n}", "-c", "{c}", "{url}"],
        version: Some(&["--version"]),
        install: "apt-get install nghttp2-client",
        said: said::by_h2load,
    },
    Known {
        name: "oha",
        program: Program::Named("oha"),
        words: &[
            "-n",
            "{n}",
            "-c",
            "{c}",
            "-t",
            "5s",
            "--no-tui",
            "--output-format",
            "json",
            "{url}",
        ],
        version: Some(&["--version"]),
        install: "cargo install --locked oha",
        said: said::by_oha,
    },
    Known {
        name: "hey",
        program: Program::Named("hey"),
        words: &["-n", "{n}", "-c", "{c}", "-t", "5", "{url}"],
        version: None,
        install: "apt-get install hey",
        said: said::by_hey,
    },
    Known {
        name: "autocannon",
        program: Program::Named("autocannon"),
        words: &["-j", "-a", "{n}", "-c", "{c}", "-t", "5", "{url}"],
        version: Some(&["--version"]),
        install: "npm install --global autocannon",
        said: said::by_autocannon,
    },
    python(
        "aiohttp",
        "aiohttp",
        "aiohttp_workers.py",
        include_str!("aiohttp_workers.py"),
        "pip install aiohttp",
    ),
    python(
        "requests-pool",
        "requests",
        "requests_pool.py",
        include_str!("requests_pool.py"),
        "pip install requests",
    ),
    python(
        "requests-threads",
        "requests",
        "requests_threads.py",
        include_str!("requests_threads.py"),
        "pip install requests",
    ),
];

/// The names, for the command line.
pub fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|known| known.name)
}

impl Known {
    pub(super) fn is_ours(&self) -> bool {
        matches!(self.program, Program::Ours)
    }

    /// Whether it only takes a time, and no number of requests.
    pub(super) fn is_by_time(&self) -> bool {
        !self.words.contains(&"{n}")
    }
}
