//! The plan: what an operation asks for, as plain data, decided once and before anything is read.
//!
//! `selection` settles fragments, merged fields and directives; `arguments`, `page` and `cursor` interpret what was
//! typed; `planner` walks the selection along the declarations and makes a [`Plan`]. A plan says for each occurrence of
//! a type what to fetch ([`Fetch`]), and for each response key from where its value comes ([`Object`]). `cost` tells what
//! that may come to.
//!
//! Planning does no I/O and knows no SQL, and every fault a request can have is found here: after planning only the
//! database can fail.

mod arguments;
mod connection;
mod cost;
pub mod cursor;
mod decimal;
mod extent;
mod filter;
mod group;
mod having;
mod order;
mod page;
mod planner;
mod previous;
mod root;
mod search;
mod selection;
mod series;
mod share;
mod tree;
mod variables;
mod words;

pub use cost::{DEFAULT_COST_LIMIT, cost};
pub use filter::{Filter, Test};
pub use group::{GroupDimension, GroupKey, Groups, TotalRef};
pub use having::{Having, NumberTest};
pub use order::{KeyValue, Order, OrderBy, OrderKey, OrderTotal, Position};
pub use page::{Page, PageDirection, PageLimits};
pub use root::plan;
pub use search::{OfEachKind, Search, SearchEdgeOutput, SearchOutput, SnippetOutput};
pub use selection::Operation;
pub use share::Share;
pub use tree::{
    AggregateOutput, Aggregated, Ancestors, ChangeColumns, ChangeOutput, Collection,
    ConnectionOutput, EdgeOutput, Fetch, FetchColumn, FigureColumns, GroupLink, Joined, Link,
    Object, OrderPlace, Output, PageInfoField, ParentLink, Plan, ResponseKey, Root, RootOutput,
    RowOutput, Series, SeriesOutput, ToOne, TotalNeeds, TotalOutput, Totals, Wanted,
};
pub use variables::Variables;
pub use words::Words;
