//! What can be read on a screen: nothing is wider than it, nothing too small
//! to read, and the first picture is there before anybody scrolls.

use serde_json::Value;

use crate::chromium::Chromium;
use crate::pages::Pages;

/// Telephones, something between, and two screens.
const WIDTHS: [u32; 5] = [320, 360, 640, 960, 1280];

/// Up to this width it is a telephone, held close to the eyes.
const TELEPHONE: u32 = 480;

/// Everything that can be unfolded is.
const UNFOLD: &str =
    "document.querySelectorAll('details').forEach(d => d.open = true)";

#[test]
fn no_page_is_wider_than_its_window() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    for page in pages.all() {
        chromium.open(&page);
        for unfold in ["", UNFOLD] {
            chromium.value(unfold);
            for width in WIDTHS {
                chromium.size(width, 740);
                let wide = "document.scrollingElement.scrollWidth";
                let wide = chromium.value(wide).as_u64().unwrap();
                let page = page.display();
                assert!(wide <= u64::from(width), "{page}: {wide} in {width}");
            }
        }
    }
}

/// Each text that is shown, with the size at which it is: a picture may be
/// shrunk.
const TEXTS: &str = "
(() => {
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, of = node.parentElement;
    if (!node.data.trim() || !of.getClientRects().length) continue;
    const size = parseFloat(getComputedStyle(of).fontSize);
    const shrunk = of.getScreenCTM ? Math.abs(of.getScreenCTM().a) : 1;
    texts.push([size * shrunk, node.data.trim()]);
  }
  return texts;
})()";

#[test]
fn every_text_can_be_read() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    for page in pages.all() {
        chromium.open(&page);
        chromium.value(UNFOLD);
        for width in WIDTHS {
            chromium.size(width, 740);
            let least = if width <= TELEPHONE { 9.0 } else { 11.0 };
            let texts = chromium.value(TEXTS);
            let texts = texts.as_array().unwrap();
            assert!(texts.len() > 10, "only {} texts", texts.len());
            let small = |text: &&Value| text[0].as_f64().unwrap() < least;
            let small: Vec<&Value> = texts.iter().filter(small).collect();
            let page = page.display();
            assert!(small.is_empty(), "{page} at {width}: {small:?}");
        }
    }
}

#[test]
fn the_first_picture_is_on_the_first_screen() {
    let Some(mut chromium) = Chromium::start() else { return };
    let pages = Pages::drawn();
    chromium.open(&pages.sample());
    for (width, height) in [(1280, 800), (360, 740)] {
        chromium.size(width, height);
        let top = "document.querySelector('figure svg')
                       .getBoundingClientRect().top";
        let top = chromium.value(top).as_f64().unwrap();
        // With its title and where it begins.
        let room = f64::from(height) - top;
        assert!(room >= 140.0, "{room} px of it at {width} × {height}");
    }
}
