//! What a container or a service may use: Linux control groups, of both
//! versions. A limit of any group around ours holds for us.

use std::fs;
use std::path::Path;

/// How many processors' worth of time this process may use, if that is
/// limited.
pub fn processor_quota() -> Option<f64> {
    let groups = text("/proc/self/cgroup")?;
    let (mut quotas, read) = (Vec::new(), |path: &str| text(path));
    for folder in unified(&groups) {
        let quota = read(&format!("{folder}/cpu.max"));
        quotas.extend(quota.and_then(|text| quota_of(&text)));
    }
    for folder in of_controller(&groups, "cpu") {
        let quota = read(&format!("{folder}/cpu.cfs_quota_us"));
        let period = read(&format!("{folder}/cpu.cfs_period_us"));
        let both = quota.zip(period);
        quotas.extend(both.and_then(|(q, p)| quota_of(&format!("{q} {p}"))));
    }
    quotas.into_iter().reduce(f64::min)
}

/// How many more threads and processes the groups allow, if they limit them.
pub fn room_for_threads() -> Option<u64> {
    let groups = text("/proc/self/cgroup")?;
    let mut folders = unified(&groups);
    folders.extend(of_controller(&groups, "pids"));
    let room = |folder: &String| {
        let most: u64 = number(&format!("{folder}/pids.max"))?;
        let now: u64 = number(&format!("{folder}/pids.current"))?;
        Some(most.saturating_sub(now))
    };
    folders.iter().filter_map(room).min()
}

fn text(path: &str) -> Option<String> {
    fs::read_to_string(path).ok()
}

fn number(path: &str) -> Option<u64> {
    text(path)?.trim().parse().ok()
}

/// Reads `150000 100000`: so many microseconds of processor time in each
/// period of so many. No limit is `max`, or in version 1 a negative number.
fn quota_of(text: &str) -> Option<f64> {
    let mut words = text.split_whitespace();
    let quota: f64 = words.next()?.parse().ok()?;
    let period: f64 = words.next()?.parse().ok()?;
    let limited = quota > 0.0 && period > 0.0;
    let processors = quota / period;
    (limited && processors.is_finite()).then_some(processors)
}

/// The folders of our group of version 2 and of all around it.
fn unified(groups: &str) -> Vec<String> {
    let path = groups.lines().find_map(|line| line.strip_prefix("0::"));
    path.map(|path| folders("/sys/fs/cgroup", path)).unwrap_or_default()
}

/// The same of version 1, where each controller has a tree of its own.
fn of_controller(groups: &str, controller: &str) -> Vec<String> {
    let path = groups.lines().find_map(|line| {
        let mut parts = line.splitn(3, ':').skip(1);
        let mut controllers = parts.next()?.split(',');
        controllers.any(|name| name == controller).then(|| parts.next())?
    });
    let root = format!("/sys/fs/cgroup/{controller}");
    path.map(|path| folders(&root, path)).unwrap_or_default()
}

fn folders(root: &str, path: &str) -> Vec<String> {
    let inside = Path::new(path.trim_start_matches('/'));
    let folder = |at: &Path| format!("{root}/{}", at.display());
    inside.ancestors().map(folder).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOTH: &str = "8:pids:/\n1:cpu,cpuacct:/box/a:b\n0::/user/me\n";

    #[test]
    fn finds_the_groups_around_ours() {
        assert_eq!(
            unified(BOTH),
            [
                "/sys/fs/cgroup/user/me",
                "/sys/fs/cgroup/user",
                "/sys/fs/cgroup/"
            ]
        );
        assert_eq!(
            of_controller(BOTH, "cpu"),
            [
                "/sys/fs/cgroup/cpu/box/a:b",
                "/sys/fs/cgroup/cpu/box",
                "/sys/fs/cgroup/cpu/"
            ]
        );
        assert_eq!(of_controller(BOTH, "pids"), ["/sys/fs/cgroup/pids/"]);
        assert_eq!(of_controller(BOTH, "memory"), [""; 0]);
        assert_eq!(unified("1:cpu:/"), [""; 0]);
    }

    #[test]
    fn reads_a_quota_of_either_version() {
        assert_eq!(quota_of("150000 100000"), Some(1.5));
        assert_eq!(quota_of("max 100000"), None);
        assert_eq!(quota_of("-1 100000"), None);
        assert_eq!(quota_of("100000 0"), None);
        assert_eq!(quota_of("100000"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = quota_of(&text);
            let _ = unified(&text);
            let _ = of_controller(&text, "cpu");
        }
    }
}
