//! Loads what a plan asks for, level by level: one statement for all parents of an occurrence at once.
//!
//! `rows` holds what was read, `snapshot` is the one way to the database, `stop` says when a request's time is over and
//! `budget` how much it may hold, `levels` walks the plan, `gather` puts results together into totals, `figures` holds
//! what is kept of each, `catalogue` and `overlap` tell what may be counted twice and what is certain, `order_totals`
//! gathers the totals that rows are ordered by, `groups` keeps, orders and pages groups, `total` decides what the numbers
//! of a total are worth, and `change` what lies between two. All statements of a request run one after the other in one
//! read transaction. Nothing here may look at a GraphQL document or write JSON.

mod aggregates;
mod budget;
mod catalogue;
mod change;
mod collection;
mod figures;
mod gather;
mod groups;
mod levels;
mod order_totals;
mod overlap;
mod previous;
mod rows;
mod search;
mod series;
mod snapshot;
mod snippet;
mod sqlite;
mod stop;
mod total;

pub use aggregates::LoadedAggregates;
pub use change::Change;
pub use collection::{LoadedCollection, LoadedPage, PageSlice};
pub use levels::{Loaded, LoadedFetch, LoadedList, LoadedToOne, load};
pub use rows::{Cell, Rows};
pub use search::{LoadedHits, LoadedSearch};
pub use series::LoadedSeries;
pub use snapshot::{Executed, Record, Session, Snapshot, Take};
pub use sqlite::SqliteSnapshot;
pub use stop::{Stop, Waiting};
pub use total::{Amount, Caveats, Origin, Total, TotalNumbers};
