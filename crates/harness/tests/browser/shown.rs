//! What a page does while it is shown and printed: it is silent, fetches
//! nothing, keeps nobody out, stands still after two rounds, and leaves nothing
//! out on paper.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::chromium::{Chromium, address, axe};
use crate::pages::Pages;

const SCHEME: &str = "prefers-color-scheme";
const MOTION: &str = "prefers-reduced-motion";

#[test]
fn nothing_is_said_and_nothing_is_fetched() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    for page in pages.all() {
        chromium.open(&page);
        for complaint in [
            "Runtime.consoleAPICalled",
            "Runtime.exceptionThrown",
            "Log.entryAdded",
        ] {
            let said = chromium.events(complaint);
            assert!(said.is_empty(), "{}: {said:?}", page.display());
        }
        let requests = chromium.events("Network.requestWillBeSent");
        let asked = |event: &&Value| {
            event["request"]["url"].as_str().unwrap_or_default().to_owned()
        };
        let asked: BTreeSet<String> = requests.iter().map(asked).collect();
        assert_eq!(asked, BTreeSet::from([address(&page)]));
    }
}

#[test]
fn axe_finds_nothing_in_light_and_dark() {
    let Some(mut chromium) = Chromium::start() else { return };
    let Some(axe) = axe() else { return };
    let pages = Pages::drawn();
    for page in pages.all() {
        for scheme in ["light", "dark"] {
            chromium.media("screen", &[(SCHEME, scheme)]);
            for width in [360, 1280] {
                chromium.size(width, 800);
                chromium.open(&page);
                chromium.value(&format!("{axe}; 0"));
                let found = chromium.value(
                    "axe.run(document, { resultTypes: ['violations'] })
                        .then(found => found.violations.flatMap(v =>
                            v.nodes.map(n => [v.id, n.html, n.failureSummary])))",
                );
                let found = found.as_array().unwrap();
                let page = page.display();
                assert!(found.is_empty(), "{page}, {scheme}: {found:#?}");
            }
        }
    }
}

/// The pictures that show none of their two forms, or both, or one of no size.
const HIDDEN_PICTURES: &str = "
Array.from(document.querySelectorAll('figure')).filter(figure => {
  const shown = Array.from(figure.querySelectorAll('svg')).filter(svg => {
    const box = svg.getBoundingClientRect();
    return box.width >= 100 && box.height >= 100;
  });
  return shown.length !== 1;
}).map(figure => figure.querySelector('svg').id)";

/// What is folded, cut off, or not as it will be at the end of its motion.
const UNPRINTED: &str = "
[
  ...Array.from(document.querySelectorAll('details > :not(summary)'))
    .filter(part => !part.checkVisibility({ contentVisibilityAuto: true })),
  ...Array.from(document.querySelectorAll('.wide'))
    .filter(part => part.scrollWidth > part.clientWidth + 1
        || getComputedStyle(part).overflowX !== 'visible'),
  ...Array.from(document.querySelectorAll('.moving'))
    .filter(mark => getComputedStyle(mark).transform !== 'none'
        || getComputedStyle(mark).opacity !== '1'),
].map(part => part.outerHTML.slice(0, 200))";

/// The width of A4 between margins of 1 cm.
const PAPER: u32 = 718;

#[test]
fn everything_is_printed() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    for page in pages.all() {
        for scheme in ["light", "dark"] {
            let motion = (MOTION, "no-preference");
            chromium.media("print", &[(SCHEME, scheme), motion]);
            chromium.size(PAPER, 1000);
            chromium.open(&page);
            let page = page.display();
            let hidden = chromium.value(HIDDEN_PICTURES);
            assert_eq!(hidden.as_array().unwrap().len(), 0, "{page}: {hidden}");
            let cut = chromium.value(UNPRINTED);
            assert_eq!(cut.as_array().unwrap().len(), 0, "{page}: {cut:#}");
            let moving = chromium.value("document.getAnimations().length");
            assert_eq!(moving, 0, "{page}");
            let paper =
                "getComputedStyle(document.body).backgroundColor".to_owned();
            assert_eq!(chromium.value(&paper), "rgb(255, 255, 255)", "{page}");
        }
    }
}

#[test]
fn motion_ends_after_two_rounds() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    let page = pages.sample();
    chromium.media("screen", &[(MOTION, "no-preference")]);
    chromium.open(&page);
    let rounds = chromium.value(
        "Array.from(new Set(document.getAnimations()
            .map(a => a.effect.getTiming().iterations)))",
    );
    assert_eq!(rounds, serde_json::json!([2]));
    // Its end, without waiting for it.
    let left = chromium.value(
        "document.getAnimations().forEach(a => a.playbackRate = 1e6);
         new Promise(done => setTimeout(done, 500))
             .then(() => document.getAnimations().length)",
    );
    assert_eq!(left, 0);
    chromium.media("screen", &[(MOTION, "reduce")]);
    chromium.open(&page);
    assert_eq!(chromium.value("document.getAnimations().length"), 0);
}
