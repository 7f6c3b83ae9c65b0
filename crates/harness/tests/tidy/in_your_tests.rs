//! The page of tests in other languages quotes the files that are run.

use crate::documents::quote;
use crate::{read, root};

const QUOTED: [(&str, &str); 4] = [
    ("python/test_fetch.py", "python"),
    ("node/fetch_all.test.mjs", "js"),
    ("go/fetch_test.go", "go"),
    ("workflow.yml", "yaml"),
];

#[test]
fn the_page_quotes_its_files() {
    for (file, language) in QUOTED {
        let file = format!("in-your-tests/{file}");
        let text = read(&root().join("docs").join(&file));
        let quoted = format!("```{language}\n{text}```\n");
        quote("docs/in-your-tests.md", &file, &quoted);
    }
}
