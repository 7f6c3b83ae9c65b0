/// What a trap says of itself: at the top of its file what learners think, and
/// below the code, where nobody sees it before the program, what is wrong.
///
/// ```text
/// //! # Trap: <title>
/// //!
/// //! **Learners think** that <think>
/// //!
/// //! **Run it.** <run_it>
///
/// fn main() { … }
///
/// // What goes wrong: say it aloud before you read on.
/// //
/// // **Symptom.** <symptom>
/// //
/// // **Where.** <place>
/// //
/// // **Why.** <why>
/// //
/// // **Fix.** <fix>
/// //
/// // **In the lesson.** <in_the_lesson>
/// ```
///
/// Each paragraph may take several lines; here it is one. How to run it is
/// there only where the trap does not show with any twelve URLs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name for readers, without a full stop.
    pub title: String,
    /// What learners think, as it goes on after "that".
    pub think: String,
    /// What it needs to show, if it needs anything.
    pub run_it: Option<String>,
    /// What is to be seen, above all by the server.
    pub symptom: String,
    /// Which line it is, and what is wrong with it.
    pub place: String,
    /// Why it goes wrong.
    pub why: String,
    /// What to write instead.
    pub fix: String,
    /// Where the lesson does it right.
    pub in_the_lesson: String,
}

const TITLE: &str = "# Trap: ";
const BELOW: &str = "// What goes wrong: say it aloud before you read on.";

impl Header {
    /// Reads what `text`, a trap's whole source, says of itself.
    ///
    /// # Errors
    ///
    /// A sentence that names the paragraph which is missing, empty or not in
    /// its place.
    pub fn parse(text: &str) -> Result<Header, String> {
        let top = text.lines().map_while(|line| line.strip_prefix("//!"));
        let mut top = Paragraphs::of(top, "//!");
        let title = top.next(TITLE)?;
        let think = top.next("**Learners think** that ")?;
        let run_it = match top.is_over() {
            true => None,
            false => Some(top.next("**Run it.** ")?),
        };
        top.end()?;
        let mut below = text.lines().skip_while(|line| *line != BELOW);
        if below.next().is_none() {
            return Err(format!("below the code there should be a `{BELOW}`"));
        }
        let below = below.map_while(|line| line.strip_prefix("//"));
        let mut below = Paragraphs::of(below, "//");
        let header = Header {
            title,
            think,
            run_it,
            symptom: below.next("**Symptom.** ")?,
            place: below.next("**Where.** ")?,
            why: below.next("**Why.** ")?,
            fix: below.next("**Fix.** ")?,
            in_the_lesson: below.next("**In the lesson.** ")?,
        };
        below.end()?;
        Ok(header)
    }
}

/// The paragraphs of a block of comments, in their order.
struct Paragraphs<'a> {
    rest: std::vec::IntoIter<String>,
    /// What its lines begin with.
    mark: &'a str,
}

impl<'a> Paragraphs<'a> {
    fn of<'b>(lines: impl Iterator<Item = &'b str>, mark: &'a str) -> Self {
        let lines: Vec<&str> = lines.map(str::trim).collect();
        let paragraphs = lines.split(|line| line.is_empty());
        let paragraphs = paragraphs.map(|lines| lines.join(" "));
        let paragraphs = paragraphs.filter(|text| !text.is_empty());
        let rest = paragraphs.collect::<Vec<_>>().into_iter();
        Paragraphs { rest, mark }
    }

    /// The next one, without what it begins with.
    fn next(&mut self, begin: &str) -> Result<String, String> {
        let mark = self.mark;
        let paragraph = self.rest.next();
        let rest = paragraph.as_ref().and_then(|p| p.strip_prefix(begin));
        match rest {
            Some(rest) if !rest.trim().is_empty() => Ok(rest.to_owned()),
            Some(_) => Err(format!("nothing follows `{begin}`")),
            None => Err(format!(
                "the next paragraph should begin with `{mark} {begin}`, and {}",
                match paragraph {
                    Some(found) => format!("is `{found}`"),
                    None => "there is none".to_owned(),
                }
            )),
        }
    }

    fn is_over(&self) -> bool {
        self.rest.as_slice().is_empty()
    }

    fn end(mut self) -> Result<(), String> {
        match self.rest.next() {
            None => Ok(()),
            Some(more) => Err(format!("it should end before `{more}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Header;

    const WHOLE: &str = "//! # Trap: in two lines\n//!\n\
        //! **Learners think** that one\n//! line is enough.\n\
        \nfn main() {}\n\n\
        // What goes wrong: say it aloud before you read on.\n//\n\
        // **Symptom.** S.\n//\n// **Where.** P.\n//\n// **Why.** W.\n//\n\
        // **Fix.** F.\n//\n// **In the lesson.** L.\n";

    #[test]
    fn a_paragraph_becomes_one_line() {
        let header = Header::parse(WHOLE).unwrap();
        assert_eq!(header.title, "in two lines");
        assert_eq!(header.think, "one line is enough.");
        assert_eq!(header.place, "P.");
        assert_eq!(header.in_the_lesson, "L.");
        assert_eq!(header.run_it, None);
    }

    #[test]
    fn how_to_run_it_may_follow() {
        let told = "enough.\n//!\n//! **Run it.** R.\n";
        let text = WHOLE.replace("enough.\n", told);
        let header = Header::parse(&text).unwrap();
        assert_eq!(header.run_it.as_deref(), Some("R."));
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = |from: &str, to: &str| {
            Header::parse(&WHOLE.replace(from, to)).unwrap_err()
        };
        assert!(error("**Why.** W.", "W.").contains("`// **Why.** `"));
        assert!(error("// **Fix.** F.\n//\n", "").contains("**Fix.**"));
        assert!(error("# Trap: ", "# ").contains("# Trap: "));
        assert!(error("L.\n", "L.\n//\n// More.\n").contains("More."));
        assert!(error("enough.\n", "enough.\n//!\n//! M.\n").contains("M."));
        assert!(error("say it aloud", "read on").contains("say it aloud"));
        assert!(Header::parse("").is_err());
        assert!(Header::parse("fn main() {}").is_err());
    }
}
