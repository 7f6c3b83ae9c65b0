use ping_core::digest;
use proptest::prelude::*;

use super::*;

/// Gives an answer these bytes in pieces of these lengths at most, one after
/// another, and then what is left; gives back what came of it and how many
/// bytes were given by then.
fn feed(
    bytes: &[u8],
    pieces: &[usize],
) -> Result<Option<(Whole, usize)>, PingError> {
    let mut answer = Answer::default();
    let (mut given, mut pieces) = (0, pieces.iter());
    while given < bytes.len() {
        let most = *pieces.next().unwrap_or(&usize::MAX);
        let end = bytes.len().min(given.saturating_add(most));
        let whole = answer.take(&bytes[given..end])?;
        given = end;
        assert!(answer.held.len() <= HEAD_LIMIT);
        if let Some(whole) = whole {
            return Ok(Some((whole, given)));
        }
    }
    Ok(answer.take(&[])?.map(|whole| (whole, given)))
}

/// The body, framed in one of the three ways that there are.
fn framed(body: &[u8], how: usize) -> Vec<u8> {
    let length = body.len();
    let mut framed = Vec::new();
    match how {
        0 => {
            let line = format!("Content-Length: {length}\r\n\r\n");
            framed.extend(line.as_bytes());
            framed.extend(body);
        }
        1 => {
            framed.extend(b"Transfer-Encoding: chunked\r\n\r\n");
            for chunk in body.chunks(777) {
                framed.extend(format!("{:x}\r\n", chunk.len()).as_bytes());
                framed.extend(chunk);
                framed.extend(b"\r\n");
            }
            framed.extend(b"0\r\nX: y\r\n\r\n");
        }
        _ => {
            framed.extend(b"\r\n");
            framed.extend(body);
        }
    }
    framed
}

proptest! {
    #[test]
    fn an_answer_is_the_same_in_whatever_pieces_it_comes(
        header in 0_usize..5000,
        body in prop::collection::vec(any::<u8>(), 0..40_000),
        how in 0_usize..3,
        interim in any::<bool>(),
        pieces in prop::collection::vec(1_usize..3000, 0..40),
    ) {
        let interim = match interim {
            true => "HTTP/1.1 103 Early Hints\r\n\r\n",
            false => "",
        };
        let value = "x".repeat(header);
        let head = format!("{interim}HTTP/1.1 418 Teapot\r\nX: {value}\r\n");
        let bytes = [head.as_bytes(), &framed(&body, how)].concat();
        let (whole, given) = feed(&bytes, &pieces).unwrap().unwrap();
        // It is whole with its last byte, and not before.
        prop_assert_eq!(given, bytes.len());
        let Whole { reply, keep } = whole;
        prop_assert_eq!(keep, how != 2);
        prop_assert_eq!((reply.status, reply.bytes), (418, body.len() as u64));
        prop_assert_eq!(reply.digest, digest(&body));
    }

    #[test]
    fn no_bytes_make_it_panic_or_grow(
        garbage in prop::collection::vec(any::<u8>(), 0..2000),
        start in prop::sample::select(vec![
            "",
            "HTTP/1.1 ",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
        ]),
        pieces in prop::collection::vec(1_usize..300, 0..40),
    ) {
        // Looks at the memory that is held.
        let _ = feed(&[start.as_bytes(), &garbage].concat(), &pieces);
    }
}

#[test]
fn a_connection_is_kept_unless_the_answer_ends_it() {
    for (answer, kept) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true),
        ("HTTP/1.1 204 No Content\r\n\r\n", true),
        ("HTTP/1.1 204 No Content\r\n\r\nhello", false),
        ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", false),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokay", false),
        (
            "HTTP/1.1 200 OK\r\nConnection: x, Close\r\n\
             Content-Length: 0\r\n\r\n",
            false,
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            true,
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx",
            false,
        ),
    ] {
        let whole = Answer::default().take(answer.as_bytes()).unwrap();
        assert_eq!(whole.map(|whole| whole.keep), Some(kept), "{answer}");
    }
}

#[test]
fn a_head_that_has_no_end_is_given_up_when_it_is_too_large() {
    let endless = b"HTTP/1.1 200 OK\r\nX: ".iter().copied();
    let endless: Vec<u8> = endless.chain([b'x'; 20_000]).collect();
    for piece in [1000, 60_000] {
        let error = feed(&endless, &[piece; 99]).unwrap_err();
        assert_eq!(error, bad("message head is too large"), "{piece}");
    }
}
