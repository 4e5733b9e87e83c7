//! The search index: documents for the rows that an import adds.
//!
//! SQLite keeps no texts in the index but reads them from the tables. So a row that were changed or removed would have
//! to be taken out of the index first, by its old texts; today nothing is.

use entity::enums::SearchKind;
use entity::{division, initiative, metric, reported_result, search};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::write;

/// The documents that an import adds: those whose rows were not there when it began.
pub(super) struct NewDocuments([(SearchKind, i64); 4]);

impl NewDocuments {
    /// Whatever is written from now on is new.
    pub(super) async fn from_now_on(transaction: &DatabaseTransaction) -> Result<Self, DbErr> {
        Ok(Self([
            (
                SearchKind::Division,
                write::first_free_id::<division::Entity>(transaction).await?,
            ),
            (
                SearchKind::Initiative,
                write::first_free_id::<initiative::Entity>(transaction).await?,
            ),
            (
                SearchKind::Result,
                write::first_free_id::<reported_result::Entity>(transaction).await?,
            ),
            (
                SearchKind::Metric,
                write::first_free_id::<metric::Entity>(transaction).await?,
            ),
        ]))
    }

    /// Adds them to the index.
    pub(super) async fn write(self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        let columns = || search::COLUMNS.map(Alias::new);
        for (kind, first) in self.0 {
            let document = || Expr::col(Alias::new(search::DOCUMENT));
            let texts = Query::select()
                .expr(document())
                .columns(columns())
                .from(Alias::new(search::TEXTS))
                .and_where(document().between(
                    search::document(kind, first),
                    *search::documents(kind).end(),
                ))
                .to_owned();
            let mut insert = Query::insert();
            insert
                .into_table(Alias::new(search::TABLE))
                .columns([Alias::new("rowid")].into_iter().chain(columns()))
                .select_from(texts)
                .map_err(|fault| DbErr::Custom(fault.to_string()))?;
            transaction.execute(&insert).await?;
        }
        Ok(())
    }
}
