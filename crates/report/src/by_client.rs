//! Way by client, as a table: what differs along a line is the client's, what
//! differs down a column is the way's.

use measurement::summary::{Batch, Row};
use measurement::ways;

/// The clients in the order of their layers, and the one that has none of its
/// layers in common with the others.
const CLIENTS: [&str; 5] =
    ["by hand", "hyper", "hyper-util", "reqwest", "ureq"];

/// A line for each way and a column for each client, with their names first;
/// empty where there is no such strategy or nothing is known of it. `None` if
/// the batch has no two clients in one way, apart from those that the usual
/// run compares.
pub fn by_client(
    batch: &Batch,
    cell: impl Fn(&Row) -> Option<String>,
) -> Option<Vec<Vec<String>>> {
    let row = |id| batch.rows.iter().find(|row| row.strategy == id);
    let rungs = ways::LADDER.iter().filter(|way| row(way.id).is_some());
    if rungs.count() < 2 {
        return None;
    }
    let names = CLIENTS.map(str::to_owned).into_iter();
    let mut lines = vec![[String::new()].into_iter().chain(names).collect()];
    for (name, all) in ways::BY_CLIENT {
        let of_client = |client| {
            let way = all.iter().find(|way| way.client == client)?;
            row(way.id).and_then(&cell)
        };
        let cells = CLIENTS.map(|client| of_client(client).unwrap_or_default());
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push([name.to_owned()].into_iter().chain(cells).collect());
        }
    }
    Some(lines)
}
