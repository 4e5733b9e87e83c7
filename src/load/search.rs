//! Loads a search: the hits of its page, their snippets, the objects they are, and how many hits there are in all.

use std::collections::HashMap;

use entity::search::row;

use super::{
    budget::located,
    collection::{NEIGHBOURS, PageSlice, arrange, key_value},
    rows::Rows,
    snapshot::Session,
    snippet::{Piece, snippet},
    tree::{LoadedFetch, load_referred},
};
use crate::{
    error::Internal,
    plan::{OfEachKind, Search, cursor},
    schema::search::SEARCH_CONNECTION,
    sql,
};

/// What was found.
pub struct LoadedSearch {
    /// The hits of the page; `None` where nothing of it is asked for.
    pub hits: Option<LoadedHits>,
    /// How many hits there are; `None` where that is not asked for.
    pub count: Option<i64>,
}

/// The kind of a hit, and the place of its row among the objects of the kind.
type Place = (usize, usize);

/// The objects of each kind; `None` where nothing is asked of them.
type Objects = OfEachKind<Option<LoadedFetch>>;

/// The hits of a page, in their order.
pub struct LoadedHits {
    /// Where the page lies; its rows are all there are.
    pub slice: PageSlice,
    /// The objects of each kind; `None` where nothing is asked of them.
    pub objects: Objects,
    /// For each hit, its kind and the place of its row among the objects of the kind.
    places: Vec<Place>,
    rows: Rows,
    /// The name of the order, for cursors.
    order_name: String,
    /// The snippets of documents.
    snippets: HashMap<i64, Vec<Piece>>,
}

impl LoadedHits {
    /// The kind of a hit, and the place of its row among the objects of the kind.
    pub fn place(&self, hit: usize) -> Place {
        self.places[hit]
    }

    /// The cursor of a hit.
    pub fn cursor(&self, hit: usize) -> String {
        let values = sql::KEYS
            .iter()
            .map(|key| key_value(self.rows.cell(hit, *key)));
        cursor::encode(SEARCH_CONNECTION, &self.order_name, values)
    }

    /// How well a hit fits.
    pub fn score(&self, hit: usize) -> f64 {
        let rank = self.rows.int(hit, sql::KEYS[0]).unwrap_or_default();
        -rank as f64 / sql::RANKS as f64
    }

    /// The pieces of a hit's snippet, and whether each is a word that was looked for.
    pub fn snippet(&self, hit: usize) -> impl Iterator<Item = (&str, bool)> {
        let document = self.rows.int(hit, sql::DOCUMENT);
        document
            .and_then(|document| self.snippets.get(&document))
            .into_iter()
            .flatten()
            .map(|(piece, is_hit)| (piece.as_str(), *is_hit))
    }
}

/// Loads a search. Where it is for nothing that there is, nothing is read.
pub(super) fn load_search(
    session: &mut Session<'_>,
    search: &Search,
) -> Result<LoadedSearch, Internal> {
    load_parts(session, search).map_err(|cause| located(cause, &search.asked))
}

fn load_parts(session: &mut Session<'_>, search: &Search) -> Result<LoadedSearch, Internal> {
    let hits = search
        .wanted
        .anything()
        .then(|| load_hits(session, search))
        .transpose()?;
    let count = search
        .is_counted
        .then(|| count(session, search))
        .transpose()?;
    Ok(LoadedSearch { hits, count })
}

fn count(session: &mut Session<'_>, search: &Search) -> Result<i64, Internal> {
    if search.kinds.is_empty() {
        return Ok(0);
    }
    let rows = session.rows(&sql::search_count(session.dialect(), search), Rows::new(1))?;
    rows.int(0, 0)
        .ok_or_else(|| Internal::Broken("a count has no row".into()))
}

fn load_hits(session: &mut Session<'_>, search: &Search) -> Result<LoadedHits, Internal> {
    let mut rows = Rows::with_room(sql::WIDTH, search.page.size as usize + NEIGHBOURS);
    if !search.kinds.is_empty() {
        rows = session.rows(&sql::search_page(session.dialect(), search), rows)?;
    }
    let (places, slices) = arrange(&search.page, &search.order, &sql::KEYS, &rows, 1);
    let rows = rows.arranged(&places);
    let documents: Vec<i64> = (0..rows.len())
        .filter_map(|hit| rows.int(hit, sql::DOCUMENT))
        .collect();
    let mut snippets = HashMap::new();
    if search.has_snippets && !documents.is_empty() {
        snippets = load_snippets(session, search, &documents)?;
    }
    let (places, objects) = load_objects(session, search, &documents)?;
    Ok(LoadedHits {
        slice: slices.first().copied().unwrap_or_default(),
        objects,
        places,
        rows,
        order_name: search.order.name.clone(),
        snippets,
    })
}

/// The snippets of documents, by their numbers.
fn load_snippets(
    session: &mut Session<'_>,
    search: &Search,
    documents: &[i64],
) -> Result<HashMap<i64, Vec<Piece>>, Internal> {
    let room = Rows::with_room(sql::TEXTS_WIDTH, documents.len());
    let rows = session.rows(&sql::search_texts(session.dialect(), documents), room)?;
    let snippets = (0..rows.len()).filter_map(|row| {
        let texts = (1..sql::TEXTS_WIDTH).map(|column| rows.text(row, column));
        Some((rows.int(row, 0)?, snippet(texts, &search.words)))
    });
    Ok(snippets.collect())
}

/// The objects behind documents, one statement a kind, and where the object of each document is.
fn load_objects(
    session: &mut Session<'_>,
    search: &Search,
    documents: &[i64],
) -> Result<(Vec<Place>, Objects), Internal> {
    let lost = || Internal::Broken("the search index names a row that there is not".into());
    let found = documents
        .iter()
        .map(|document| row(*document).ok_or_else(lost))
        .collect::<Result<Vec<_>, _>>()?;
    let mut places = vec![(0, 0); found.len()];
    let mut objects = Objects::default();
    for (kind, fetch) in search.fetches.iter().enumerate() {
        let ids: Vec<Option<i64>> = found
            .iter()
            .map(|(of, id)| (*of as usize == kind).then_some(*id))
            .collect();
        if fetch.is_bare() {
            for (place, _) in places.iter_mut().zip(&ids).filter(|(_, id)| id.is_some()) {
                *place = (kind, 0);
            }
            continue;
        }
        let (links, loaded) = load_referred(session, fetch, &ids)?;
        for (hit, _) in ids.iter().enumerate().filter(|(_, id)| id.is_some()) {
            let row = links[hit].ok_or_else(lost)?;
            places[hit] = (kind, row as usize);
        }
        objects[kind] = Some(loaded);
    }
    Ok((places, objects))
}
