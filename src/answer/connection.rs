//! Writes connections: pages, counts and totals.

use super::{
    halt::Written,
    object::{Frame, Writer},
};
use crate::{
    load::{LoadedAggregates, LoadedCollection, LoadedPage, PageSlice, Total},
    plan::{
        AggregateOutput, ConnectionOutput, EdgeOutput, Object, PageInfoField, ResponseKey,
        TotalOutput,
    },
    schema::{
        enums::{CAVEAT, PRECISION, SCOPE},
        total::{TOTAL, TotalPart},
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
            TotalOutput::Percentile(place) => {
                writer.decimal(Some(total.percentiles[*place].into()))
            }
            TotalOutput::Part(part) => writer.total_part(*part, total),
        })
    }

    fn total_part(&mut self, part: TotalPart, total: &Total) -> Written {
        match part {
            TotalPart::Unit | TotalPart::Median | TotalPart::Percentile => self.null(),
            TotalPart::Scope => {
                let place = usize::try_from(total.scope).unwrap_or_default();
                self.string(SCOPE.values[place].0)
            }
            TotalPart::Count => self.int(total.count),
            TotalPart::Sum => self.decimal(total.sum.map(|sum| sum.value)),
            TotalPart::Mean => self.decimal(total.sum.map(|sum| sum.mean)),
            TotalPart::Precision => match total.sum {
                Some(sum) => {
                    let place = usize::try_from(sum.precision.code()).unwrap_or_default();
                    self.string(PRECISION.values[place].0)
                }
                None => self.null(),
            },
            TotalPart::Min => self.decimal(total.extremes.map(|(smallest, _)| smallest.into())),
            TotalPart::Max => self.decimal(total.extremes.map(|(_, largest)| largest.into())),
            TotalPart::Caveats => self.list(total.caveats.places(), |writer, place| {
                writer.string(CAVEAT.values[place].0)
            }),
        }
    }
}
