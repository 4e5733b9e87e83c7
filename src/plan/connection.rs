//! Plans a connection: what of its page, its count and its aggregate is asked for.

use apollo_compiler::executable::SelectionSet;

use super::{
    aggregated::{Aggregated, Totals, UnitPlaces},
    arguments::Arguments,
    fetch::Fetch,
    filter::{Filter, filter},
    group::TotalRef,
    order::{order, scope},
    output::{
        AggregateOutput, AmountOutput, ConnectionOutput, EdgeOutput, Object, PageInfoField,
        ResponseKey, TotalOutput,
    },
    page::{Listed, Page},
    planner::Planner,
    selection::Selected,
    share::Share,
    tree::{Collection, ParentLink, Wanted},
};
use crate::{
    error::RequestError,
    schema::{
        declaration::{AggregateType, Connection, Measure},
        total::{
            AMOUNT, AMOUNT_FIELDS, PERCENTILE_SHARE, TOTAL, TOTAL_FIELDS, TOTAL_SCOPE, TOTAL_UNIT,
            TotalPart,
        },
        unit_of_measure::{UNIT_IN_WORDS, UNIT_OF_MEASURE},
    },
};

type Keyed<T> = Vec<(ResponseKey, T)>;

impl<'q> Planner<'q> {
    /// The collection whose rows are those of `level`, and what to write of it. Its fetch is still the level's. All its
    /// rows are `within` that filter, if there is one, whatever `where` chooses among them.
    pub(super) fn collection(
        &mut self,
        level: usize,
        connection: &'static Connection,
        parent: Option<ParentLink>,
        within: Option<Filter>,
        selected: &Selected<'q>,
    ) -> Result<(Collection, Keyed<ConnectionOutput>), RequestError> {
        let arguments = Arguments::new(self.operation, selected.field);
        let own = arguments
            .object("where")
            .map(|value| filter(connection.node, &value))
            .transpose()
            .map_err(|fault| self.here(arguments.fault_inside("where", &fault.path, fault.what)))?;
        let filter = Filter::both(within, own);
        let order_by = arguments.object("orderBy");
        let order = order(connection, order_by.as_ref(), self.codes).map_err(|fault| {
            self.here(arguments.fault_inside("orderBy", &fault.path, fault.what))
        })?;
        let listed = Listed {
            type_name: connection.node.name,
            plural: connection.plural,
        };
        let page = Page::from_arguments(
            &arguments,
            listed,
            &order,
            self.limits.pages(),
            parent.is_some(),
        )
        .map_err(|fault| self.here(fault))?;
        let mut collection = Collection {
            connection,
            parent,
            filter,
            order,
            order_places: Vec::new(),
            page,
            wanted: Wanted::default(),
            fetch: Fetch::new(connection.node),
            aggregated: Aggregated::default(),
            groups: Vec::new(),
            asked: self.place(selected),
        };
        let fields = self
            .operation
            .fields(connection.name, false, &selected.sets);
        let fields = self.each(fields, |planner, selected| {
            planner.connection_field(level, &mut collection, selected)
        })?;
        if collection.wanted.anything() {
            let fetch = self.fetch(level);
            collection.order_places = collection
                .order
                .keys
                .iter()
                .map(|key| fetch.order_place(&key.by))
                .collect();
        }
        Ok((collection, fields))
    }

    fn connection_field(
        &mut self,
        level: usize,
        collection: &mut Collection,
        selected: &Selected<'q>,
    ) -> Result<ConnectionOutput, RequestError> {
        let connection = collection.connection;
        match selected.field.name.as_str() {
            "__typename" => Ok(ConnectionOutput::Typename(connection.name)),
            "nodes" => {
                collection.wanted.rows = true;
                Ok(ConnectionOutput::Nodes(self.object(level, &selected.sets)?))
            }
            "edges" => {
                collection.wanted.rows = true;
                Ok(ConnectionOutput::Edges(self.edges(
                    level,
                    connection.edge_name,
                    &selected.sets,
                )?))
            }
            "pageInfo" => Ok(ConnectionOutput::PageInfo(
                self.page_info(&mut collection.wanted, &selected.sets)?,
            )),
            "totalCount" => Ok(ConnectionOutput::TotalCount(
                collection.aggregated.count(Measure::Count),
            )),
            "aggregate" => Ok(ConnectionOutput::Aggregate(self.aggregate(
                &mut collection.aggregated,
                connection.aggregate,
                &selected.sets,
            )?)),
            "groups" => {
                let kind = connection
                    .groups
                    .ok_or_else(|| self.unknown(connection.name, selected))?;
                let (groups, fields) = self.groups(collection, kind, selected)?;
                collection.groups.push(groups);
                let place = collection.groups.len() - 1;
                Ok(ConnectionOutput::Groups(place, fields))
            }
            _ => Err(self.unknown(connection.name, selected)),
        }
    }

    pub(super) fn edges(
        &mut self,
        level: usize,
        edge_name: &'static str,
        sets: &[&'q SelectionSet],
    ) -> Result<Keyed<EdgeOutput>, RequestError> {
        let fields = self.operation.fields(edge_name, false, sets);
        self.each(fields, |planner, selected| {
            match selected.field.name.as_str() {
                "__typename" => Ok(EdgeOutput::Typename(edge_name)),
                "cursor" => Ok(EdgeOutput::Cursor),
                "node" => Ok(EdgeOutput::Node(planner.object(level, &selected.sets)?)),
                _ => Err(planner.unknown(edge_name, selected)),
            }
        })
    }

    pub(super) fn page_info(
        &mut self,
        wanted: &mut Wanted,
        sets: &[&'q SelectionSet],
    ) -> Result<Keyed<PageInfoField>, RequestError> {
        let fields = self.operation.fields("PageInfo", false, sets);
        self.each(fields, |planner, selected| {
            match selected.field.name.as_str() {
                "__typename" => Ok(PageInfoField::Typename),
                "hasNextPage" => {
                    wanted.next = true;
                    Ok(PageInfoField::HasNextPage)
                }
                "hasPreviousPage" => {
                    wanted.previous = true;
                    Ok(PageInfoField::HasPreviousPage)
                }
                "startCursor" => {
                    wanted.rows = true;
                    Ok(PageInfoField::StartCursor)
                }
                "endCursor" => {
                    wanted.rows = true;
                    Ok(PageInfoField::EndCursor)
                }
                _ => Err(planner.unknown("PageInfo", selected)),
            }
        })
    }

    pub(super) fn aggregate(
        &mut self,
        aggregated: &mut Aggregated,
        aggregate: &'static AggregateType,
        sets: &[&'q SelectionSet],
    ) -> Result<Keyed<AggregateOutput>, RequestError> {
        let fields = self.operation.fields(aggregate.name, false, sets);
        self.each(fields, |planner, selected| {
            let name = selected.field.name.as_str();
            if name == "__typename" {
                return Ok(AggregateOutput::Typename(aggregate.name));
            }
            let field = aggregate
                .fields
                .iter()
                .find(|field| field.name == name)
                .ok_or_else(|| planner.unknown(aggregate.name, selected))?;
            match field.measure {
                Measure::Totals => Ok(AggregateOutput::Totals(
                    planner.totals(aggregated.totals_mut(), &selected.sets)?,
                )),
                Measure::Total => planner.total(aggregated.totals_mut(), selected),
                measure => Ok(AggregateOutput::Count(aggregated.count(measure))),
            }
        })
    }

    /// What to write of a total, and what it needs.
    pub(super) fn totals(
        &mut self,
        totals: &mut Totals,
        sets: &[&'q SelectionSet],
    ) -> Result<Keyed<TotalOutput>, RequestError> {
        let fields = self.operation.fields(TOTAL, false, sets);
        self.each(fields, |planner, selected| {
            let name = selected.field.name.as_str();
            if name == "__typename" {
                return Ok(TotalOutput::Typename);
            }
            let part = TOTAL_FIELDS
                .iter()
                .find(|field| field.name == name)
                .map(|field| field.part)
                .ok_or_else(|| planner.unknown(TOTAL, selected))?;
            let needs = &mut totals.needs;
            let percentile = match part {
                TotalPart::Unit => {
                    return Ok(TotalOutput::Unit(
                        planner.total_unit(&mut totals.unit, &selected.sets)?,
                    ));
                }
                TotalPart::InWords => {
                    needs.judged = true;
                    needs.extremes = true;
                    needs.origin = true;
                    let places = UNIT_IN_WORDS.map(|column| totals.unit.column(column));
                    return Ok(TotalOutput::InWords(UnitPlaces::new(places)));
                }
                TotalPart::Scope | TotalPart::Count => return Ok(TotalOutput::Part(part)),
                TotalPart::AtLeast | TotalPart::RestatedCount | TotalPart::Caveats => {
                    needs.judged = true;
                    return Ok(TotalOutput::Part(part));
                }
                TotalPart::Sum | TotalPart::Mean => {
                    needs.judged = true;
                    None
                }
                TotalPart::Min | TotalPart::Max => {
                    needs.extremes = true;
                    None
                }
                TotalPart::Median => Some(Share::HALF),
                TotalPart::Percentile => Some(planner.share(selected)?),
            };
            let percentile = percentile.map(|share| totals.percentile(share));
            let amount = planner.amount(&selected.sets)?;
            Ok(match percentile {
                Some(place) => TotalOutput::Percentile(place, amount),
                None => TotalOutput::Amount(part, amount),
            })
        })
    }

    /// What to write of an amount.
    fn amount(&mut self, sets: &[&'q SelectionSet]) -> Result<Keyed<AmountOutput>, RequestError> {
        let fields = self.operation.fields(AMOUNT, false, sets);
        self.each(fields, |planner, selected| {
            let name = selected.field.name.as_str();
            if name == "__typename" {
                return Ok(AmountOutput::Typename);
            }
            AMOUNT_FIELDS
                .iter()
                .find(|field| field.name == name)
                .map(|field| AmountOutput::Part(field.part))
                .ok_or_else(|| planner.unknown(AMOUNT, selected))
        })
    }

    /// The total that a field names, and what to write of it.
    fn total(
        &mut self,
        totals: &mut Totals,
        selected: &Selected<'q>,
    ) -> Result<AggregateOutput, RequestError> {
        let arguments = Arguments::new(self.operation, selected.field);
        let unit = arguments
            .string(TOTAL_UNIT)
            .and_then(|unit| {
                unit.ok_or_else(|| arguments.fault(TOTAL_UNIT, "name a unit by its code"))
            })
            .map_err(|fault| self.here(fault))?;
        let scope = scope(arguments.object(TOTAL_SCOPE).as_ref())
            .map_err(|fault| self.here(arguments.fault(TOTAL_SCOPE, fault.what)))?;
        let unit_code = totals.unit_code;
        Ok(AggregateOutput::Total {
            total: TotalRef { unit, scope },
            unit_code,
            fields: self.totals(totals, &selected.sets)?,
        })
    }

    /// The share that a percentile is of.
    fn share(&self, selected: &Selected<'q>) -> Result<Share, RequestError> {
        let arguments = Arguments::new(self.operation, selected.field);
        let fault = |what: &str| arguments.fault(PERCENTILE_SHARE, what);
        arguments
            .number(PERCENTILE_SHARE)
            .and_then(|number| number.ok_or_else(|| fault("there is no share")))
            .and_then(|number| {
                Share::new(number).ok_or_else(|| {
                    fault("a share lies between 0 and 1; that of the 90th percentile is 0.9")
                })
            })
            .map_err(|fault| self.here(fault))
    }

    fn total_unit(
        &mut self,
        unit: &mut Fetch,
        sets: &[&'q SelectionSet],
    ) -> Result<Object, RequestError> {
        let planned = std::mem::replace(unit, Fetch::new(&UNIT_OF_MEASURE));
        let (fetch, object) = self.at_root(&UNIT_OF_MEASURE, |planner, level| {
            *planner.fetch(level) = planned;
            planner.object(level, sets)
        })?;
        *unit = fetch;
        Ok(object)
    }
}
