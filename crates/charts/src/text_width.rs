//! How wide a text will be, without a font: advance widths of DejaVu Sans, the
//! widest of the fonts that a page may fall back to, so that a label never
//! takes more room than was kept for it.

/// Advances of the characters from space to tilde, in thousandths of an em.
const REGULAR: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318,
    337, 637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838,
    838, 531, 1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656, 558,
    863, 749, 788, 604, 788, 695, 635, 611, 732, 685, 989, 686, 611, 686, 391,
    337, 391, 838, 500, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278,
    580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592,
    525, 637, 337, 637, 838,
];

/// The same of the bold face.
const BOLD: [u16; 95] = [
    349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380,
    366, 696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838,
    838, 581, 1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 373, 775, 638,
    996, 837, 851, 733, 851, 771, 721, 683, 813, 774, 1104, 771, 725, 726, 458,
    366, 458, 838, 500, 500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343,
    666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652,
    583, 712, 366, 712, 838,
];

/// The width of `text` at a font size, in the unit of that size.
pub(crate) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: u32 =
        text.chars().map(|c| u32::from(advance(c, bold))).sum();
    f64::from(thousandths) / 1000.0 * size
}

fn advance(character: char, bold: bool) -> u16 {
    match character {
        ' '..='~' => {
            let table = if bold { &BOLD } else { &REGULAR };
            table[character as usize - ' ' as usize]
        }
        '·' => 380,
        'µ' => 736,
        '–' => 500,
        '×' | '≤' | '≥' => 838,
        // A letter outside the table may be as wide as a Chinese character.
        _ => 1000,
    }
}

/// `text` if it fits into `width`, or its beginning with an ellipsis.
pub(crate) fn fit(text: &str, size: f64, bold: bool, width: f64) -> String {
    if text_width(text, size, bold) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        short.push(character);
        if text_width(&short, size, bold) + size > width {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}

/// Breaks `text` at its spaces into lines no wider than `width`, at most
/// `limit` of them; the last one ends in an ellipsis if there is more.
pub(crate) fn wrap(
    text: &str,
    size: f64,
    bold: bool,
    width: f64,
    limit: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        // Beyond the limit all goes into the last line, and is cut off there.
        let full = lines.len() == limit;
        match lines.last_mut() {
            Some(line)
                if full
                    || text_width(&format!("{line} {word}"), size, bold)
                        <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| fit(line, size, bold, width)).collect()
}

/// Breaks like [`wrap`]; but if two or three lines hold it all, then where the
/// sentence pauses, and else so that they are about as long.
pub(crate) fn wrap_sentence(
    text: &str,
    size: f64,
    bold: bool,
    width: f64,
    limit: usize,
) -> Vec<String> {
    let lines = wrap(text, size, bold, width, limit);
    let words: Vec<&str> = text.split_whitespace().collect();
    let breaks: Vec<Vec<usize>> = match lines.len() {
        2 => (1..words.len()).map(|at| vec![at]).collect(),
        // More words than a title has are no sentence.
        3 if words.len() <= 60 => (1..words.len())
            .flat_map(|one| {
                (one + 1..words.len()).map(move |two| vec![one, two])
            })
            .collect(),
        _ => return lines,
    };
    let broken = breaks.into_iter().filter_map(|breaks| {
        let starts = std::iter::once(0).chain(breaks.iter().copied());
        let ends = breaks.iter().copied().chain([words.len()]);
        let lines: Vec<String> =
            starts.zip(ends).map(|(a, b)| words[a..b].join(" ")).collect();
        let widths = lines.iter().map(|line| text_width(line, size, bold));
        let longest = widths.clone().fold(0.0, f64::max);
        let shortest = widths.fold(f64::INFINITY, f64::min);
        // A lone word is no line.
        let fits = longest <= width && shortest >= 0.25 * longest;
        // A unit stays with its number.
        let unit = |line: &String| {
            matches!(line.split(' ').next(), Some("%" | "ms" | "s"))
        };
        let fits = fits && !lines.iter().skip(1).any(unit);
        let (_, before) = lines.split_last()?;
        let pauses: u8 = before.iter().map(|line| pause(line)).sum();
        fits.then_some((pauses, longest - shortest, lines))
    });
    // The strongest pauses, and of equals the most even lines.
    let best = broken.min_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    best.map_or(lines, |(_, _, lines)| lines)
}

/// How much of a pause the last character makes.
fn pause(line: &str) -> u8 {
    match line.chars().last() {
        Some('.') => 4,
        Some(';') => 3,
        Some(':') => 2,
        Some(',') => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_characters() {
        assert_eq!(text_width("", 20.0, false), 0.0);
        assert_eq!(text_width("00", 10.0, false), 12.74);
        assert!(
            text_width("331 ms", 14.0, true)
                > text_width("331 ms", 14.0, false)
        );
        // A character of two bytes counts once.
        assert_eq!(text_width("2×", 10.0, false), 6.37 + 8.38);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(fit("threads", 10.0, false, 200.0), "threads");
        let short = fit("a rather long name", 10.0, false, 60.0);
        assert!(short.ends_with('…'), "{short}");
        assert!(text_width(&short, 10.0, false) <= 60.0);
    }

    #[test]
    fn lines_break_at_spaces_and_never_grow_too_wide() {
        let text = "waves take 2.2× as long as a queue";
        let lines = wrap(text, 10.0, false, 120.0, 9);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), text);
        let two = wrap(text, 10.0, false, 90.0, 2);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('…'));
        for line in lines.iter().chain(&two) {
            assert!(text_width(line, 10.0, false) <= 120.0, "{line}");
        }
    }

    #[test]
    fn a_sentence_breaks_where_it_pauses() {
        let broken = |text| wrap_sentence(text, 10.0, true, 260.0, 3);
        assert_eq!(broken("short"), ["short"]);
        assert_eq!(
            broken("Six one after another: 0.83 s. Six at once: 0.14 s"),
            ["Six one after another: 0.83 s.", "Six at once: 0.14 s"]
        );
        assert_eq!(
            broken("hey: six thousand requests, up to 64 in flight now"),
            ["hey: six thousand requests,", "up to 64 in flight now"]
        );
        assert_eq!(
            broken("tasks take 2.2 times as long as a queue for all of it"),
            ["tasks take 2.2 times as", "long as a queue for all of it"]
        );
        assert_eq!(
            broken(
                "The pool is 8 times as fast. Waves take twice as long as a \
                 queue. No waits: 1.6 times as fast"
            ),
            [
                "The pool is 8 times as fast.",
                "Waves take twice as long as a queue.",
                "No waits: 1.6 times as fast"
            ]
        );
    }
}
