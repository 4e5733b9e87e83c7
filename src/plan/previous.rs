//! Plans the result of the fiscal year before, and the change from it.
//!
//! Both come from the same rows: however often they are asked for of the rows of a fetch, these are fetched once.

use apollo_compiler::executable::SelectionSet;

use super::{
    fetch::{ChangeColumns, Fetch, FigureColumns, Link, ToOne},
    output::{ChangeOutput, Object, Output, ResponseKey},
    planner::Planner,
};
use crate::{
    error::RequestError,
    schema::{
        change::{CHANGE, CHANGE_FIELDS},
        declaration::{ChangeOf, ObjectType},
    },
};

impl<'q> Planner<'q> {
    /// The previous results of those of `level`.
    pub(super) fn previous(
        &mut self,
        level: usize,
        target: &'static ObjectType,
        sets: &[&'q SelectionSet],
    ) -> Result<Output, RequestError> {
        let child = previous_of(self.fetch(level), target);
        let before = &mut self.fetch(level).to_ones[child].fetch;
        let planned = std::mem::replace(before, Fetch::new(target));
        let (fetch, object): (Fetch, Object) =
            self.inside(target, Some(level), None, |planner, below| {
                *planner.fetch(below) = planned;
                planner.object(below, sets)
            })?;
        self.fetch(level).to_ones[child].fetch = fetch;
        Ok(Output::ToOne { child, object })
    }

    /// The change from the previous results of those of `level`.
    pub(super) fn change(
        &mut self,
        level: usize,
        change: &'static ChangeOf,
        sets: &[&'q SelectionSet],
    ) -> Result<Output, RequestError> {
        let fetch = self.fetch(level);
        if fetch.change.is_none() {
            let previous = previous_of(fetch, change.result);
            fetch.change = Some(ChangeColumns {
                previous,
                from: figure(&mut fetch.to_ones[previous].fetch, change),
                to: figure(fetch, change),
            });
        }
        Ok(Output::Change(self.change_fields(sets)?))
    }

    /// What to write of a change.
    pub(super) fn change_fields(
        &mut self,
        sets: &[&'q SelectionSet],
    ) -> Result<Vec<(ResponseKey, ChangeOutput)>, RequestError> {
        let fields = self.operation.fields(CHANGE, false, sets);
        self.each(fields, |planner, selected| {
            let name = selected.field.name.as_str();
            if name == "__typename" {
                return Ok(ChangeOutput::Typename);
            }
            CHANGE_FIELDS
                .iter()
                .find(|field| field.name == name)
                .map(|field| ChangeOutput::Part(field.part))
                .ok_or_else(|| planner.unknown(CHANGE, selected))
        })
    }
}

/// The place of the previous results; they are added if they are not there yet.
fn previous_of(fetch: &mut Fetch, target: &'static ObjectType) -> usize {
    let known = fetch
        .to_ones
        .iter()
        .position(|to_one| to_one.link == Link::Previous);
    known.unwrap_or_else(|| {
        fetch.to_ones.push(ToOne {
            link: Link::Previous,
            fetch: Fetch::new(target),
        });
        fetch.to_ones.len() - 1
    })
}

fn figure(fetch: &mut Fetch, change: &ChangeOf) -> FigureColumns {
    FigureColumns {
        value: fetch.column(change.value),
        precision: fetch.column(change.precision),
    }
}
