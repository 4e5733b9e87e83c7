//! Results, and the closure of what is part of what. Results are read from the package as they are needed, in batches: of
//! each only its id and what happens to it is kept.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use entity::{keys, reported_result, reported_result_whole};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};

use super::bulk::Bulk;
use super::changes::{Change, Changes, Difference, LISTED};
use super::reports::{StoredInitiative, StoredReport, stored_before};
use super::shared::StoredMetric;
use super::stages::Stages;
use super::{ByKey, ImportError, find, write};
use crate::package::results::{Results, Wholes, to_place};
use crate::package::rows::{ReportedResult, Row};

type Entity = reported_result::Entity;

/// Rows that are compared with what is stored at once.
const COMPARED: usize = 1_000;

/// What results refer to.
pub(super) struct Parents<'a> {
    pub(super) reports: &'a ByKey<StoredReport>,
    pub(super) initiatives: &'a ByKey<StoredInitiative>,
    pub(super) metrics: &'a ByKey<StoredMetric>,
}

/// What happens to a result of the package.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is not stored.
    New,
    /// It is stored, and differs so.
    Stored(Difference),
}

/// What is known of the results of the package, by their place in it.
struct Plan {
    ids: Vec<i64>,
    fates: Vec<Fate>,
}

/// Writes the results. Those of the package's reports that it does not have are removed.
pub(super) async fn results(
    transaction: &DatabaseTransaction,
    results: &mut Results<'_>,
    parents: &Parents<'_>,
    progress: &(dyn Fn(u64) + Sync),
    changes: &mut Changes,
    stages: &mut Stages,
) -> Result<(), ImportError> {
    let reports = stored_before(parents.reports);
    let first = write::first_free_id::<Entity>(transaction).await?;
    let none = |_| {};
    let (plan, progress): (_, &(dyn Fn(u64) + Sync)) = match reports.is_empty() {
        true => (Plan::of_new(first, results.count()), progress),
        false => (
            Plan::compared(transaction, results, parents, first, progress).await?,
            &none,
        ),
    };
    let removed = removed(transaction, &reports, &plan).await?;
    for (report, ids) in &removed {
        note_removed(transaction, *report, ids, changes).await?;
    }
    let mut gone: Vec<i64> = removed.into_iter().flat_map(|(_, ids)| ids).collect();
    gone.extend(plan.changed());
    let inserted: Vec<i64> = plan.inserted();
    stages.done("compared");
    if gone.is_empty() && inserted.is_empty() {
        return Ok(());
    }
    // Places in a report are unique, so what goes must go before anything comes.
    delete_closure(transaction, &reports).await?;
    write::delete::<Entity>(transaction, &gone).await?;
    let bulk = Bulk::begin(transaction, inserted.len()).await?;
    insert(transaction, results, parents, &plan, progress, changes).await?;
    stages.done("results written");
    if let Some(bulk) = bulk {
        bulk.end(transaction, &inserted).await?;
        stages.done("indexes made");
    }
    let mut closure = results.wholes().closure();
    write::insert_each::<reported_result_whole::Entity, DbErr>(transaction, || {
        Ok(closure
            .next()
            .map(|(part, whole)| reported_result_whole::Model {
                part_id: plan.id(part),
                whole_id: plan.id(whole),
            }))
    })
    .await?;
    stages.done("closure written");
    Ok(())
}

impl Plan {
    /// That of results none of which is stored.
    fn of_new(first: i64, count: usize) -> Self {
        Self {
            ids: (first..).take(count).collect(),
            fates: vec![Fate::New; count],
        }
    }

    /// Compares the results with what is stored of them. Those that are not get ids from `first` on.
    async fn compared(
        transaction: &DatabaseTransaction,
        results: &mut Results<'_>,
        parents: &Parents<'_>,
        first: i64,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Self, ImportError> {
        let mut free = first..;
        let mut plan = Self {
            ids: Vec::with_capacity(results.count()),
            fates: Vec::with_capacity(results.count()),
        };
        // The ids of wholes are known only when all rows have been seen: what each part was a part of.
        let mut parts = Vec::new();
        let wholes = results.wholes().clone();
        let mut reading = results.read()?;
        let mut made = Rows::new(parents);
        loop {
            let mut rows = Vec::with_capacity(COMPARED);
            while rows.len() < COMPARED
                && let Some(row) = reading.next()?
            {
                rows.push(row);
            }
            if rows.is_empty() {
                break;
            }
            let keys: Vec<String> = rows.iter().map(|row| row.natural_key()).collect();
            let column = reported_result::Column::NaturalKey;
            let stored = write::stored::<Entity>(transaction, column, &keys).await?;
            let mut stored: HashMap<String, reported_result::Model> = stored
                .into_iter()
                .map(|row| (row.natural_key.clone(), row))
                .collect();
            progress(rows.len() as u64);
            for (result, key) in rows.into_iter().zip(&keys) {
                let place = to_place(plan.ids.len());
                let (id, fate) = match stored.remove(key) {
                    None => (free.next().unwrap_or_default(), Fate::New),
                    Some(old) => {
                        let mut new = made.row(old.id, result, old.part_of_id)?;
                        if old.part_of_id.is_some() || wholes.of(place).is_some() {
                            parts.push((place, old.part_of_id));
                        }
                        let difference = Difference::of::<Entity>(&old, &mut new);
                        (old.id, Fate::Stored(difference))
                    }
                };
                plan.ids.push(id);
                plan.fates.push(fate);
            }
        }
        for (place, before) in parts {
            if wholes.of(place).map(|whole| plan.id(whole)) != before {
                plan.fates[place as usize] = Fate::Stored(Difference::Content);
            }
        }
        Ok(plan)
    }

    fn id(&self, place: u32) -> i64 {
        self.ids[place as usize]
    }

    /// The ids of rows that are stored and written anew.
    fn changed(&self) -> impl Iterator<Item = i64> {
        let of_rows = self.ids.iter().zip(&self.fates);
        let stored =
            |fate: &Fate| matches!(fate, Fate::Stored(found) if *found != Difference::None);
        of_rows.filter_map(move |(id, fate)| stored(fate).then_some(*id))
    }

    /// The ids of all rows that are written.
    fn inserted(&self) -> Vec<i64> {
        let of_rows = self.ids.iter().zip(&self.fates);
        of_rows
            .filter(|(_, fate)| **fate != Fate::Stored(Difference::None))
            .map(|(id, _)| *id)
            .collect()
    }
}

/// Inserts what is new or differs.
async fn insert(
    transaction: &DatabaseTransaction,
    results: &mut Results<'_>,
    parents: &Parents<'_>,
    plan: &Plan,
    progress: &(dyn Fn(u64) + Sync),
    changes: &mut Changes,
) -> Result<(), ImportError> {
    let wholes = results.wholes().clone();
    let mut reading = results.read()?;
    let mut places = 0..;
    let mut made = Rows::new(parents);
    write::insert_each::<Entity, ImportError>(transaction, || {
        while let Some(result) = reading.next()? {
            let place = places.next().unwrap_or_default();
            if place % 1_000 == 999 {
                progress(1_000);
            }
            let fate = plan.fates.get(place as usize);
            let change = match fate {
                None | Some(Fate::Stored(Difference::None)) => continue,
                Some(Fate::Stored(Difference::Derived)) => None,
                Some(Fate::Stored(Difference::Content)) => Some(Change::Changed),
                Some(Fate::New) => Some(Change::Added),
            };
            let part_of_id = wholes.of(place).map(|whole| plan.id(whole));
            let row = made.row(plan.id(place), result, part_of_id)?;
            if let Some(change) = change {
                changes.note_row::<Entity>(change, row.report_id, Some(&row.natural_key));
            }
            return Ok(Some(row));
        }
        Ok(None)
    })
    .await
}

/// The ids of rows of stored reports that the package does not have, by report.
async fn removed(
    transaction: &DatabaseTransaction,
    reports: &[i64],
    plan: &Plan,
) -> Result<Vec<(i64, Vec<i64>)>, ImportError> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let mut seen: Vec<i64> = plan.ids.clone();
    seen.sort_unstable();
    let mut found = Vec::new();
    let mut reports = reports.to_vec();
    reports.sort_unstable();
    for report in reports {
        // One text, since a row for each id would take 30 times as much memory.
        let statement = Statement::from_sql_and_values(
            transaction.get_database_backend(),
            "SELECT json_group_array(id) FROM reported_result WHERE report_id = ?",
            [report.into()],
        );
        let Some(row) = transaction.query_one_raw(statement).await? else {
            continue;
        };
        let ids: String = row.try_get_by_index(0)?;
        let ids: Vec<i64> =
            serde_json::from_str(&ids).map_err(|error| DbErr::Json(error.to_string()))?;
        let mut ids: Vec<i64> = ids
            .into_iter()
            .filter(|id| seen.binary_search(id).is_err())
            .collect();
        ids.sort_unstable();
        if !ids.is_empty() {
            found.push((report, ids));
        }
    }
    Ok(found)
}

/// Counts removed rows, and lists the first of them.
async fn note_removed(
    transaction: &DatabaseTransaction,
    report: i64,
    ids: &[i64],
    changes: &mut Changes,
) -> Result<(), ImportError> {
    let (listed, counted) = ids.split_at(ids.len().min(LISTED));
    let column = reported_result::Column::Id;
    let mut rows = write::stored::<Entity>(transaction, column, listed).await?;
    rows.sort_unstable_by_key(|row| row.id);
    for row in &rows {
        changes.note_row::<Entity>(Change::Removed, report, Some(&row.natural_key));
    }
    for _ in counted {
        changes.note_row::<Entity>(Change::Removed, report, None);
    }
    Ok(())
}

/// Deletes what is known of the parts of these reports.
async fn delete_closure(transaction: &DatabaseTransaction, reports: &[i64]) -> Result<(), DbErr> {
    let statement = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        "DELETE FROM reported_result_whole WHERE part_id IN (
             SELECT t.id FROM json_each(?) AS r CROSS JOIN reported_result t WHERE t.report_id = r.value)",
        [serde_json::json!(reports).to_string().into()],
    );
    transaction.execute_raw(statement).await.map(|_| ())
}

/// Makes rows of results. It remembers the initiative of the last one: results mostly come initiative by initiative.
struct Rows<'a> {
    parents: &'a Parents<'a>,
    last: Option<(String, i32, String, &'a StoredInitiative)>,
}

impl<'a> Rows<'a> {
    fn new(parents: &'a Parents<'a>) -> Self {
        Self {
            parents,
            last: None,
        }
    }

    /// A result as it is stored.
    fn row(
        &mut self,
        id: i64,
        result: Cow<'_, ReportedResult>,
        part_of_id: Option<i64>,
    ) -> Result<reported_result::Model, ImportError> {
        let is_of = |last: &&(String, i32, String, &StoredInitiative)| {
            (&last.0, last.1, &last.2)
                == (
                    &result.agency,
                    result.report_fiscal_year,
                    &result.initiative,
                )
        };
        let initiative = match self.last.as_ref().filter(is_of) {
            Some(last) => last.3,
            None => {
                let initiative = find(self.parents.initiatives, &result.initiative_key())?;
                let (agency, slug) = (result.agency.clone(), result.initiative.clone());
                self.last = Some((agency, result.report_fiscal_year, slug, initiative));
                initiative
            }
        };
        let metric = find(self.parents.metrics, &keys::metric(&result.metric))?;
        Ok(row(id, result.into_owned(), initiative, metric, part_of_id))
    }
}

fn row(
    id: i64,
    result: ReportedResult,
    initiative: &StoredInitiative,
    metric: &StoredMetric,
    part_of_id: Option<i64>,
) -> reported_result::Model {
    let (natural_key, attainment) = (result.natural_key(), result.attainment());
    reported_result::Model {
        id,
        initiative_id: initiative.id,
        report_id: initiative.report_id,
        agency_id: initiative.agency_id,
        division_id: initiative.division_id,
        goal_id: initiative.goal_id,
        metric_id: metric.id,
        unit_id: metric.unit_id,
        key: result.key,
        position: result.position,
        label: result.label,
        value: result.value,
        target: result.target,
        attainment,
        precision: result.precision,
        fiscal_year: result.fiscal_year,
        scope: result.scope,
        as_of: result.as_of,
        is_record: result.is_record,
        note: result.note,
        part_of_id,
        // Alone, until the statements are linked.
        figure_id: id,
        statement_number: 0,
        is_superseded: false,
        superseded_by_id: None,
        natural_key,
        sort_key: keys::sort::in_report(
            &initiative.agency_code,
            result.report_fiscal_year,
            result.position,
        ),
        source_place: result.source_place,
    }
}

/// What each part is a part of.
pub(super) fn wholes(results: &[ReportedResult]) -> Result<Wholes, ImportError> {
    let keys: Vec<_> = results.iter().map(ReportedResult::whole_key).collect();
    let wanted: HashSet<&String> = keys.iter().flatten().collect();
    let mut places = ByKey::new();
    for (place, result) in results.iter().enumerate() {
        let key = result.natural_key();
        if wanted.contains(&key) {
            places.insert(key, to_place(place));
        }
    }
    let mut pairs = Vec::new();
    for (part, key) in keys.iter().enumerate() {
        if let Some(key) = key {
            pairs.push((to_place(part), *find(&places, key)?));
        }
    }
    Ok(Wholes::new(pairs))
}
