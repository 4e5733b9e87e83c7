//! `datapackage.json`: it must be there, parse, and name exactly our files.
//!
//! The Table Schemas in it are for other tools; what a column must hold is decided by the rows.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::source::Files;
use super::{PackageError, Problems, rows};

const FILE: &str = "datapackage.json";

/// The parts of the descriptor that matter here.
#[derive(Deserialize)]
struct Descriptor {
    profile: String,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
}

/// Checks the descriptor.
pub(super) fn check(files: &Files<'_>, problems: &mut Problems) -> Result<(), PackageError> {
    let Some(content) = files.read(FILE)? else {
        problems.file(FILE, "is missing; a data package has one");
        return Ok(());
    };
    let descriptor: Descriptor = match serde_json::from_slice(&content) {
        Ok(descriptor) => descriptor,
        Err(error) => {
            problems.file(FILE, format!("is not a data package descriptor: {error}"));
            return Ok(());
        }
    };
    if descriptor.profile != "tabular-data-package" {
        problems.file(
            FILE,
            format!(
                "profile is {:?}; write \"tabular-data-package\"",
                descriptor.profile
            ),
        );
    }
    let mut named = BTreeSet::new();
    for Resource { path } in descriptor.resources {
        if !rows::FILES.contains(&path.as_str()) {
            problems.file(
                FILE,
                format!("resource {path:?} is not a file of ours; take it out"),
            );
        } else if let Some(path) = named.replace(path) {
            problems.file(
                FILE,
                format!("resource {path:?} is named twice; take one out"),
            );
        }
    }
    for file in rows::FILES {
        if !named.contains(file) {
            problems.file(FILE, format!("resource {file:?} is not named; add it"));
        }
    }
    Ok(())
}
