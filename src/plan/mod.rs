//! The plan: what an operation asks for, as plain data, decided once and before anything is read.
//!
//! `selection` settles fragments, merged fields and directives; `arguments`, `filter`, `dates`, `order`, `having`, `page`,
//! `cursor` and `words` interpret what was typed; `codes` holds the codes it may name; `planner` walks the selection along the declarations, with
//! `connection`, `group`, `series`, `previous` and `search` for what each of them is, and makes a [`Plan`]. A plan says
//! for each occurrence of a type what to fetch ([`Fetch`]), and for each response key from where its value comes
//! ([`Object`]). `cost` tells what that may come to.
//!
//! Planning does no I/O and knows no SQL, and every fault a request can have is found here: after planning only the
//! database can fail.

mod aggregated;
mod arguments;
mod codes;
mod comparison;
mod connection;
mod cost;
pub mod cursor;
mod dates;
mod decimal;
mod extent;
mod fetch;
mod filter;
mod group;
mod having;
mod input;
mod measure;
mod order;
mod order_name;
mod output;
mod page;
mod planner;
mod previous;
mod root;
mod search;
mod selection;
mod series;
mod share;
mod table;
mod tree;
mod words;

pub use aggregated::{Aggregated, TotalNeeds, Totals, UnitPlaces};
pub use codes::Codes;
pub use comparison::{NumberTest, Test};
pub use cost::{Cost, CostLimits, cost};
pub use fetch::{
    ChangeColumns, Fetch, FetchColumn, FigureColumns, Holder, Joined, Link, List, ListLink,
    OrderPlace, Series, ToOne,
};
pub use filter::Filter;
pub use group::{GroupDimension, GroupKey, Groups, TotalNumber, TotalRef};
pub use having::Having;
pub use order::{KeyValue, NUMBER_BASE, Order, OrderBy, OrderKey, OrderTotal, Position};
pub use output::{
    AggregateOutput, AmountOutput, ChangeOutput, ConnectionOutput, EdgeOutput, FieldPlace, Object,
    Output, PageInfoField, ResponseKey, ResultInWords, SeriesOutput, TotalOutput,
};
pub use page::{Page, PageDirection};
pub use root::plan;
pub use search::{OfEachKind, Search, SearchEdgeOutput, SearchOutput, SnippetOutput};
pub use selection::Operation;
pub use share::Share;
pub use table::{PAGE_KEY, Table, TableColumn, TableLists, table};
pub use tree::{Collection, GroupLink, ParentLink, Plan, Root, RootOutput, RowOutput, Wanted};
pub use words::Words;
