//! What the process of a scene is told: one line of JSON.

use std::path::PathBuf;

use measurement::exam::Handed;
use serde::{Deserialize, Serialize};

/// A scene, and the program to play it before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Order {
    /// The name of the scene.
    pub(super) scene: String,
    /// The program's path and its arguments.
    pub(super) words: Vec<String>,
    pub(super) handed: Handed,
    pub(super) urls: u64,
    pub(super) patience_ns: u64,
    /// Where the list of URLs may be written; whoever gave the order removes
    /// it.
    pub(super) list: PathBuf,
}
