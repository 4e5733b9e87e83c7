//! The columns of one list of objects, and the lists inside its objects, which no column can hold. It changes nothing.

use std::collections::HashSet;

use super::beside;
use crate::plan::{
    output::{
        AggregateOutput, ConnectionOutput, EdgeOutput, Object, Output, ResponseKey, SeriesOutput,
        TotalOutput,
    },
    search::SearchEdgeOutput,
};

/// A list of objects.
#[derive(Default)]
pub(super) struct Found {
    pub(super) path: Vec<String>,
    /// The paths of its columns, in their order, and to find them again.
    pub(super) columns: Vec<Vec<String>>,
    known: HashSet<Vec<String>>,
    /// Collections inside its objects, from the object on.
    pub(super) collections: Vec<Vec<String>>,
    /// Other lists there.
    pub(super) lists: Vec<Vec<String>>,
    /// The key of the node, where its objects are edges that have nothing else.
    pub(super) node: Option<String>,
    pub(super) most: Option<u32>,
}

impl Found {
    /// One of which nothing is known yet but where it is.
    pub(super) fn at(path: Vec<String>) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }

    fn column(&mut self, path: Vec<String>) {
        // Objects of several types in one list share the columns that they have in common.
        if self.known.insert(path.clone()) {
            self.columns.push(path);
        }
    }

    pub(super) fn object(&mut self, object: &Object, path: &[String]) {
        for (key, output) in &object.fields {
            let path = beside(path, key);
            match output {
                Output::Typename(_) | Output::Id(..) | Output::Scalar(..) | Output::InWords(_) => {
                    self.column(path)
                }
                Output::SameRow { object, .. }
                | Output::ToOne { object, .. }
                | Output::AtHand { object, .. } => self.object(object, &path),
                Output::Change(fields) => self.leaves(fields, &path),
                Output::Aggregate(fields) => self.aggregate(fields, &path),
                Output::Collection { fields, .. } => self.inner(fields, &path),
                Output::List { .. } | Output::Series { .. } => self.lists.push(path),
            }
        }
    }

    /// What is said of a collection inside a row may be single values; its rows are not.
    fn inner(&mut self, fields: &[(ResponseKey, ConnectionOutput)], path: &[String]) {
        for (key, field) in fields {
            let path = beside(path, key);
            match field {
                ConnectionOutput::Typename(_) | ConnectionOutput::TotalCount(_) => {
                    self.column(path);
                }
                ConnectionOutput::PageInfo(fields) => self.leaves(fields, &path),
                ConnectionOutput::Aggregate(fields) => self.aggregate(fields, &path),
                ConnectionOutput::Nodes(_)
                | ConnectionOutput::Edges(_)
                | ConnectionOutput::Groups(..) => self.collections.push(path),
            }
        }
    }

    pub(super) fn edges(&mut self, fields: &[(ResponseKey, EdgeOutput)]) {
        if let [(key, EdgeOutput::Node(_))] = fields {
            self.node = Some(key.name().to_owned());
        }
        for (key, field) in fields {
            let path = beside(&[], key);
            match field {
                EdgeOutput::Typename(_) | EdgeOutput::Cursor => self.column(path),
                EdgeOutput::Node(object) => self.object(object, &path),
            }
        }
    }

    pub(super) fn hits(&mut self, fields: &[(ResponseKey, SearchEdgeOutput)]) {
        if let [(key, SearchEdgeOutput::Node(_))] = fields {
            self.node = Some(key.name().to_owned());
        }
        for (key, field) in fields {
            let path = beside(&[], key);
            match field {
                SearchEdgeOutput::Typename | SearchEdgeOutput::Cursor | SearchEdgeOutput::Score => {
                    self.column(path)
                }
                SearchEdgeOutput::Node(objects) => {
                    objects.iter().for_each(|object| self.object(object, &path))
                }
                SearchEdgeOutput::Snippet(_) => self.lists.push(path),
            }
        }
    }

    pub(super) fn points(&mut self, fields: &[(ResponseKey, SeriesOutput)]) {
        for (key, field) in fields {
            let path = beside(&[], key);
            match field {
                SeriesOutput::Typename | SeriesOutput::FiscalYear => self.column(path),
                SeriesOutput::Total(fields) => self.total(fields, &path),
                SeriesOutput::Change(fields) => self.leaves(fields, &path),
            }
        }
    }

    fn aggregate(&mut self, fields: &[(ResponseKey, AggregateOutput)], path: &[String]) {
        for (key, field) in fields {
            let path = beside(path, key);
            match field {
                AggregateOutput::Typename(_) | AggregateOutput::Count(_) => self.column(path),
                AggregateOutput::Totals(_) => self.lists.push(path),
                AggregateOutput::Total { fields, .. } => self.total(fields, &path),
            }
        }
    }

    pub(super) fn total(&mut self, fields: &[(ResponseKey, TotalOutput)], path: &[String]) {
        for (key, field) in fields {
            let path = beside(path, key);
            match field {
                TotalOutput::Typename | TotalOutput::Part(_) | TotalOutput::InWords(_) => {
                    self.column(path);
                }
                TotalOutput::Amount(_, fields) | TotalOutput::Percentile(_, fields) => {
                    self.leaves(fields, &path);
                }
                TotalOutput::Unit(object) => self.object(object, &path),
            }
        }
    }

    fn leaves<T>(&mut self, fields: &[(ResponseKey, T)], path: &[String]) {
        for (key, _) in fields {
            self.column(beside(path, key));
        }
    }
}
