use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::Result;
use ping_core::{URL_LIMIT, masked_url};
use safe_text::terminal::shortened;
use url::Url;

use crate::cli::PingArgs;
use crate::usage::usage;

#[cfg(test)]
mod tests;

/// The longest list that is read, in URLs: it is held in memory.
const LIST_LIMIT: usize = 1_000_000;

/// The longest line, in bytes: a URL, and blanks around it.
const LINE_LIMIT: usize = URL_LIMIT + 1024;

/// The URLs of the arguments, then those of the file.
pub(super) fn read(args: &PingArgs) -> Result<Vec<String>> {
    let mut urls = Vec::new();
    for url in &args.urls {
        urls.push(check(url).map_err(usage)?);
    }
    if let Some(path) = &args.file {
        read_file(path, &mut urls)?;
    }
    if urls.is_empty() {
        return Err(usage(
            "there is nothing to ping; give a URL, or a file with -f FILE",
        ));
    }
    Ok(urls)
}

fn read_file(path: &Path, urls: &mut Vec<String>) -> Result<()> {
    if path == Path::new("-") {
        return read_lines(io::stdin().lock(), "standard input", urls);
    }
    let name = path.display().to_string();
    let file = File::open(path).map_err(|why| unreadable(&name, &why))?;
    read_lines(BufReader::new(file), &name, urls)
}

fn read_lines(
    mut lines: impl BufRead,
    name: &str,
    urls: &mut Vec<String>,
) -> Result<()> {
    for number in 1.. {
        let mut line = Vec::new();
        let length = io::Read::take(&mut lines, LINE_LIMIT as u64)
            .read_until(b'\n', &mut line)
            .map_err(|why| unreadable(name, &why))?;
        let wrong =
            |why: String| usage(format!("{name}, line {number}: {why}"));
        if length == 0 {
            break;
        }
        if length == LINE_LIMIT {
            return Err(wrong(too_long()));
        }
        let Ok(line) = str::from_utf8(&line) else {
            return Err(wrong("not UTF-8 text".to_owned()));
        };
        // Some editors begin a file with a mark of its byte order.
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        urls.push(check(line).map_err(wrong)?);
        if urls.len() > LIST_LIMIT {
            return Err(wrong(format!("more than {LIST_LIMIT} URLs")));
        }
    }
    Ok(())
}

fn unreadable(name: &str, why: &io::Error) -> anyhow::Error {
    usage(format!(
        "cannot read {name}: {why}; -f takes a file with one URL on a line, \
         or `-` for standard input"
    ))
}

fn too_long() -> String {
    format!("a URL of more than {URL_LIMIT} bytes; no client sends it")
}

/// The URL as both clients understand it alike, or what is wrong with it.
fn check(text: &str) -> Result<String, String> {
    if text.len() > URL_LIMIT {
        return Err(too_long());
    }
    // No page full of it, and no password.
    let shown = shortened(&masked_url(text), 120);
    // A scheme is what most often is missing, but not of a sentence.
    let sentence = text.contains("://") || text.contains(char::is_whitespace);
    let hint = || match sentence {
        true => "write it as http://HOST/PATH".to_owned(),
        false => format!("did you mean http://{shown} ?"),
    };
    // A URL parser would make %20 of it, and nobody means that.
    if text.contains("://") && text.contains(char::is_whitespace) {
        return Err(format!(
            "`{shown}` has a blank in it; write one URL on a line, and %20 for \
             a blank"
        ));
    }
    let url = Url::parse(text)
        .map_err(|why| format!("`{shown}` is not a URL ({why}); {}", hint()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("`{shown}` is not of http or https; {}", hint()));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(format!("`{shown}` names no host; {}", hint()));
    }
    // Letters that are not ASCII are longer now.
    if url.as_str().len() > URL_LIMIT {
        return Err(too_long());
    }
    Ok(url.into())
}
