//! Dependencies point one way.

use std::process::Command;

use serde_json::Value;

use crate::root;

/// A package of ours and what it depends on outside of its tests.
struct Package {
    name: String,
    needs: Vec<String>,
    needs_for_tests: Vec<String>,
}

fn packages() -> Vec<Package> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(package).collect()
}

/// What cargo tells of the workspace.
pub(crate) fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .arg("--offline")
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn package(value: &Value) -> Package {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let dependencies = value["dependencies"].as_array().unwrap();
    let of_kind = |for_tests: bool| {
        dependencies
            .iter()
            .filter(|d| (d["kind"].as_str() == Some("dev")) == for_tests)
            .map(|dependency| text(&dependency["name"]))
            .collect()
    };
    Package {
        name: text(&value["name"]),
        needs: of_kind(false),
        needs_for_tests: of_kind(true),
    }
}

fn is_lesson(name: &str) -> bool {
    name.starts_with("lesson-")
}

#[test]
fn a_lesson_knows_the_job_and_no_other_room() {
    for package in packages().iter().filter(|p| is_lesson(&p.name)) {
        let rooms =
            ["harness", "report", "test-server", "measurement", "charts"];
        for room in rooms {
            assert!(!has(&package.needs, room), "{}: {room}", package.name);
        }
        let all = package.needs.iter().chain(&package.needs_for_tests);
        for other in all {
            assert!(!is_lesson(other), "{} → {other}", package.name);
        }
    }
}

#[test]
fn the_job_knows_no_concurrency() {
    for package in packages().iter().filter(|p| p.name == "ping-core") {
        for library in ["tokio", "crossbeam", "reqwest", "rayon"] {
            assert!(!has(&package.needs, library), "ping-core → {library}");
        }
    }
}

#[test]
fn each_of_these_has_no_other_users() {
    let only: [(&str, &[&str]); 5] = [
        ("plotters", &["charts"]),
        ("clap", &["harness"]),
        ("indicatif", &["harness"]),
        ("report", &["harness"]),
        ("charts", &["harness", "report"]),
    ];
    for package in packages() {
        for (library, users) in only {
            let uses = has(&package.needs, library);
            let may = users.contains(&package.name.as_str());
            assert!(!uses || may, "{} → {library}", package.name);
        }
    }
}

/// Whoever only plots builds no client, no runtime and no server.
#[test]
fn arithmetic_drawing_and_reports_stand_alone() {
    let may = |name: &str| match name {
        "safe-text" => Some(vec![]),
        "measurement" => Some(vec!["serde", "serde_json"]),
        "charts" => Some(vec!["measurement", "plotters", "plotters-backend"]),
        "report" => Some(vec![
            "anyhow",
            "charts",
            "measurement",
            "nix",
            "safe-text",
            "serde",
            "serde_json",
        ]),
        _ => None,
    };
    for package in packages() {
        let Some(may) = may(&package.name) else { continue };
        for need in &package.needs {
            assert!(may.contains(&need.as_str()), "{} → {need}", package.name);
        }
    }
}

#[test]
fn architecture_has_a_line_for_each_dependency() {
    let text = crate::read(&root().join("docs/architecture.md"));
    let packages = packages();
    let ours: Vec<&str> = packages.iter().map(|p| p.name.as_str()).collect();
    for package in &packages {
        for need in package.needs.iter().chain(&package.needs_for_tests) {
            let named = text.contains(&format!("`{need}`"));
            assert!(named || ours.contains(&need.as_str()), "{need}");
        }
    }
}

fn has(needs: &[String], name: &str) -> bool {
    needs.iter().any(|need| need == name)
}

/// An exercise that is half solved must break no build.
#[test]
fn nothing_but_its_check_builds_an_exercise() {
    let mut found = 0;
    for package in metadata()["packages"].as_array().unwrap() {
        for target in package["targets"].as_array().unwrap() {
            let path = target["src_path"].as_str().unwrap();
            if path.contains("/exercises/") {
                found += 1;
                let needs = &target["required-features"];
                assert_eq!(needs, &serde_json::json!(["exercises"]), "{path}");
            }
        }
        let features = package["features"].as_object().unwrap();
        let by_default = features.get("default");
        let exercises = Value::from("exercises");
        assert!(
            by_default
                .and_then(Value::as_array)
                .is_none_or(|all| !all.contains(&exercises))
        );
    }
    assert!(found >= 26, "{found} programs of exercises");
}
