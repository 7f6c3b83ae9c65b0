/// What a trap says of itself, at the top of its file.
///
/// ```text
/// //! # Trap: <title>
/// //!
/// //! **Learners think** that <think>
/// //!
/// //! **Symptom.** <symptom>
/// //!
/// //! **Why.** <why>
/// //!
/// //! **Fix.** <fix>
/// //!
/// //! **In the lesson.** <in_the_lesson>
/// //!
/// //! **Run it.** <run_it>
/// ```
///
/// Each paragraph may take several lines; here it is one. The last one is
/// there only where the trap does not show with any twelve URLs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name for readers, without a full stop.
    pub title: String,
    /// What learners think, as it goes on after "that".
    pub think: String,
    /// What is to be seen, above all by the server.
    pub symptom: String,
    /// Why it goes wrong.
    pub why: String,
    /// What to write instead.
    pub fix: String,
    /// Where the lesson does it right.
    pub in_the_lesson: String,
    /// What it needs to show, if it needs anything.
    pub run_it: Option<String>,
}

const TITLE: &str = "# Trap: ";

impl Header {
    /// Reads the header at the top of `text`, a trap's whole source.
    ///
    /// # Errors
    ///
    /// A sentence that names the paragraph which is missing, empty or not in
    /// its place.
    pub fn parse(text: &str) -> Result<Header, String> {
        let lines: Vec<&str> =
            text.lines().map_while(|line| line.strip_prefix("//!")).collect();
        let paragraphs = lines.split(|line| line.trim().is_empty());
        let mut paragraphs = paragraphs.map(|lines| {
            let lines: Vec<&str> = lines.iter().map(|l| l.trim()).collect();
            lines.join(" ")
        });
        let mut next = |begin: &str| {
            let paragraph = paragraphs.next();
            let rest = paragraph.as_ref().and_then(|p| p.strip_prefix(begin));
            match rest {
                Some(rest) if !rest.trim().is_empty() => Ok(rest.to_owned()),
                Some(_) => Err(format!("nothing follows `{begin}`")),
                None => Err(format!(
                    "the next paragraph of the header should begin with \
                     `//! {begin}`, and {}",
                    match paragraph {
                        Some(found) => format!("is `{found}`"),
                        None => "there is none".to_owned(),
                    }
                )),
            }
        };
        let mut header = Header {
            title: next(TITLE)?,
            think: next("**Learners think** that ")?,
            symptom: next("**Symptom.** ")?,
            why: next("**Why.** ")?,
            fix: next("**Fix.** ")?,
            in_the_lesson: next("**In the lesson.** ")?,
            run_it: None,
        };
        if let Some(last) = paragraphs.next() {
            let run_it = last.strip_prefix("**Run it.** ");
            header.run_it =
                Some(run_it.map(str::to_owned).ok_or_else(|| {
                    format!(
                        "after the lesson's line only `//! **Run it.** ` may \
                     follow, not `{last}`"
                    )
                })?);
        }
        match paragraphs.next() {
            None => Ok(header),
            Some(more) => Err(format!("the header should end before `{more}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Header;

    const WHOLE: &str = "//! # Trap: in two lines\n//!\n\
        //! **Learners think** that one\n//! line is enough.\n//!\n\
        //! **Symptom.** S.\n//!\n//! **Why.** W.\n//!\n//! **Fix.** F.\n//!\n\
        //! **In the lesson.** L.\n";

    #[test]
    fn a_paragraph_becomes_one_line() {
        let header = Header::parse(WHOLE).unwrap();
        assert_eq!(header.title, "in two lines");
        assert_eq!(header.think, "one line is enough.");
        assert_eq!(header.in_the_lesson, "L.");
        assert_eq!(header.run_it, None);
    }

    #[test]
    fn how_to_run_it_may_follow() {
        let text = format!("{WHOLE}//!\n//! **Run it.** R.\n#![allow(x)]\n");
        let header = Header::parse(&text).unwrap();
        assert_eq!(header.run_it.as_deref(), Some("R."));
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = |from: &str, to: &str| {
            Header::parse(&WHOLE.replace(from, to)).unwrap_err()
        };
        assert!(error("**Why.** W.", "W.").contains("`//! **Why.** `"));
        assert!(error("//! **Fix.** F.\n//!\n", "").contains("**Fix.**"));
        assert!(error("# Trap: ", "# ").contains("# Trap: "));
        assert!(error("L.\n", "L.\n//!\n//! More.\n").contains("More."));
        assert!(Header::parse("").is_err());
        assert!(Header::parse("fn main() {}").is_err());
    }
}
