//! Draws the pictures of the tests' fixtures into a folder, to be looked at:
//! `cargo run -p charts --example pictures -- FOLDER`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use charts::{CHARTS, Footer, Material, Picture, Theme};
use fixture::{lesson, sweep};
use measurement::course::LESSONS;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("which folder?")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let footer = Footer { text: "a fixture, and no run".to_owned() };
    let runs = [
        ("quiet", sweep::sweep(&sweep::QUIET)),
        ("noisy", sweep::sweep(&sweep::NOISY)),
        ("too-noisy", sweep::sweep(&sweep::TOO_NOISY)),
        ("few-rounds", sweep::sweep(&sweep::FEW_ROUNDS)),
        ("disturbed", sweep::sweep(&sweep::DISTURBED)),
        ("slow-threads", sweep::sweep(&sweep::SLOW_THREADS)),
        ("past-the-knee", sweep::sweep(&sweep::PAST_THE_KNEE)),
        ("own-question", sweep::own_question(&sweep::OWN_QUESTION)),
    ];
    for (name, (summary, trials)) in runs {
        let (summary, trials) = (&summary, &trials[..]);
        let material =
            Material { summary, trials, lesson: None, prediction: None };
        for (theme, side) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            for chart in CHARTS {
                // A question of one's own has no memory, for one.
                let Ok(svg) = (chart.draw)(&material, &footer, theme) else {
                    continue;
                };
                keep(folder, &format!("{}-{name}-{side}", chart.name), &svg)?;
            }
        }
    }
    for number in LESSONS.iter().map(|lesson| lesson.number) {
        let guessed = lesson::guessed(number);
        for (name, (summary, trials)) in [
            ("quiet", lesson::run(number)),
            ("disturbed", lesson::disturbed(number)),
        ] {
            for (theme, side) in
                [(Theme::Light, "light"), (Theme::Dark, "dark")]
            {
                let svg = charts::lesson(
                    number,
                    &summary,
                    &trials,
                    Some(&guessed),
                    &footer,
                    theme,
                )?;
                let file = format!("lesson-{number}-{name}-{side}");
                keep(folder, &file, &svg)?;
            }
        }
    }
    Ok(())
}

fn keep(folder: &Path, name: &str, picture: &Picture) -> std::io::Result<()> {
    fs::write(folder.join(format!("{name}.svg")), &picture.wide)?;
    fs::write(folder.join(format!("{name}-narrow.svg")), &picture.narrow)
}
