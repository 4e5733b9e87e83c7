//! Case files: every `tests/graphql/<type>/<case>.graphql` is a test of its own, over the built-in report.
//!
//! A case begins with the number of SQL statements that it may take, `# statements: 2`. `# variables: {…}` and
//! `# operationName: …` may follow, and `# cost: 87` for the rows that it is estimated to have,
//! `# work: 110` for those that are looked at, and
//! `# package: ferries` where the reports of `tests/packages/ferries` are to be there too; then comments that say what to
//! expect. The snapshot beside it holds the statements and the answer. After a change that is meant: `INSTA_UPDATE=always cargo test --test cases`, and read the difference.

mod support {
    pub(crate) mod api;
    pub(crate) mod layout;
}

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use annals::{engine::Request, error::RequestError, package, store::Store};
use async_graphql::Value;
use entity::{report, revision};
use sea_orm::{EntityTrait, sea_query::Expr};
use serde::Deserialize;
use support::{api::Api, layout};

datatest_stable::harness! {
    { test = case, root = "tests/graphql", pattern = r"\.graphql$" },
}

/// One database for all cases that run in this process.
static BUILTIN: LazyLock<Api> = LazyLock::new(|| {
    let (api, store) = Api::open();
    at_one_moment(&api, &store);
    api
});

/// One with the reports of four years on ferries too.
static FERRIES: LazyLock<Api> = LazyLock::new(|| {
    let (api, store) = Api::open();
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "packages", "ferries"]
        .iter()
        .collect();
    let package = package::open(&folder)
        .unwrap_or_else(|problems| panic!("the package is not sound: {problems}"))
        .package;
    api.wait(async {
        let transaction = store.begin().await.expect("nobody else writes");
        package::import(&transaction, &package)
            .await
            .expect("the package can be imported");
        transaction.commit().await.expect("the import is written");
    });
    at_one_moment(&api, &store);
    api
});

/// Gives all reports the same moment, which is the one thing in the answers that would differ from run to run.
fn at_one_moment(api: &Api, store: &Store) {
    let moment = || Expr::value("2007-11-08T14:30:00Z");
    let of_reports = report::Entity::update_many()
        .col_expr(report::Column::PublishedAt, moment())
        .exec(store.writer());
    api.wait(of_reports).expect("the report is there");
    let of_revisions = revision::Entity::update_many()
        .col_expr(revision::Column::PublishedAt, moment())
        .exec(store.writer());
    api.wait(of_revisions).expect("the revision is there");
}

fn case(path: &Path, text: String) -> datatest_stable::Result<()> {
    let statements: usize = header(&text, "statements")
        .ok_or("the first line must be `# statements: N`")?
        .parse()?;
    let variables = header(&text, "variables").unwrap_or("{}");
    let operation_name = header(&text, "operationName").map(str::to_owned);
    let api = match header(&text, "package") {
        None => &*BUILTIN,
        Some("ferries") => &*FERRIES,
        Some(other) => return Err(format!("there is no package {other}").into()),
    };
    let outcome = api.execute(Request {
        variables: serde_json::from_str(variables)?,
        query: text.clone(),
        operation_name,
        explain: true,
        ..Request::default()
    });
    let answered = match outcome {
        Ok(body) => Answered::read(&body)?,
        Err(faults) => Answered::refused(&faults)?,
    };
    compare(path, &answered.to_string())?;
    if answered.statements.len() != statements {
        return Err(format!(
            "took {} statements, not {statements}",
            answered.statements.len()
        )
        .into());
    }
    for (name, estimate) in [("cost", answered.cost), ("work", answered.work)] {
        match header(&text, name) {
            Some(said) if estimate != said.parse::<u64>()? => {
                return Err(format!("{name} is estimated at {estimate} rows, not {said}").into());
            }
            _ => {}
        }
    }
    Ok(())
}

/// The value of a comment `# name: value` at the head of a case.
fn header<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.lines()
        .map_while(|line| line.strip_prefix("# "))
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// Compares with the snapshot that lies beside the case and has its name.
fn compare(path: &Path, answered: &str) -> datatest_stable::Result<()> {
    let folder = path.parent().ok_or("a case lies in a folder")?;
    let name = path.file_stem().ok_or("a case has a name")?;
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.to_string_lossy().as_ref(), answered));
    Ok(())
}

/// What came of a case, as its snapshot shows it.
struct Answered {
    /// The rows that it was estimated to have; none where it was refused.
    cost: u64,
    /// Those that are looked at for them.
    work: u64,
    statements: Vec<Statement>,
    /// The name of the key beside it in the body: `data` or `errors`.
    key: &'static str,
    value: Value,
}

/// A statement that was run.
#[derive(Deserialize)]
struct Statement {
    sql: String,
    rows: usize,
}

impl Answered {
    fn read(body: &str) -> datatest_stable::Result<Answered> {
        #[derive(Deserialize)]
        struct Body {
            data: Value,
            extensions: serde_json::Value,
        }
        let Body { data, extensions } = serde_json::from_str(body)?;
        // Then nothing was lost in reading: no key was there twice, and no number had needless digits.
        if !body.starts_with(&format!("{{\"data\":{}", serde_json::to_string(&data)?)) {
            return Err(format!("not the plainest JSON: {body}").into());
        }
        let explain = &extensions["explain"];
        Ok(Answered {
            cost: u64::deserialize(&explain["cost"]["estimate"])?,
            work: u64::deserialize(&explain["cost"]["work"])?,
            statements: Vec::deserialize(&explain["statements"])?,
            key: "data",
            value: data,
        })
    }

    fn refused(faults: &[RequestError]) -> datatest_stable::Result<Answered> {
        let errors = faults.iter().map(RequestError::to_json).collect();
        Ok(Answered {
            cost: 0,
            work: 0,
            statements: Vec::new(),
            key: "errors",
            value: Value::from_json(errors)?,
        })
    }
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "statements: {}", self.statements.len())?;
        for (place, Statement { sql, rows }) in self.statements.iter().enumerate() {
            writeln!(f, "\n-- {}, rows: {rows}\n{}", place + 1, layout::sql(sql))?;
        }
        write!(f, "\n{}: {}", self.key, layout::json(&self.value))
    }
}
