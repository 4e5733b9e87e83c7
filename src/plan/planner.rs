//! Walks a selection along the declarations and fills in fetches and objects.
//!
//! The planner keeps a stack of levels, one for each occurrence of a type that it is inside of. A child that asks for
//! the row it hangs on (`initiative { results { initiative } }`) is answered from the level above, without a fetch.

use apollo_compiler::executable::SelectionSet;
use async_graphql::Pos;

use super::{
    aggregated::{Aggregated, UnitPlaces},
    codes::Codes,
    fetch::{Fetch, Link, List, ListLink, ToOne},
    group::GroupLevel,
    output::{FieldPlace, Object, Output, ResponseKey, ResultInWords},
    selection::{Operation, Selected},
    tree::{Collection, ParentLink},
};
use crate::{
    error::{Code, RequestError},
    limits::Limits,
    schema::declaration::{
        ColumnRef, Connection, EmbeddedType, Field, FigureInWords, ObjectType, Relation, Source,
    },
};

/// The state of planning one operation.
pub(super) struct Planner<'q> {
    pub(super) operation: &'q Operation<'q>,
    pub(super) limits: &'q Limits,
    pub(super) codes: Codes<'q>,
    /// How many bytes the arguments of the fields planned so far come to.
    pub(super) argument_bytes: u64,
    /// The response keys that lead to the field being planned.
    pub(super) path: Vec<String>,
    levels: Vec<Level>,
}

/// One occurrence of a type.
struct Level {
    fetch: Fetch,
    /// The level whose rows these rows hang on.
    parent: Option<usize>,
    /// The column of these rows that holds the id of the parent's row, where that is what ties them.
    link: Option<ColumnRef>,
    /// What its groups have in common, where the rows are groups.
    group: GroupLevel,
}

impl<'q> Planner<'q> {
    pub(super) fn new(
        operation: &'q Operation<'q>,
        limits: &'q Limits,
        codes: Codes<'q>,
    ) -> Planner<'q> {
        Planner {
            operation,
            limits,
            codes,
            argument_bytes: 0,
            path: Vec::new(),
            levels: Vec::new(),
        }
    }

    /// Runs `plan` inside a new level without parent and gives back what there is to fetch.
    pub(super) fn at_root<T>(
        &mut self,
        object: &'static ObjectType,
        plan: impl FnOnce(&mut Self, usize) -> Result<T, RequestError>,
    ) -> Result<(Fetch, T), RequestError> {
        self.inside(object, None, None, plan)
    }

    /// Runs `plan` inside a new level and gives back what there is to fetch.
    pub(super) fn inside<T>(
        &mut self,
        object: &'static ObjectType,
        parent: Option<usize>,
        link: Option<ColumnRef>,
        plan: impl FnOnce(&mut Self, usize) -> Result<T, RequestError>,
    ) -> Result<(Fetch, T), RequestError> {
        let level = self.open(object);
        self.levels[level].parent = parent;
        self.levels[level].link = link;
        let planned = plan(self, level);
        let fetch = self.close().unwrap_or_else(|| Fetch::new(object));
        Ok((fetch, planned?))
    }

    /// Runs `plan` inside a level of groups and gives back what there is to fetch and to say of them.
    pub(super) fn in_group<T>(
        &mut self,
        fetch: Fetch,
        group: GroupLevel,
        plan: impl FnOnce(&mut Self, usize) -> Result<T, RequestError>,
    ) -> Result<(Fetch, Aggregated, T), RequestError> {
        let level = self.open(fetch.object);
        self.levels[level].fetch = fetch;
        self.levels[level].group = group;
        let planned = plan(self, level);
        let ended = self.levels.remove(level);
        Ok((ended.fetch, ended.group.aggregated, planned?))
    }

    /// Begins a new level without parent, for types whose rows are planned side by side.
    pub(super) fn open(&mut self, object: &'static ObjectType) -> usize {
        self.levels.push(Level {
            fetch: Fetch::new(object),
            parent: None,
            link: None,
            group: GroupLevel::default(),
        });
        self.levels.len() - 1
    }

    /// Ends the level that was begun last, and gives what there is to fetch.
    pub(super) fn close(&mut self) -> Option<Fetch> {
        self.levels.pop().map(|level| level.fetch)
    }

    /// The fetch of a level.
    pub(super) fn fetch(&mut self, level: usize) -> &mut Fetch {
        &mut self.levels[level].fetch
    }

    /// Runs `plan` for each selected field, with its key on the path.
    pub(super) fn each<T>(
        &mut self,
        fields: Vec<Selected<'q>>,
        mut plan: impl FnMut(&mut Self, &Selected<'q>) -> Result<T, RequestError>,
    ) -> Result<Vec<(ResponseKey, T)>, RequestError> {
        fields
            .into_iter()
            .map(|selected| {
                self.path.push(selected.key.to_owned());
                self.take_arguments(&selected)?;
                let planned = plan(self, &selected)?;
                self.path.pop();
                Ok((ResponseKey::new(selected.key), planned))
            })
            .collect()
    }

    /// Puts the path on a fault found in the field being planned.
    pub(super) fn here(&self, fault: RequestError) -> RequestError {
        fault.in_field(self.path.clone())
    }

    /// Where the field being planned stands.
    pub(super) fn place(&self, selected: &Selected<'q>) -> FieldPlace {
        FieldPlace {
            path: self.path.clone(),
            position: self.operation.position(selected.field),
        }
    }

    /// A field that validation should not have let through.
    pub(super) fn unknown(&self, type_name: &str, selected: &Selected<'q>) -> RequestError {
        let name = &selected.field.name;
        self.fault_at(
            self.operation.position(selected.field),
            format!("There is no field {name} on {type_name}."),
        )
    }

    fn fault_at(&self, position: Pos, message: String) -> RequestError {
        self.here(RequestError::new(Code::ValidationFailed, message).at(position))
    }

    /// An object of the rows of `level`.
    pub(super) fn object(
        &mut self,
        level: usize,
        sets: &[&'q SelectionSet],
    ) -> Result<Object, RequestError> {
        let declared = self.levels[level].fetch.object;
        let fields = self.operation.fields(declared.name, declared.is_node, sets);
        let fields = self.each(fields, |planner, selected| {
            match selected.field.name.as_str() {
                "__typename" => Ok(Output::Typename(declared.name)),
                name => match declared.field(name) {
                    Some(field) => planner.field(level, field, selected),
                    None => Err(planner.unknown(declared.name, selected)),
                },
            }
        })?;
        Ok(Object { fields })
    }

    fn field(
        &mut self,
        level: usize,
        field: &'static Field,
        selected: &Selected<'q>,
    ) -> Result<Output, RequestError> {
        match &field.source {
            Source::Id => {
                let fetch = self.fetch(level);
                let object = fetch.object;
                Ok(Output::Id(
                    object.name,
                    fetch.column(object.table.natural_key),
                ))
            }
            Source::Column(column, scalar) => {
                Ok(Output::Scalar(self.fetch(level).column(*column), *scalar))
            }
            Source::OfJoined {
                target,
                key,
                column,
                scalar,
            } => {
                let fetch = self.fetch(level);
                let join = fetch.join(target, *key);
                Ok(Output::Scalar(fetch.joined_column(join, *column), *scalar))
            }
            Source::Embedded {
                target,
                columns,
                present,
            } => {
                let present = present.map(|column| self.fetch(level).column(column));
                let object = self.embedded(level, target, columns, &selected.sets)?;
                Ok(Output::SameRow { present, object })
            }
            Source::Joined { target, key } => {
                let join = self.fetch(level).join(target, *key);
                let object = self.joined(level, join, target, &selected.sets)?;
                Ok(Output::SameRow {
                    present: None,
                    object,
                })
            }
            Source::ToOne { target, key, .. } => {
                self.plan_to_one(level, target, *key, &selected.sets)
            }
            Source::Collection(relation) => self.nested_collection(level, relation, selected),
            Source::Ancestors(closure, target) => {
                self.list(level, ListLink::Closure(closure), target, &selected.sets)
            }
            Source::List(list) => self.list(
                level,
                ListLink::Reference(list),
                list.target,
                &selected.sets,
            ),
            Source::Previous(target) => self.previous(level, target, &selected.sets),
            Source::Change(change) => self.change(level, change, &selected.sets),
            Source::InWords(in_words) => {
                Ok(Output::InWords(in_words_of(self.fetch(level), in_words)))
            }
            Source::Series(series) => self.series(level, series, selected),
            Source::Aggregate(aggregate) => {
                // Taken out while it is filled in, since what is below needs the whole planner.
                let mut aggregated = std::mem::take(&mut self.levels[level].group.aggregated);
                let fields = self.aggregate(&mut aggregated, aggregate, &selected.sets)?;
                self.levels[level].group.aggregated = aggregated;
                Ok(Output::Aggregate(fields))
            }
            Source::Members(connection) => self.members(level, connection, selected),
        }
    }

    /// A plain list of rows.
    fn list(
        &mut self,
        level: usize,
        link: ListLink,
        target: &'static ObjectType,
        sets: &[&'q SelectionSet],
    ) -> Result<Output, RequestError> {
        let (fetch, object) = self.inside(target, Some(level), None, |planner, child| {
            planner.object(child, sets)
        })?;
        let lists = &mut self.fetch(level).lists;
        lists.push(List { link, fetch });
        Ok(Output::List {
            child: lists.len() - 1,
            object,
        })
    }

    /// The rows of a group.
    fn members(
        &mut self,
        level: usize,
        connection: &'static Connection,
        selected: &Selected<'q>,
    ) -> Result<Output, RequestError> {
        let group = &self.levels[level].group;
        let (links, within) = (group.links.clone(), group.filter.clone());
        let (fetch, (mut collection, fields)) =
            self.inside(connection.node, Some(level), None, |planner, child| {
                let parent = Some(ParentLink::Group(links));
                planner.collection(child, connection, parent, within, selected)
            })?;
        collection.fetch = fetch;
        let collections = &mut self.fetch(level).collections;
        collections.push(collection);
        Ok(Output::Collection {
            child: collections.len() - 1,
            fields,
        })
    }

    fn embedded(
        &mut self,
        level: usize,
        target: &'static EmbeddedType,
        columns: &'static [ColumnRef],
        sets: &[&'q SelectionSet],
    ) -> Result<Object, RequestError> {
        let fields = self.operation.fields(target.name, false, sets);
        let fields = self.each(fields, |planner, selected| {
            let name = selected.field.name.as_str();
            if name == "__typename" {
                return Ok(Output::Typename(target.name));
            }
            target
                .fields
                .iter()
                .zip(columns)
                .find(|(field, _)| field.name == name)
                .map(|(field, column)| {
                    Output::Scalar(planner.fetch(level).column(*column), field.scalar)
                })
                .ok_or_else(|| planner.unknown(target.name, selected))
        })?;
        Ok(Object { fields })
    }

    /// An object of a table that is joined to the rows of `level`; such a table has columns only.
    fn joined(
        &mut self,
        level: usize,
        join: usize,
        target: &'static ObjectType,
        sets: &[&'q SelectionSet],
    ) -> Result<Object, RequestError> {
        let fields = self.operation.fields(target.name, target.is_node, sets);
        let fields = self.each(fields, |planner, selected| {
            match selected.field.name.as_str() {
                "__typename" => Ok(Output::Typename(target.name)),
                name => match target.field(name).map(|field| &field.source) {
                    Some(Source::Column(column, scalar)) => Ok(Output::Scalar(
                        planner.fetch(level).joined_column(join, *column),
                        *scalar,
                    )),
                    _ => Err(planner.unknown(target.name, selected)),
                },
            }
        })?;
        Ok(Object { fields })
    }

    fn plan_to_one(
        &mut self,
        level: usize,
        target: &'static ObjectType,
        key: ColumnRef,
        sets: &[&'q SelectionSet],
    ) -> Result<Output, RequestError> {
        if let Some(at_hand) = self.at_hand(level, key) {
            let object = self.object(at_hand, sets)?;
            let levels = self.distance(level, at_hand);
            return Ok(Output::AtHand { levels, object });
        }
        let key = self.fetch(level).column(key);
        let (fetch, object) = self.inside(target, Some(level), None, |planner, child| {
            planner.object(child, sets)
        })?;
        let to_ones = &mut self.fetch(level).to_ones;
        to_ones.push(ToOne {
            link: Link::Key(key),
            fetch,
        });
        Ok(Output::ToOne {
            child: to_ones.len() - 1,
            object,
        })
    }

    fn nested_collection(
        &mut self,
        level: usize,
        relation: &'static Relation,
        selected: &Selected<'q>,
    ) -> Result<Output, RequestError> {
        let fetch = self.fetch(level);
        let parent_key = fetch.column(relation.parent_key);
        let by_id = relation.parent_key.name() == fetch.object.table.id.name();
        let link = by_id.then_some(relation.foreign_key);
        let node = relation.connection.node;
        let (fetch, (mut collection, fields)) =
            self.inside(node, Some(level), link, |planner, child| {
                let parent = ParentLink::Reference {
                    parent_key,
                    foreign_key: relation.foreign_key,
                };
                planner.collection(child, relation.connection, Some(parent), None, selected)
            })?;
        collection.fetch = fetch;
        let collections: &mut Vec<Collection> = &mut self.fetch(level).collections;
        collections.push(collection);
        Ok(Output::Collection {
            child: collections.len() - 1,
            fields,
        })
    }

    /// The level whose rows `key` of the rows of `level` refers to, if they have been read on the way here. Nothing
    /// below a to-one reaches above it, so what is written of its row is the same wherever the row is referred to.
    fn at_hand(&self, level: usize, key: ColumnRef) -> Option<usize> {
        let Level {
            fetch,
            parent,
            link,
            ..
        } = &self.levels[level];
        let (parent, link) = ((*parent)?, (*link)?);
        if link.name() == key.name() {
            return Some(parent);
        }
        fetch
            .object
            .fields
            .iter()
            .find_map(|field| match &field.source {
                Source::ToOne {
                    key: column,
                    repeats: Some(repeats),
                    ..
                } if column.name() == key.name() && repeats.through.name() == link.name() => {
                    self.at_hand(parent, repeats.original)
                }
                _ => None,
            })
    }

    /// How many parents lie between two levels.
    fn distance(&self, from: usize, to: usize) -> usize {
        std::iter::successors(Some(from), |level| self.levels[*level].parent)
            .take_while(|level| *level != to)
            .count()
    }
}

/// Where the sentence of a figure finds what it is made of.
fn in_words_of(fetch: &mut Fetch, in_words: &FigureInWords) -> ResultInWords {
    let join = fetch.join(in_words.unit, in_words.unit_key);
    let unit = in_words
        .unit_columns
        .map(|column| fetch.joined_column(join, column));
    let join = fetch.join(in_words.initiative, in_words.initiative_key);
    let initiative = fetch.joined_column(join, in_words.initiative_name);
    let join = fetch.join(in_words.agency, in_words.agency_key);
    let agency = fetch.joined_column(join, in_words.agency_code);
    ResultInWords {
        agency,
        initiative,
        label: fetch.column(in_words.label),
        value: fetch.column(in_words.value),
        precision: fetch.column(in_words.precision),
        fiscal_year: fetch.column(in_words.fiscal_year),
        scope: fetch.column(in_words.scope),
        as_of: fetch.column(in_words.as_of),
        is_superseded: fetch.column(in_words.is_superseded),
        unit: UnitPlaces::new(unit),
    }
}
