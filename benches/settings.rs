//! One set of settings for every benchmark here.

use std::time::Duration;

use criterion::{Criterion, PlottingBackend};

/// Small samples, because a mechanism either differs by far or does not
/// matter; and drawn by plotters, the same on every machine.
pub(crate) fn settings() -> Criterion {
    Criterion::default()
        .plotting_backend(PlottingBackend::Plotters)
        .sample_size(30)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_millis(2000))
        .nresamples(20_000)
}
