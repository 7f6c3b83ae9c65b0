//! The SVG itself, read as a viewer reads it.

mod fixture;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use charts::{Footer, Observation, Picture, Theme};
use measurement::course::LESSONS;
use roxmltree::{Document, Node};

/// Both sides of the palette.
const COLOURS: [&str; 21] = [
    "#FFFFFF", "#0D1117", "#202124", "#E6EDF3", "#5F6368", "#9DA7B1",
    "#DADCE0", "#30363D", "#E6E8EB", "#262C35", "#3C4043", "#BDC1C6",
    "#0072B2", "#56B4E9", "#CC79A7", "#D55E00", "#E69F00", "#009E73",
    "#80868B", "#7A3E9D", "#C39BE0",
];

fn drawn(theme: Theme) -> BTreeMap<&'static str, Picture> {
    let footer = Footer { text: "run <1> & \"2\" · n = 6 rounds".to_owned() };
    let (uneven, uneven_trials) = fixture::uneven();
    let (book, book_trials) = fixture::book();
    let of = Observation {
        witness: &fixture::witness(3000, 70),
        program: "a&b \u{1}C",
        asked: NonZeroUsize::new(64),
    };
    let (sweep, _) = fixture::sweep::sweep(&fixture::sweep::DISTURBED);
    let ladder = fixture::sweep::ladder([6.1, 8.0, 9.1, 12.0]);
    BTreeMap::from([
        ("speed-up", charts::speed_up(&sweep, &footer, theme).unwrap()),
        ("efficiency", charts::efficiency(&sweep, &footer, theme).unwrap()),
        ("cpu-cost", charts::cpu_cost(&sweep, &footer, theme).unwrap()),
        ("clients", charts::clients(&ladder, &footer, theme).unwrap()),
        ("memory", charts::memory(&sweep, &footer, theme).unwrap()),
        ("latency", charts::latency(&sweep, &footer, theme).unwrap()),
        ("trust", charts::trust(&sweep, &footer, theme).unwrap()),
        (
            "waterfall",
            charts::waterfall(&uneven, &uneven_trials, &footer, theme).unwrap(),
        ),
        (
            "waterfall-live",
            charts::waterfall_live(&book, &book_trials, &footer, theme)
                .unwrap(),
        ),
        (
            "witness-a-b--c",
            charts::witness_waterfall(&of, &footer, theme).unwrap(),
        ),
    ])
}

/// Both forms of each, by id.
fn pictures(theme: Theme) -> BTreeMap<String, String> {
    drawn(theme).into_iter().flat_map(|(id, both)| forms(id, both)).collect()
}

fn forms(id: &str, both: Picture) -> [(String, String); 2] {
    [(id.to_owned(), both.wide), (format!("{id}-narrow"), both.narrow)]
}

/// The chart of each lesson, with what its reader predicted.
fn lessons(theme: Theme) -> Vec<(String, String)> {
    let footer = Footer { text: "lesson <1> & \"2\"".to_owned() };
    let draw = |number: u8| {
        let (summary, trials) = fixture::lesson::disturbed(number);
        let guessed = fixture::lesson::guessed(number);
        let drawn = charts::lesson(
            number,
            &summary,
            &trials,
            Some(&guessed),
            &footer,
            theme,
        );
        forms("lesson", drawn.unwrap())
    };
    LESSONS.iter().flat_map(|lesson| draw(lesson.number)).collect()
}

fn all() -> Vec<(String, String)> {
    [Theme::Auto, Theme::Light, Theme::Dark]
        .into_iter()
        .flat_map(|theme| pictures(theme).into_iter().chain(lessons(theme)))
        .collect()
}

fn named<'a>(
    document: &'a Document<'a>,
    tag: &'static str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.has_tag_name(tag))
}

#[test]
fn a_reader_who_hears_it_is_told_what_it_is() {
    for (id, svg) in all() {
        let document = Document::parse(&svg).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert_eq!(root.attribute("id"), Some(id.as_str()));
        assert!(root.attribute("viewBox").is_some());
        assert!(root.attribute("width").is_none());
        let first: Vec<&str> = root
            .children()
            .filter(Node::is_element)
            .take(3)
            .map(|node| node.tag_name().name())
            .collect();
        assert_eq!(first, ["title", "desc", "style"]);
        for tag in ["desc", "style"] {
            assert_eq!(named(&document, tag).count(), 1);
        }
        // The picture's own, and those of its marks.
        let titles = named(&document, "title");
        let own = titles.filter(|title| title.has_attribute("id"));
        assert_eq!(own.count(), 1);
        let ids: Vec<&str> =
            document.descendants().filter_map(|n| n.attribute("id")).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        assert!(ids.iter().all(|other| other.starts_with(&id)));
        let referenced = root.attribute("aria-labelledby").unwrap();
        for reference in referenced.split(' ') {
            assert!(unique.contains(reference), "{reference}");
        }
    }
}

#[test]
fn every_colour_is_in_the_palette_and_every_number_is_one() {
    for (_, svg) in all() {
        let document = Document::parse(&svg).unwrap();
        for node in document.descendants() {
            for attribute in node.attributes() {
                let value = attribute.value();
                match attribute.name() {
                    "fill" | "stroke" => assert!(
                        value == "none"
                            || value == "#8B949E"
                            || COLOURS.contains(&value),
                        "{value}"
                    ),
                    "x" | "y" | "width" | "height" | "r" | "cx" | "cy" => {
                        let number: i32 = value.parse().unwrap();
                        assert!(number >= 0 || attribute.name() == "y");
                    }
                    "points" | "d" => {
                        assert!(!value.contains("NaN"));
                        assert!(!value.contains("inf"));
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn text_is_large_enough_in_both_forms() {
    for (id, svg) in all() {
        let document = Document::parse(&svg).unwrap();
        let least = if id.ends_with("-narrow") { 48.0 * 2.2 } else { 48.0 };
        for text in named(&document, "text") {
            let parent = text.parent().unwrap();
            let size: f64 =
                parent.attribute("font-size").unwrap().parse().unwrap();
            assert!(size >= least, "{:?}: {size}", text.text());
        }
    }
}

#[test]
fn a_formula_does_not_look_like_a_prediction() {
    let all = lessons(Theme::Light);
    // Both forms of lessons 1 and 4, which have a formula. What was predicted
    // in lesson 4 is in words.
    for (at, kinds) in [(0, 2), (1, 2), (6, 1), (7, 1)] {
        let (id, svg) = &all[at];
        let document = Document::parse(svg).unwrap();
        // A formula is dotted, with less drawn than left out; a prediction's
        // box is dashed.
        let drawn: BTreeSet<bool> = document
            .descendants()
            .filter_map(|node| node.attribute("stroke-dasharray"))
            .map(|dashes| {
                let (on, off) = dashes.split_once(' ').unwrap();
                let [on, off]: [u32; 2] =
                    [on, off].map(|part| part.parse().unwrap());
                on > off
            })
            .collect();
        assert_eq!(drawn.len(), kinds, "{id}");
        assert!(drawn.contains(&false), "{id}");
    }
}

#[test]
fn what_moves_stands_at_its_end_for_those_who_want_it_still() {
    let live = &pictures(Theme::Auto)["waterfall-live"];
    let style = live.split("</style>").next().unwrap();
    let on_screens = "@media screen and (prefers-reduced-motion:no-preference)";
    assert!(style.contains(on_screens));
    assert!(style.contains("animation-iteration-count:2;"));
    let names = style.matches("animation-name:").count();
    assert_eq!(names, style.matches("@keyframes").count());
    let document = Document::parse(live).unwrap();
    for node in document.descendants() {
        let class = node.attribute("class").unwrap_or_default();
        if class.contains("moving") {
            assert!(node.attribute("transform").is_none());
            assert!(node.attribute("opacity").is_none());
            let number = class.rsplit('-').next().unwrap();
            assert!(style.contains(&format!("-{number}{{0%")), "{class}");
        }
    }
    assert!(!pictures(Theme::Auto)["waterfall"].contains("keyframes"));
}

#[test]
fn only_auto_follows_the_reader() {
    for (theme, follows) in
        [(Theme::Auto, true), (Theme::Light, false), (Theme::Dark, false)]
    {
        for svg in pictures(theme).values() {
            assert_eq!(svg.contains("light-dark("), follows);
            let background = "class=\"fill-background\" fill=\"#0D1117\"";
            assert_eq!(svg.contains(background), theme == Theme::Dark);
        }
    }
}

#[test]
fn the_same_records_give_the_same_bytes_and_few_of_them() {
    assert_eq!(all(), all());
    for (id, svg) in all() {
        assert!(svg.len() < 120_000, "{id}: {}", svg.len());
    }
}

#[test]
fn a_long_run_is_not_too_long_for_a_page() {
    let long = fixture::sweep::Machine {
        rounds: 40,
        noise: 0.1,
        ..fixture::sweep::DISTURBED
    };
    let (run, _) = fixture::sweep::sweep(&long);
    assert!(run.trust.course.len() > 1000);
    let footer = Footer::default();
    for theme in [Theme::Auto, Theme::Dark] {
        for svg in [
            charts::latency(&run, &footer, theme).unwrap(),
            charts::trust(&run, &footer, theme).unwrap(),
        ] {
            assert!(svg.wide.len() < 120_000, "{}", svg.wide.len());
        }
    }
}

#[test]
fn the_page_holds_what_the_records_hold() {
    let svg = &pictures(Theme::Light)["waterfall"];
    let document = Document::parse(svg).unwrap();
    let mut bars = 0;
    for group in named(&document, "g") {
        let class = group.attribute("class").unwrap_or_default();
        let series =
            ["threads", "scoped-threads", "worker-pool", "async-tasks"];
        if series.iter().any(|name| class == format!("fill-{name}")) {
            let count = group
                .children()
                .filter(|node| node.has_tag_name("rect"))
                .count();
            // The square and the cross of two symbols are rectangles, too.
            bars += if count >= 48 { 48 } else { 0 };
        }
    }
    assert_eq!(bars, 4 * 48);
}
