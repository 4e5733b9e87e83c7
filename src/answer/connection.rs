//! Writes connections: pages, counts and totals.

use entity::enums::Precision;

use super::{
    halt::Written,
    in_words,
    object::{Frame, Writer},
};
use crate::{
    load::{Amount, LoadedAggregates, LoadedCollection, LoadedPage, PageSlice, Total},
    plan::{
        AggregateOutput, AmountOutput, ConnectionOutput, EdgeOutput, Object, PageInfoField,
        ResponseKey, TotalOutput,
    },
    schema::{
        enums::{CAVEAT, SCOPE},
        total::{AMOUNT, AmountPart, TOTAL, TotalPart},
    },
};

/// A page under one parent.
struct Paged<'a> {
    page: &'a LoadedPage,
    slice: PageSlice,
    above: Option<&'a Frame<'a>>,
}

impl Paged<'_> {
    fn cursor(&self, row: usize) -> String {
        self.page.cursor(row)
    }

    fn frame(&self, row: usize) -> Frame<'_> {
        Frame {
            fetch: &self.page.fetch,
            row,
            parent: self.above,
        }
    }
}

impl Writer {
    /// The connection under the parent at this place; `above` is the parent's own row, if it is not the root.
    pub(super) fn connection(
        &mut self,
        fields: &[(ResponseKey, ConnectionOutput)],
        collection: &LoadedCollection,
        parent: usize,
        above: Option<&Frame<'_>>,
    ) -> Written {
        let paged = collection.page.as_ref().map(|page| Paged {
            page,
            slice: page.slices[parent],
            above,
        });
        self.fields(fields, |writer, (_, output)| {
            match (output, &paged, &collection.aggregates) {
                (ConnectionOutput::Typename(name), ..) => writer.string(name),
                (ConnectionOutput::Nodes(object), Some(paged), _) => writer.nodes(object, paged),
                (ConnectionOutput::Edges(fields), Some(paged), _) => writer.edges(fields, paged),
                (ConnectionOutput::PageInfo(fields), paged, _) => {
                    let paged = paged.as_ref();
                    writer.page_info(fields, paged.map(|paged| paged.slice), |row| {
                        paged.map_or_else(String::new, |paged| paged.cursor(row))
                    })
                }
                (ConnectionOutput::TotalCount(place), _, Some(aggregates)) => {
                    writer.int(aggregates.count(parent, *place))
                }
                (ConnectionOutput::Aggregate(fields), _, aggregates) => {
                    writer.aggregate(fields, aggregates.as_ref(), parent)
                }
                (ConnectionOutput::Groups(place, fields), ..) => {
                    writer.connection(fields, &collection.groups[*place], parent, above)
                }
                _ => writer.null(),
            }
        })
    }

    fn nodes(&mut self, object: &Object, paged: &Paged<'_>) -> Written {
        self.list(paged.slice.start..paged.slice.end, |writer, row| {
            writer.object(object, &paged.frame(row))
        })
    }

    fn edges(&mut self, fields: &[(ResponseKey, EdgeOutput)], paged: &Paged<'_>) -> Written {
        self.list(paged.slice.start..paged.slice.end, |writer, row| {
            writer.fields(fields, |writer, (_, output)| match output {
                EdgeOutput::Typename(name) => writer.string(name),
                EdgeOutput::Cursor => writer.string(&paged.cursor(row)),
                EdgeOutput::Node(object) => writer.object(object, &paged.frame(row)),
            })
        })
    }

    /// Without a page only the type's name is asked for.
    pub(super) fn page_info(
        &mut self,
        fields: &[(ResponseKey, PageInfoField)],
        slice: Option<PageSlice>,
        cursor: impl Fn(usize) -> String,
    ) -> Written {
        self.fields(fields, |writer, (_, field)| match (field, slice) {
            (PageInfoField::Typename, _) => writer.string("PageInfo"),
            (PageInfoField::HasNextPage, Some(slice)) => writer.boolean(slice.has_next),
            (PageInfoField::HasPreviousPage, Some(slice)) => writer.boolean(slice.has_previous),
            (PageInfoField::StartCursor, Some(slice)) if slice.start < slice.end => {
                writer.string(&cursor(slice.start))
            }
            (PageInfoField::EndCursor, Some(slice)) if slice.start < slice.end => {
                writer.string(&cursor(slice.end - 1))
            }
            _ => writer.null(),
        })
    }

    /// Without aggregates only type names are asked for.
    pub(super) fn aggregate(
        &mut self,
        fields: &[(ResponseKey, AggregateOutput)],
        aggregates: Option<&LoadedAggregates>,
        parent: usize,
    ) -> Written {
        self.fields(fields, |writer, (_, output)| match (output, aggregates) {
            (AggregateOutput::Typename(name), _) => writer.string(name),
            (AggregateOutput::Count(place), Some(aggregates)) => {
                writer.int(aggregates.count(parent, *place))
            }
            (AggregateOutput::Totals(fields), Some(aggregates)) => writer
                .list(aggregates.totals(parent), |writer, place| {
                    writer.total(fields, aggregates, place)
                }),
            (
                AggregateOutput::Total {
                    total,
                    unit_code,
                    fields,
                },
                Some(aggregates),
            ) => match aggregates.total(parent, total, *unit_code) {
                Some(place) => writer.total(fields, aggregates, place),
                None => writer.null(),
            },
            _ => writer.null(),
        })
    }

    /// The total at this place among all.
    pub(super) fn total(
        &mut self,
        fields: &[(ResponseKey, TotalOutput)],
        aggregates: &LoadedAggregates,
        place: usize,
    ) -> Written {
        let total = &aggregates.all_totals[place];
        self.fields(fields, |writer, (_, output)| match output {
            TotalOutput::Typename => writer.string(TOTAL),
            TotalOutput::Unit(object) => writer.unit(object, &aggregates.units, place),
            TotalOutput::Percentile(place, fields) => {
                writer.amount(fields, total.percentiles.get(*place).copied())
            }
            TotalOutput::Amount(part, fields) => writer.amount(fields, amount(*part, total)),
            TotalOutput::InWords(unit) => {
                let unit = in_words::Unit::new(&aggregates.units, place, *unit);
                writer.string(&in_words::total(total, &unit))
            }
            TotalOutput::Part(part) => writer.total_part(*part, total),
        })
    }

    fn total_part(&mut self, part: TotalPart, total: &Total) -> Written {
        match part {
            TotalPart::Scope => {
                let place = usize::try_from(total.scope).unwrap_or_default();
                self.string(SCOPE.values[place].0)
            }
            TotalPart::Count => self.int(total.count),
            TotalPart::AtLeast => self.decimal(total.at_least),
            TotalPart::RestatedCount => self.int(total.restated),
            TotalPart::Caveats => self.list(total.caveats.places(), |writer, place| {
                writer.string(CAVEAT.values[place].0)
            }),
            TotalPart::Unit
            | TotalPart::InWords
            | TotalPart::Sum
            | TotalPart::Mean
            | TotalPart::Min
            | TotalPart::Max
            | TotalPart::Median
            | TotalPart::Percentile => self.null(),
        }
    }

    /// A number with how to read it, null where there is none.
    fn amount(
        &mut self,
        fields: &[(ResponseKey, AmountOutput)],
        amount: Option<Amount>,
    ) -> Written {
        let Some(amount) = amount else {
            return self.null();
        };
        self.fields(fields, |writer, (_, output)| match output {
            AmountOutput::Typename => writer.string(AMOUNT),
            AmountOutput::Part(AmountPart::Value) => writer.decimal(Some(amount.value)),
            AmountOutput::Part(AmountPart::Precision) => writer.precision(amount.precision),
        })
    }

    /// How to read a number, null where nothing can be said.
    pub(super) fn precision(&mut self, precision: Option<Precision>) -> Written {
        match precision {
            Some(precision) => self.string(precision.graphql_name()),
            None => self.null(),
        }
    }
}

/// The number that a field of a total is, where it is one.
fn amount(part: TotalPart, total: &Total) -> Option<Amount> {
    match part {
        TotalPart::Sum => total.sum,
        TotalPart::Mean => total.mean,
        TotalPart::Min => total.extremes.map(|(smallest, _)| smallest),
        TotalPart::Max => total.extremes.map(|(_, largest)| largest),
        _ => None,
    }
}
