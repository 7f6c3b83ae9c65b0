//! The tables, as headers and cells, for the terminal and the page.

use measurement::record::Act;
use measurement::runs::{Cell, CellBatch, Figure, RunComparison};
use measurement::ways;
use safe_text::terminal::{printable, shortened};

use super::numbers::{Unit, one_line, two_lines};
use super::words::{MEMORY, heading, label};

/// A table with what stands above it.
pub(super) struct Table {
    pub(super) heading: String,
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the runs say anything there: it is named beforehand.
    pub(super) has_verdicts: bool,
}

/// Where a table is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    /// 80 columns.
    Terminal,
    /// As wide as need be.
    Page,
}

/// A figure of a cell.
struct Column {
    header: &'static str,
    unit: Unit,
    /// Whether there is room for it on a terminal.
    on_terminal: bool,
    of: fn(&Cell) -> Option<&Figure>,
}

const COLUMNS: &[Column] = &[
    column("makespan", Unit::Makespan, |cell| cell.makespan_ns.as_ref()),
    column("speed-up", Unit::SpeedUp, |cell| cell.speed_up.as_ref()),
    column("efficiency", Unit::Percent, |cell| cell.efficiency.as_ref()),
    column("CPU per\nping", Unit::Time, |cell| {
        cell.cpu_per_request_ns.as_ref()
    }),
    column(RELATIVE, Unit::Factor, |cell| Some(&cell.ratio.as_ref()?.ratio)),
    Column {
        header: "CPU relative to {}",
        unit: Unit::Factor,
        on_terminal: false,
        of: |cell| Some(&cell.cpu_ratio.as_ref()?.ratio),
    },
];

/// The reference of the batch is put in.
const RELATIVE: &str = "relative\nto {}";

const fn column(
    header: &'static str,
    unit: Unit,
    of: fn(&Cell) -> Option<&Figure>,
) -> Column {
    Column { header, unit, on_terminal: true, of }
}

/// Every table, in the order of the acts. The cells of the memory act hold
/// pings open for a given time: what they tell is memory alone.
pub(super) fn tables(compared: &RunComparison, on: On) -> Vec<Table> {
    let runs = compared.runs.len();
    let batches = compared.batches.iter();
    let mut tables: Vec<Table> = batches
        .filter(|batch| batch.act != Act::Memory)
        .map(|batch| table(batch, runs, on))
        .collect();
    tables.extend(memory(compared));
    tables
}

fn table(batch: &CellBatch, runs: usize, on: On) -> Table {
    let mut headers = vec![String::new()];
    let mut rows: Vec<Vec<String>> =
        batch.cells.iter().map(|cell| vec![name(cell, runs, on)]).collect();
    let mut add = |header: String, of: &dyn Fn(&Cell) -> Option<String>| {
        let cells: Vec<Option<String>> = batch.cells.iter().map(of).collect();
        // A column that says nothing is left out.
        if cells.iter().all(Option::is_none) {
            return;
        }
        headers.push(header);
        for (row, cell) in rows.iter_mut().zip(cells) {
            row.push(cell.unwrap_or_else(|| "n/a".to_owned()));
        }
    };
    let mut columns = COLUMNS;
    if runs == 2 {
        of_two(batch.act, &mut add);
        columns = if on == On::Page { &COLUMNS[1..] } else { &[] };
    }
    let shown = |column: &&Column| on == On::Page || column.on_terminal;
    for column in columns.iter().filter(shown) {
        let reference = batch.reference.as_deref().unwrap_or_default();
        let short = ways::label(reference);
        let header = column.header.replace("{}", &shortened(short, 12));
        let (write, header): (fn(&_, _, _) -> _, _) = match on {
            On::Page => (one_line, header.replace('\n', " ")),
            On::Terminal => (two_lines, header),
        };
        add(header, &|cell| {
            Some(write((column.of)(cell)?, column.unit, batch.act))
        });
    }
    let tells = |cell: &Cell| {
        let said = cell.ratio.as_ref().map(|versus| &versus.said);
        said.is_some_and(|said| said.iter().any(Option::is_some))
    };
    let has_verdicts = batch.cells.iter().any(tells);
    Table { heading: heading(batch), headers, rows, has_verdicts }
}

/// Adds a column: its header, and the cell of each row.
type Add<'a> = &'a mut dyn FnMut(String, &dyn Fn(&Cell) -> Option<String>);

/// Both makespans, the one over the other, and how far rounds lie apart.
fn of_two(act: Act, add: Add<'_>) {
    for run in 0..2 {
        add(label(run), &|cell| {
            let makespans = &cell.makespan_ns.as_ref()?.values;
            Some(Unit::Makespan.one(act, (*makespans.get(run)?)?))
        });
    }
    add(format!("{}/{}", label(1), label(0)), &|cell| {
        Some(Unit::Factor.one(act, cell.second_over_first?))
    });
    for run in 0..2 {
        add(format!("rounds in {}", label(run)), &|cell| {
            let spread = (*cell.spread_in_run.get(run)?)?;
            Some(format!("± {:.1} %", spread * 100.0))
        });
    }
}

/// The strategy, and in how many runs it is, if not in all.
fn name(cell: &Cell, runs: usize, on: On) -> String {
    let name = printable(ways::name(&cell.strategy));
    match cell.valid.iter().flatten().count() {
        all if all == runs || runs == 2 => name,
        some if on == On::Page => format!("{name} ({some} of {runs} runs)"),
        some => format!("{name}\nin {some} of {runs} runs"),
    }
}

fn memory(compared: &RunComparison) -> Option<Table> {
    let rows: Vec<Vec<String>> = compared
        .memory
        .iter()
        .map(|cell| {
            let name = printable(ways::name(&cell.strategy));
            vec![name, one_line(&cell.slope_bytes, Unit::Bytes, Act::Memory)]
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        heading: MEMORY.to_owned(),
        headers: vec![String::new(), "bytes".to_owned()],
        rows,
        has_verdicts: true,
    })
}
