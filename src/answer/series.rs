//! Writes series and changes.

use super::{halt::Written, object::Writer};
use crate::{
    load::{Change, LoadedSeries},
    plan::{ChangeOutput, ResponseKey, SeriesOutput},
    schema::{
        change::{CHANGE, ChangePart},
        series::SERIES_POINT,
    },
};

impl Writer {
    /// The series of the row at this place.
    pub(super) fn series(
        &mut self,
        fields: &[(ResponseKey, SeriesOutput)],
        series: &LoadedSeries,
        row: usize,
    ) -> Written {
        self.list(
            &series.points[series.ranges[row].clone()],
            |writer, point| {
                writer.fields(fields, |writer, (_, output)| match output {
                    SeriesOutput::Typename => writer.string(SERIES_POINT),
                    SeriesOutput::FiscalYear => writer.int(point.year),
                    SeriesOutput::Total(fields) => {
                        writer.total(fields, &series.totals, point.total)
                    }
                    SeriesOutput::Change(fields) => writer.change(fields, point.change),
                })
            },
        )
    }

    /// A change, null where there is none.
    pub(super) fn change(
        &mut self,
        fields: &[(ResponseKey, ChangeOutput)],
        change: Option<Change>,
    ) -> Written {
        let Some(change) = change else {
            return self.null();
        };
        self.fields(fields, |writer, (_, output)| match output {
            ChangeOutput::Typename => writer.string(CHANGE),
            ChangeOutput::Part(ChangePart::From) => writer.decimal(Some(change.from)),
            ChangeOutput::Part(ChangePart::To) => writer.decimal(Some(change.to)),
            ChangeOutput::Part(ChangePart::Absolute) => writer.decimal(Some(change.absolute)),
            ChangeOutput::Part(ChangePart::Percent) => writer.decimal(change.percent),
            ChangeOutput::Part(ChangePart::Precision) => writer.precision(change.precision),
        })
    }
}
