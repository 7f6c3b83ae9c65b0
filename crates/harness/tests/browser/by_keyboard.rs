//! The switches of a page, by keyboard alone: highlight a strategy, predict
//! first, light or dark.

use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::pages::Pages;

const TAB: (&str, u32, &str) = ("Tab", 9, "");
const SPACE: (&str, u32, &str) = (" ", 32, " ");
const RIGHT: (&str, u32, &str) = ("ArrowRight", 39, "");

/// Goes from part to part until the one of that id has the focus.
fn reach(chromium: &mut Chromium, id: &str) {
    for _ in 0..20 {
        chromium.press(TAB);
        if chromium.value("document.activeElement.id") == id {
            return;
        }
    }
    panic!("{id} is not reached by keyboard");
}

/// How opaque the marks of the speed-up chart are, by the strategy.
fn opacity(chromium: &mut Chromium, strategy: &str) -> Value {
    chromium.value(&format!(
        "Array.from(new Set(Array.from(document.querySelectorAll(
            '#speed-up .fill-{strategy}, #speed-up .line-{strategy}'))
            .map(mark => getComputedStyle(mark).opacity)))"
    ))
}

fn is_seen(chromium: &mut Chromium, selector: &str) -> Value {
    chromium.value(&format!(
        "Array.from(document.querySelectorAll('{selector}')).some(part =>
            part.getClientRects().length > 0
            && getComputedStyle(part).visibility === 'visible')"
    ))
}

#[test]
fn one_strategy_is_highlighted_everywhere() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    chromium.size(1280, 800);
    chromium.open(&pages.sample());
    reach(&mut chromium, "pick-all");
    let strategies = ["threads", "scoped-threads", "worker-pool"];
    for strategy in strategies {
        assert_eq!(opacity(&mut chromium, strategy), json!(["1"]));
    }
    // One by one, then the waves.
    chromium.press(RIGHT);
    chromium.press(RIGHT);
    let picked = chromium.value("document.activeElement.id");
    assert_eq!(picked, "pick-threads");
    assert_eq!(opacity(&mut chromium, "threads"), json!(["1"]));
    for strategy in &strategies[1..] {
        let faint = opacity(&mut chromium, strategy);
        assert_eq!(faint, json!(["0.13"]), "{strategy}");
    }
    let rows = chromium.value(
        "Array.from(new Set(Array.from(document.querySelectorAll('tr'))
            .filter(row => getComputedStyle(row).outlineStyle !== 'none')
            .map(row => row.className)))",
    );
    assert_eq!(rows, json!(["way-threads"]));
}

/// The pictures whose title can be read, in one line or several: half of it at
/// least, since a key may have three words of it.
const WITH_TITLE: &str = "
Array.from(document.querySelectorAll('figure')).filter(figure => {
  const title = figure.querySelector('svg > title').textContent;
  const lines = Array.from(figure.querySelectorAll('svg text')).filter(text =>
      text.textContent.length > 12 && title.includes(text.textContent)
      && text.getClientRects().length > 0
      && getComputedStyle(text).visibility === 'visible');
  const seen = new Set(lines.map(text => text.textContent));
  return Array.from(seen).join('').length >= title.length / 2;
}).length";

/// The bold texts of pictures with a finding in them that can be read.
const BOLD_NUMBERS: &str = "
Array.from(document.querySelectorAll('svg [font-weight] text')).filter(text =>
    /[0-9][×%]|[0-9] [%µmK]/.test(text.textContent)
    && text.getClientRects().length > 0
    && getComputedStyle(text).visibility === 'visible').length";

#[test]
fn who_predicts_first_sees_no_answer() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    chromium.open(&pages.sample());
    let answers = ["h1", ".tiles strong", ".answers"];
    for answer in answers {
        assert_eq!(is_seen(&mut chromium, answer), true, "{answer}");
    }
    let pictures = "document.querySelectorAll('figure').length";
    let pictures = chromium.value(pictures);
    assert_eq!(chromium.value(WITH_TITLE), pictures);
    reach(&mut chromium, "predict");
    chromium.press(SPACE);
    for answer in answers {
        assert_eq!(is_seen(&mut chromium, answer), false, "{answer}");
    }
    assert_eq!(chromium.value(WITH_TITLE), 0);
    assert_eq!(chromium.value(BOLD_NUMBERS), 0);
    // Names are still there, bold ones too.
    for question in ["h2", "figure svg rect", ".look", "svg [font-weight] text"]
    {
        assert_eq!(is_seen(&mut chromium, question), true, "{question}");
    }
    chromium.press(SPACE);
    assert_eq!(chromium.value(WITH_TITLE), pictures);
}

#[test]
fn light_and_dark_are_chosen_on_the_page() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    let colours = "[getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('svg .fill-background')).fill]";
    let light = json!(["rgb(255, 255, 255)", "rgb(255, 255, 255)"]);
    let dark = json!(["rgb(13, 17, 23)", "rgb(13, 17, 23)"]);
    for (scheme, theirs) in [("light", &light), ("dark", &dark)] {
        chromium.media("screen", &[("prefers-color-scheme", scheme)]);
        chromium.open(&pages.sample());
        assert_eq!(&chromium.value(colours), theirs);
        reach(&mut chromium, "theme-auto");
        chromium.press(RIGHT);
        assert_eq!(chromium.value(colours), light);
        chromium.press(RIGHT);
        assert_eq!(chromium.value(colours), dark);
    }
}
