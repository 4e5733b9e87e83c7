//! Plans a search: its words, what to look among, its page, and what to write of the hits.
//!
//! The objects of a page are of several types, so there is a fetch for each type and, wherever objects are written, an
//! [`Object`] for each.

use apollo_compiler::executable::SelectionSet;
use entity::enums::SearchKind;

use super::{
    arguments::Arguments,
    fetch::Fetch,
    input::{items, word},
    order::{Order, OrderKey},
    order_name::order_name,
    output::{FieldPlace, Object, PageInfoField, ResponseKey},
    page::{Listed, Page},
    planner::Planner,
    selection::Selected,
    tree::Wanted,
    words::Words,
};
use crate::{
    error::RequestError,
    schema::search::{
        AGENCY, KINDS, SEARCH_CONNECTION, SEARCH_EDGE, SEARCH_PLURAL, SEARCHED, SNIPPET_PART, TEXT,
    },
};

type Keyed<T> = Vec<(ResponseKey, T)>;

/// One of each for what can be found, in the order of the codes of [`SearchKind`].
pub type OfEachKind<T> = [T; SEARCHED.len()];

/// One search.
pub struct Search {
    /// What must be there; the last word may be the beginning of one.
    pub words: Words,
    /// What may be found, each kind once, in the order of their codes.
    pub kinds: Vec<SearchKind>,
    /// The natural key of the agency that it must belong to, if it must.
    pub agency: Option<String>,
    /// The order of the hits: by rank, which is less for what fits better, kind and natural key.
    pub order: Order<()>,
    /// Which page.
    pub page: Page,
    /// What of the page has to be known.
    pub wanted: Wanted,
    /// Whether to tell where the words are.
    pub has_snippets: bool,
    /// Whether to count all hits.
    pub is_counted: bool,
    /// What to fetch of the hits of each kind.
    pub fetches: OfEachKind<Fetch>,
    /// The field that asks for it.
    pub asked: FieldPlace,
}

/// A field of the connection.
pub enum SearchOutput {
    /// The type's name.
    Typename,
    /// The objects of the page.
    Nodes(OfEachKind<Object>),
    /// The hits of the page.
    Edges(Keyed<SearchEdgeOutput>),
    /// Where the page lies.
    PageInfo(Keyed<PageInfoField>),
    /// How many hits there are.
    TotalCount,
}

/// A field of an edge.
pub enum SearchEdgeOutput {
    /// The type's name.
    Typename,
    /// The hit's cursor.
    Cursor,
    /// The object.
    Node(OfEachKind<Object>),
    /// How well it fits.
    Score,
    /// Where the words are.
    Snippet(Keyed<SnippetOutput>),
}

/// A field of a part of a snippet.
#[derive(Clone, Copy)]
pub enum SnippetOutput {
    /// The type's name.
    Typename,
    /// The piece of text.
    Text,
    /// Whether it is a word that was looked for.
    IsHit,
}

impl<'q> Planner<'q> {
    /// The search that a field asks for, and what to write of it.
    pub(super) fn search(
        &mut self,
        selected: &Selected<'q>,
    ) -> Result<(Search, Keyed<SearchOutput>), RequestError> {
        let arguments = Arguments::new(self.operation, selected.field);
        let mut search = self
            .search_arguments(&arguments, selected)
            .map_err(|fault| self.here(fault))?;
        let levels = SEARCHED.map(|object| self.open(object));
        let fields = self.search_fields(&mut search, &levels, selected);
        // They lie on each other, the last one on top.
        for fetch in search.fetches.iter_mut().rev() {
            if let Some(planned) = self.close() {
                *fetch = planned;
            }
        }
        Ok((search, fields?))
    }

    fn search_arguments(
        &self,
        arguments: &Arguments<'_>,
        selected: &Selected<'q>,
    ) -> Result<Search, RequestError> {
        let text = arguments.string(TEXT)?.unwrap_or_default();
        let words = Words::of(&text).map_err(|fault| arguments.fault(TEXT, fault))?;
        let agency = arguments
            .string(AGENCY)?
            .map(|code| code.to_ascii_lowercase());
        let asked = arguments.object(KINDS);
        let asked = asked.as_ref().map(items);
        let is_asked = |kind: &SearchKind| {
            let names = |value| word(value) == Some(kind.graphql_name());
            asked.is_none_or(|asked| asked.iter().any(names))
        };
        let belongs = |kind: &SearchKind| agency.is_none() || *kind != SearchKind::Metric;
        let kinds: Vec<SearchKind> = SearchKind::ALL
            .iter()
            .copied()
            .filter(|kind| is_asked(kind) && belongs(kind))
            .collect();
        let order = order(&words, &kinds, agency.as_deref());
        let listed = Listed {
            type_name: SEARCH_CONNECTION,
            plural: SEARCH_PLURAL,
        };
        let page = Page::from_arguments(arguments, listed, &order, self.limits.pages(), false)?;
        Ok(Search {
            words,
            kinds,
            agency,
            order,
            page,
            wanted: Wanted::default(),
            has_snippets: false,
            is_counted: false,
            fetches: SEARCHED.map(Fetch::new),
            asked: self.place(selected),
        })
    }

    fn search_fields(
        &mut self,
        search: &mut Search,
        levels: &OfEachKind<usize>,
        selected: &Selected<'q>,
    ) -> Result<Keyed<SearchOutput>, RequestError> {
        let fields = self
            .operation
            .fields(SEARCH_CONNECTION, false, &selected.sets);
        self.each(fields, |planner, selected| {
            match selected.field.name.as_str() {
                "__typename" => Ok(SearchOutput::Typename),
                "nodes" => {
                    search.wanted.rows = true;
                    Ok(SearchOutput::Nodes(
                        planner.search_nodes(levels, &selected.sets)?,
                    ))
                }
                "edges" => {
                    search.wanted.rows = true;
                    Ok(SearchOutput::Edges(
                        planner.search_edges(search, levels, selected)?,
                    ))
                }
                "pageInfo" => Ok(SearchOutput::PageInfo(
                    planner.page_info(&mut search.wanted, &selected.sets)?,
                )),
                "totalCount" => {
                    search.is_counted = true;
                    Ok(SearchOutput::TotalCount)
                }
                _ => Err(planner.unknown(SEARCH_CONNECTION, selected)),
            }
        })
    }

    fn search_edges(
        &mut self,
        search: &mut Search,
        levels: &OfEachKind<usize>,
        selected: &Selected<'q>,
    ) -> Result<Keyed<SearchEdgeOutput>, RequestError> {
        let fields = self.operation.fields(SEARCH_EDGE, false, &selected.sets);
        self.each(fields, |planner, selected| {
            match selected.field.name.as_str() {
                "__typename" => Ok(SearchEdgeOutput::Typename),
                "cursor" => Ok(SearchEdgeOutput::Cursor),
                "node" => Ok(SearchEdgeOutput::Node(
                    planner.search_nodes(levels, &selected.sets)?,
                )),
                "score" => Ok(SearchEdgeOutput::Score),
                "snippet" => {
                    search.has_snippets = true;
                    Ok(SearchEdgeOutput::Snippet(planner.snippet(&selected.sets)?))
                }
                _ => Err(planner.unknown(SEARCH_EDGE, selected)),
            }
        })
    }

    /// For each kind, what to write of an object of it.
    fn search_nodes(
        &mut self,
        levels: &OfEachKind<usize>,
        sets: &[&'q SelectionSet],
    ) -> Result<OfEachKind<Object>, RequestError> {
        let mut objects = OfEachKind::default();
        for (level, object) in levels.iter().zip(&mut objects) {
            *object = self.object(*level, sets)?;
        }
        Ok(objects)
    }

    fn snippet(&mut self, sets: &[&'q SelectionSet]) -> Result<Keyed<SnippetOutput>, RequestError> {
        let fields = self.operation.fields(SNIPPET_PART, false, sets);
        self.each(fields, |planner, selected| {
            match selected.field.name.as_str() {
                "__typename" => Ok(SnippetOutput::Typename),
                "text" => Ok(SnippetOutput::Text),
                "isHit" => Ok(SnippetOutput::IsHit),
                _ => Err(planner.unknown(SNIPPET_PART, selected)),
            }
        })
    }
}

/// The order of the hits. Its cursors are good for the same words, kinds and agency only.
fn order(words: &Words, kinds: &[SearchKind], agency: Option<&str>) -> Order<()> {
    let key = |is_text| OrderKey {
        by: (),
        descending: false,
        nullable: false,
        is_text,
    };
    // Neither words nor names of kinds have spaces.
    let words: Vec<&str> = words.iter().collect();
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.graphql_name()).collect();
    let mut searched = vec![words.join(" "), kinds.join(" ")];
    searched.extend(agency.map(str::to_owned));
    Order {
        keys: vec![key(false), key(false), key(true)],
        name: order_name(&searched),
    }
}
