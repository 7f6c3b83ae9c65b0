/// The head of a wrong program: what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Its name in a few words.
    pub title: String,
    /// What learners think, as in "that a thread each is enough".
    pub think: String,
    /// What the server sees.
    pub symptom: String,
    /// The reason.
    pub why: String,
    /// What to write instead.
    pub fix: String,
    /// Where the lesson does it.
    pub in_the_lesson: String,
    /// How it shows, where it does not show in the usual way.
    pub run_it: Option<String>,
}

impl Header {
    /// Reads the `//!` lines at the top of a file, in their fixed form and
    /// order.
    ///
    /// # Errors
    ///
    /// Names the part that is missing or out of its order.
    pub fn parse(text: &str) -> Result<Header, String> {
        let head = text.lines().map_while(|line| line.strip_prefix("//!"));
        let head: Vec<&str> = head.map(str::trim).collect();
        let title = head.first().and_then(|l| l.strip_prefix("# Trap: "));
        let title = title.ok_or("no line `# Trap: …` at the top")?.to_owned();
        let rest = head[1..].join("\n");
        let paragraphs = rest.split("\n\n").map(|p| p.replace('\n', " "));
        let mut paragraphs =
            paragraphs.map(|p| p.trim().to_owned()).filter(|p| !p.is_empty());
        let mut part = |mark: &str| {
            let next = paragraphs.next().unwrap_or_default();
            let text = next.strip_prefix(mark).map(|text| text.trim());
            text.map(str::to_owned)
                .ok_or_else(|| format!("no paragraph `{mark}` in its place"))
        };
        Ok(Header {
            title,
            think: part("**Learners think**")?,
            symptom: part("**Symptom.**")?,
            why: part("**Why.**")?,
            fix: part("**Fix.**")?,
            in_the_lesson: part("**In the lesson.**")?,
            run_it: part("**Run it.**").ok(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "//! # Trap: a title\n//!\n\
        //! **Learners think** that it\n//! works.\n//!\n\
        //! **Symptom.** One.\n//!\n//! **Why.** Two.\n//!\n\
        //! **Fix.** Three.\n//!\n//! **In the lesson.** Four.\n\nuse x;\n";

    #[test]
    fn the_parts_are_read_in_their_order() {
        let header = Header::parse(WHOLE).unwrap();
        assert_eq!(header.title, "a title");
        assert_eq!(header.think, "that it works.");
        assert_eq!(header.in_the_lesson, "Four.");
        assert_eq!(header.run_it, None);
    }

    #[test]
    fn what_is_missing_or_out_of_order_is_named() {
        let missing = WHOLE.replace("**Why.**", "**Because.**");
        assert!(Header::parse(&missing).unwrap_err().contains("**Why.**"));
        let swapped = WHOLE.replace("Fix", "X").replace("Why", "Fix");
        assert!(Header::parse(&swapped).unwrap_err().contains("**Why.**"));
        assert!(Header::parse("use x;").unwrap_err().contains("# Trap"));
    }
}
