//! A line about all levels of an act whose table is of one of them.

use measurement::quantity::speed_up;
use measurement::summary::Batch;
use measurement::ways;

/// The speed-up at each level of the strategy that the others are compared
/// with: `Speed-up of the pool: 1.3× at 2 at once, 2.1× at 8`. `None` where
/// there is one level.
pub(super) fn over_levels<'a>(
    named: &Batch,
    batches: impl Iterator<Item = &'a Batch>,
) -> Option<String> {
    let mut rows = named.rows.iter().map(|row| row.strategy.as_str());
    let strategy = named.reference.as_deref().or_else(|| rows.next())?;
    let way = ways::find(strategy)?;
    let levels: Vec<(usize, f64)> = batches
        .filter(|batch| batch.kept_awake == named.kept_awake)
        .filter_map(|batch| {
            let mut rows = batch.rows.iter();
            let row = rows.find(|row| row.strategy == strategy)?;
            Some((batch.concurrency, row.speed_up.as_ref()?.median))
        })
        .collect();
    let [(first, times), rest @ ..] = &levels[..] else { return None };
    let rest: Vec<String> = rest
        .iter()
        .map(|(level, times)| format!(", {} at {level}", speed_up(*times)))
        .collect();
    (!rest.is_empty()).then(|| {
        format!(
            "Speed-up of {}: {} at {first} at once{}",
            way.short,
            speed_up(*times),
            rest.concat()
        )
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::run::so_far;
    use report::{Folder, read};

    /// The uneven waits of the committed run.
    fn at_8() -> Batch {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let (folder, run) = Folder::open(&root.join("reports/sample")).unwrap();
        let (trials, _) = read(&folder, &run).unwrap();
        so_far(&trials).uneven().unwrap().clone()
    }

    #[test]
    fn every_level_is_told_of_in_one_line_and_one_level_is_none() {
        let named = at_8();
        let more = |level, kept_awake| Batch {
            concurrency: level,
            kept_awake,
            ..named.clone()
        };
        let own = named.kept_awake;
        let other = own.map(|awake| !awake).or(Some(true));
        let all =
            [named.clone(), more(16, own), more(24, other), more(48, own)];
        assert_eq!(over_levels(&named, all[..1].iter()), None);
        let row = named.rows.iter().find(|row| row.strategy == "worker-pool");
        let times = row.unwrap().speed_up.as_ref().unwrap().median;
        let times = speed_up(times);
        let line = over_levels(&named, all.iter()).unwrap();
        assert_eq!(
            line,
            format!(
                "Speed-up of the pool: {times} at 8 at once, {times} at 16, \
                 {times} at 48"
            )
        );
    }
}
