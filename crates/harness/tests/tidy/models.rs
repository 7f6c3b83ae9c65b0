//! The page about models has the table that its program prints, of the pool
//! and of tasks.

#[path = "../../../measurement/examples/forecast.rs"]
#[allow(dead_code, reason = "the program's own `main` is not called here")]
mod program;

use measurement::forecast::{Cell, Cpu};
use measurement::ways;

use crate::documents::quote;
use crate::root;

fn of_two(cpu: Cpu) -> Vec<Cell> {
    let cells = program::read(&root().join("reports/sample"), cpu);
    let mut cells = cells.expect("a whole run");
    cells.retain(|cell| [&ways::POOL, &ways::TASKS].contains(&cell.way));
    assert!(!cells.is_empty());
    cells
}

#[test]
fn the_page_about_models_quotes_the_sample() {
    let before = of_two(Cpu::WithoutWaits);
    let after = of_two(Cpu::OfTheSweep);
    quote("docs/models.md", "forecast", &program::table(&before));
    quote("docs/models.md", "waiting", &program::table(&after));
    // What the page says; if it no longer holds, it must be written again.
    let off = program::off;
    assert!(off(&before, Cell::rule) < 1.1 * off(&before, Cell::model));
    for (before, after) in before.iter().zip(&after) {
        assert!(before.demand.cpu_ns < after.demand.cpu_ns, "{before:?}");
        let above = before.error(before.model());
        assert!(above.abs() < 0.03 || before.level > 8, "{before:?}");
        assert!(above > 0.1 || before.level < 256, "{before:?}");
    }
}
