//! Plans a series: the totals of a metric, year by year.
//!
//! It is a collection of results in groups of one fiscal year, of which all are shown and nothing but their totals.

use super::{
    aggregated::{Aggregated, Totals},
    arguments::Arguments,
    comparison::Test,
    fetch::{Fetch, Series},
    filter::{Filter, filter},
    group::GroupDimension,
    order::Order,
    order::OrderBy,
    output::{Output, SeriesOutput},
    page::{Page, PageDirection},
    planner::Planner,
    selection::Selected,
    tree::{Collection, GroupLink, ParentLink, Wanted},
};
use crate::{
    error::RequestError,
    schema::{
        declaration::SeriesOf,
        series::{SERIES_AGENCY, SERIES_FIELDS, SERIES_POINT, SERIES_WHERE, SeriesPart},
    },
};

impl<'q> Planner<'q> {
    /// The series of the rows of `level`.
    pub(super) fn series(
        &mut self,
        level: usize,
        series: &'static SeriesOf,
        selected: &Selected<'q>,
    ) -> Result<Output, RequestError> {
        let connection = series.results.connection;
        let filter = self.series_filter(series, selected)?;
        let mut aggregated = Aggregated::default();
        let totals = aggregated.totals_mut();
        let fields = self.operation.fields(SERIES_POINT, false, &selected.sets);
        let fields = self.each(fields, |planner, selected| {
            planner.series_field(totals, selected)
        })?;
        let asked = self.place(selected);
        let fetch = self.fetch(level);
        let parent_key = fetch.column(series.results.parent_key);
        let results = Collection {
            connection,
            parent: Some(ParentLink::Reference {
                parent_key,
                foreign_key: series.results.foreign_key,
            }),
            filter,
            order: Order::default_of(connection.node),
            order_places: Vec::new(),
            page: Page {
                direction: PageDirection::Forwards,
                size: 0,
                is_chosen: false,
                after: None,
                before: None,
            },
            wanted: Wanted::default(),
            fetch: Fetch::new(connection.node),
            aggregated,
            groups: Vec::new(),
            asked: asked.clone(),
        };
        let year = GroupDimension {
            link: GroupLink {
                place: 0,
                column: series.year,
                by: OrderBy::Column(series.year),
                nullable: false,
            },
            target: None,
        };
        fetch.series.push(Series {
            results,
            year,
            asked,
        });
        Ok(Output::Series {
            child: fetch.series.len() - 1,
            fields,
        })
    }

    fn series_field(
        &mut self,
        totals: &mut Totals,
        selected: &Selected<'q>,
    ) -> Result<SeriesOutput, RequestError> {
        let name = selected.field.name.as_str();
        if name == "__typename" {
            return Ok(SeriesOutput::Typename);
        }
        let part = SERIES_FIELDS
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.part)
            .ok_or_else(|| self.unknown(SERIES_POINT, selected))?;
        match part {
            SeriesPart::FiscalYear => Ok(SeriesOutput::FiscalYear),
            SeriesPart::Total => Ok(SeriesOutput::Total(self.totals(totals, &selected.sets)?)),
            SeriesPart::Change => {
                totals.needs.judged = true;
                Ok(SeriesOutput::Change(self.change_fields(&selected.sets)?))
            }
        }
    }

    /// Which results a series is of; `None` for all of its metric.
    fn series_filter(
        &self,
        series: &'static SeriesOf,
        selected: &Selected<'q>,
    ) -> Result<Option<Filter>, RequestError> {
        let arguments = Arguments::new(self.operation, selected.field);
        let agency = arguments
            .string(SERIES_AGENCY)
            .map_err(|fault| self.here(fault))?
            .map(|code| Filter::ToOne {
                key: series.agency_key,
                nullable: false,
                target: series.agency,
                filter: Box::new(Filter::Column {
                    column: series.agency.table.natural_key,
                    nullable: false,
                    test: Test::OneOfTexts(vec![entity::keys::agency(&code)]),
                }),
            });
        let matching = arguments
            .object(SERIES_WHERE)
            .map(|value| filter(series.results.connection.node, &value))
            .transpose()
            .map_err(|fault| {
                self.here(arguments.fault_inside(SERIES_WHERE, &fault.path, fault.what))
            })?;
        Ok(Filter::both(agency, matching))
    }
}
