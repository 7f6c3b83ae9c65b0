use proptest::prelude::*;

use super::*;

fn from(file: &[u8]) -> Result<Vec<String>, String> {
    let mut urls = Vec::new();
    read_lines(file, "urls.txt", &mut urls)
        .map(|()| urls)
        .map_err(|error| format!("{error:#}"))
}

#[test]
fn passes_over_comments_and_empty_lines() {
    let file = b"# mine\n\n  http://a/1  \r\n\t\nhttps://b/2\n#http://c/\n";
    assert_eq!(from(file).unwrap(), ["http://a/1", "https://b/2"]);
}

#[test]
fn takes_a_last_line_without_an_end_and_a_byte_order_mark() {
    assert_eq!(from(b"\xef\xbb\xbfhttp://a/1").unwrap(), ["http://a/1"]);
}

#[test]
fn names_the_line_that_is_wrong() {
    let why = from(b"http://a/1\n# fine\nhttp://a b/\n").unwrap_err();
    assert!(why.starts_with("urls.txt, line 3: `http://a b/`"), "{why}");
    let why = from(b"http://a/1\n\xff\n").unwrap_err();
    assert_eq!(why, "urls.txt, line 2: not UTF-8 text");
}

#[test]
fn a_url_is_as_long_as_a_client_sends_it_wherever_it_stands() {
    let long = |bytes| format!("http://a/{}", "x".repeat(bytes - 9));
    for bytes in [16 * 1024, 64_000, URL_LIMIT] {
        let url = long(bytes);
        assert_eq!(check(&url).as_deref(), Ok(&*url));
        let listed = format!("# mine\n  {url}  \r\nhttp://b/\n");
        assert_eq!(from(listed.as_bytes()).unwrap(), [&*url, "http://b/"]);
    }
    let umlauts = format!("http://a/{}", "\u{e4}".repeat(URL_LIMIT / 4));
    let endless = long(10 * URL_LIMIT);
    for url in [long(URL_LIMIT + 1), umlauts, endless] {
        assert_eq!(check(&url), Err(too_long()));
        let why = from(format!("http://b/\n{url}\n").as_bytes()).unwrap_err();
        assert_eq!(why, format!("urls.txt, line 2: {}", too_long()));
    }
}

/// Whatever was meant, its password is in no error, and in no URL that is
/// shown.
#[test]
fn no_error_shows_a_password() {
    for scheme in [
        "",
        "//",
        "http://",
        "http:",
        "http:/",
        "http;//",
        "http//",
        "ftp://",
        "http:\\\\",
    ] {
        for user in ["me:", "me:12/", "me%3a", ":", "me:a ", "me:a\u{9}", ""] {
            for at in ["@", "%40"] {
                for host in ["h", "h:80/x", "[::1]/", "h x/", "", "h:x"] {
                    let text = format!("{scheme}{user}s3cret{at}{host}");
                    let shown = match check(&text) {
                        Ok(url) => masked_url(&url),
                        Err(why) => why,
                    };
                    // It was said to be the path of a host.
                    let path = shown.contains("12/s3cret");
                    assert!(
                        path || !shown.contains("s3cret"),
                        "{text}: {shown}"
                    );
                }
            }
        }
    }
}

#[test]
fn tells_what_to_write_instead() {
    let cases = [
        ("example.org/200", "did you mean http://example.org/200 ?"),
        ("localhost:8080/200", "did you mean http://localhost:8080/200 ?"),
        ("ftp://example.org/", "is not of http or https; write it as http://"),
        ("http://", "empty host"),
    ];
    for (text, hint) in cases {
        let why = check(text).unwrap_err();
        assert!(why.contains(hint), "{text}: {why}");
    }
}

#[test]
fn an_error_writes_no_control_characters_to_the_terminal() {
    let why = check("\u{1b}[2Jgone").unwrap_err();
    assert!(!why.contains('\u{1b}'), "{why:?}");
}

proptest! {
    #[test]
    fn never_panics(file in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = from(&file);
    }

    #[test]
    fn what_it_takes_it_takes_again(text in "https?://[a-z:/?#%@ ]{0,24}") {
        if let Ok(url) = check(&text) {
            prop_assert_eq!(check(&url), Ok(url));
        }
    }
}
