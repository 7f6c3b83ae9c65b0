//! What every page about a committed run is made and held by.

use std::fs;
use std::path::Path;

use crate::{files, read};

/// Every file that was drawn just now into `fresh` is in `committed`, byte for
/// byte, and each picture says that it is one.
pub(crate) fn drawn_as_today(committed: &Path, fresh: &Path) {
    let drawn = files(fresh, "");
    assert_eq!(drawn.len(), 7, "{drawn:?}");
    for file in drawn {
        let name = file.strip_prefix(fresh).unwrap();
        if name.extension().is_some_and(|ending| ending == "svg") {
            let text = read(&file);
            let picture = roxmltree::Document::parse(&text).unwrap();
            let role = picture.root_element().attribute("role");
            assert_eq!(role, Some("img"), "{}", name.display());
        }
        let committed = committed.join(name);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(committed.parent().unwrap()).unwrap();
            fs::copy(&file, &committed).unwrap();
        }
        let same =
            fs::read(&committed).is_ok_and(|is| is == fs::read(&file).unwrap());
        assert!(same, "{} is stale; UPDATE=1 rewrites it", committed.display());
    }
}

/// A table of Markdown; the first column is of words, the others of numbers.
pub(crate) fn table_of(header: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells = cells.join(" | ").replace('\n', " ");
        format!("| {cells} |\n")
    };
    let columns = vec!["---:".to_owned(); header.len() - 1];
    let mut text = line(header);
    text.push_str(&format!("| --- | {} |\n", columns.join(" | ")));
    rows.iter().for_each(|row| text.push_str(&line(row)));
    text
}
