use ping_core::digest;
use proptest::prelude::*;

use super::*;

/// Gives an answer these bytes in pieces of these lengths at most, one after
/// another, and what is left in as large pieces as there is room for.
fn feed(answer: &mut Answer, bytes: &[u8], pieces: &[usize]) -> Vec<Whole> {
    let (mut rest, mut pieces) = (bytes, pieces.iter());
    let mut wholes = Vec::new();
    while !rest.is_empty() {
        let room = answer.room();
        let most = *pieces.next().unwrap_or(&usize::MAX);
        let length = most.min(room.len()).min(rest.len());
        room[..length].copy_from_slice(&rest[..length]);
        rest = &rest[length..];
        wholes.extend(answer.take(length).unwrap());
    }
    wholes
}

proptest! {
    /// And the next answer begins where this one ended.
    #[test]
    fn an_answer_is_the_same_in_whatever_pieces_it_comes(
        header in 0_usize..5000,
        body in prop::collection::vec(any::<u8>(), 0..40_000),
        interim in any::<bool>(),
        pieces in prop::collection::vec(1_usize..3000, 0..40),
    ) {
        let mut bytes = Vec::new();
        if interim {
            bytes.extend(b"HTTP/1.1 103 Early Hints\r\n\r\n");
        }
        let (value, length) = ("x".repeat(header), body.len());
        let head = format!(
            "HTTP/1.1 418 Teapot\r\nX: {value}\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        bytes.extend(head.as_bytes());
        bytes.extend(&body);
        let mut answer = Answer::default();
        for _ in 0..2 {
            let wholes = feed(&mut answer, &bytes, &pieces);
            prop_assert_eq!(wholes.len(), 1);
            let Whole { reply, keep } = &wholes[0];
            prop_assert!(keep);
            prop_assert_eq!((reply.status, reply.bytes), (418, length as u64));
            prop_assert_eq!(reply.digest, digest(&body));
        }
        prop_assert!(answer.buffer.len() <= HEAD_LIMIT);
    }

    #[test]
    fn no_bytes_make_it_panic_or_grow(
        garbage in prop::collection::vec(any::<u8>(), 0..2000),
        start in prop::sample::select(vec![
            "",
            "HTTP/1.1 ",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: ",
            "HTTP/1.1 200 OK\r\n\r\n",
        ]),
    ) {
        let bytes = [start.as_bytes(), &garbage].concat();
        let mut answer = Answer::default();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let room = answer.room();
            prop_assert!(!room.is_empty());
            let length = room.len().min(rest.len());
            room[..length].copy_from_slice(&rest[..length]);
            rest = &rest[length..];
            if answer.take(length).is_err() {
                return Ok(());
            }
        }
        let _ = answer.take(0);
        prop_assert!(answer.buffer.len() <= HEAD_LIMIT);
    }
}
