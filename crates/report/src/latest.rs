//! `latest`, the link beside the report folders that leads to the newest.
//! Where links are not to be had, there is none.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};
use safe_text::terminal::printable;

use super::folder::RUN;

/// Points the link beside this folder here.
///
/// # Errors
///
/// If something of that name is there that no run of ours has made. Or if the
/// link cannot be made.
pub fn mark_latest(folder: &Path) -> Result<()> {
    let (Some(reports), Some(name)) = (folder.parent(), folder.file_name())
    else {
        return Ok(());
    };
    let link = reports.join("latest");
    if let Some(what) = not_ours(&link, reports) {
        bail!(
            "{} {what}, so it was left as it is (move it away, and the next \
             run makes the link); this run is in {}",
            link.display(),
            folder.display()
        );
    }
    // Made beside it and renamed: whoever looks finds the old link or the new
    // one.
    let mut new = name.to_owned();
    new.push(".latest");
    let new = reports.join(new);
    std::os::unix::fs::symlink(name, &new)
        .and_then(|()| fs::rename(&new, &link))
        .inspect_err(|_| drop(fs::remove_file(&new)))
        .with_context(|| format!("cannot make the link {}", link.display()))
}

/// What stands in the place of the link, if no run of ours has made it. Ours
/// lead to a run beside them, which may have been removed since.
fn not_ours(link: &Path, reports: &Path) -> Option<String> {
    let there = link.symlink_metadata().ok()?;
    if !there.is_symlink() {
        return Some("is not a link".to_owned());
    }
    let leads = fs::read_link(link).unwrap_or_default();
    let run = reports.join(&leads);
    let beside = leads.file_name() == Some(leads.as_os_str());
    let ours = match run.symlink_metadata() {
        Ok(found) => found.is_dir() && run.join(RUN).is_file(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    let shown = printable(&leads.to_string_lossy());
    (!(beside && ours))
        .then(|| format!("leads to {shown}, which is no run beside it"))
}
