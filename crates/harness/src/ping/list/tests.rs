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
    let long = [b"http://a/".as_slice(), &[b'x'; 20_000]].concat();
    let why = from(&long).unwrap_err();
    assert_eq!(why, "urls.txt, line 1: longer than 16384 bytes");
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
