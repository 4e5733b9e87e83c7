//! `annals remove`: a report out of the database, once the operator has seen what goes with it.

use std::io::{self, Write};

use super::{Failure, block_on, check::counted, import::waiting};
use crate::{
    config::Remove,
    log,
    package::{self, ImportError, Removed},
    store::CommandStore,
};

/// Removes the report, or shows what would be removed.
pub(super) fn remove(settings: &Remove) -> Result<(), Failure> {
    let _log = log::start(settings.log_format)?;
    block_on(async {
        let store = CommandStore::open(&settings.database_url(), waiting).await?;
        let transaction = store.begin(waiting).await?;
        let removed = package::remove(&transaction, &settings.agency, settings.fiscal_year)
            .await
            .map_err(ImportError::Database)?;
        let Some(removed) = removed else {
            return Err(Failure::NoReport {
                agency: settings.agency.clone(),
                fiscal_year: settings.fiscal_year,
            });
        };
        let name = format!("{}/{}", settings.agency, settings.fiscal_year);
        let content = content(&removed);
        let line = match settings.yes {
            true => {
                store.commit(transaction).await?;
                format!("{name}: removed {content}")
            }
            false => {
                drop(transaction);
                format!("{name}: would remove {content}; to do it, add --yes")
            }
        };
        writeln!(io::stdout(), "{line}").map_err(Failure::Output)
    })
}

fn content(removed: &Removed) -> String {
    let number = |count: u64, noun| counted(usize::try_from(count).unwrap_or(usize::MAX), noun);
    let mut parts = vec![
        format!("the report with {}", number(removed.goals, "goal")),
        number(removed.initiatives, "initiative"),
        number(removed.results, "result"),
        format!(
            "{} and {} that no other report uses",
            number(removed.metrics, "metric"),
            number(removed.units, "unit")
        ),
    ];
    if removed.agency {
        let divisions = number(removed.divisions, "division");
        parts.push(format!(
            "the agency with {divisions}, since it is its last report"
        ));
    }
    parts.join(", ")
}
