//! The pictures of the book: each page has its own below `docs`, so that the
//! book can be published without the rest of the checkout.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::{files, read, root};

/// Every picture that a page shows or links to, as written.
fn pictures(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(".svg").map(|(end, suffix)| {
        let before = &text[..end + suffix.len()];
        let from = before.rfind(['(', '"']).map_or(0, |at| at + 1);
        &before[from..]
    })
}

#[test]
fn the_book_has_its_own_copy_of_each_picture() {
    let docs = root().join("docs");
    let mut wanted: BTreeSet<PathBuf> = BTreeSet::new();
    for page in files(&docs, ".md") {
        let text = read(&page);
        let depth = page.strip_prefix(&docs).unwrap().components().count();
        let own = format!("{}sample/", "../".repeat(depth - 1));
        // The words in which a page tells of a file are no link.
        let linked = pictures(&text).filter(|path| path.contains('/'));
        for path in linked.filter(|path| !path.contains(char::is_whitespace)) {
            let Some(picture) = path.strip_prefix(&own) else {
                panic!("{}: {path} is outside of the book", page.display());
            };
            wanted.insert(PathBuf::from(picture));
        }
    }
    assert!(wanted.len() > 14, "where are the pictures? {wanted:?}");
    let copies = docs.join("sample");
    let update = std::env::var_os("UPDATE").is_some();
    for picture in &wanted {
        let (copy, drawn) =
            (copies.join(picture), root().join("reports/sample").join(picture));
        if update {
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::copy(&drawn, &copy).unwrap();
        }
        let same = fs::read(&copy).is_ok_and(|bytes| {
            bytes == fs::read(&drawn).expect("a picture of the sample")
        });
        assert!(
            same,
            "{} is not that of the sample; run \
             UPDATE=1 cargo test -p harness --test tidy",
            copy.display()
        );
    }
    for copy in files(&copies, ".svg") {
        let picture = copy.strip_prefix(&copies).unwrap();
        if !wanted.contains(picture) {
            assert!(update, "no page shows {}", copy.display());
            fs::remove_file(&copy).unwrap();
        }
    }
}
