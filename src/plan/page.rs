//! Which page of a collection: the one place that looks at `first`, `after`, `last` and `before` and knows the limits.

use super::{
    arguments::Arguments,
    cursor,
    order::{Order, Position},
};
use crate::{error::RequestError, limits::PageLimits};

/// What a page is of.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    /// The GraphQL name of its type.
    pub(super) type_name: &'static str,
    /// What it is called, in the plural.
    pub(super) plural: &'static str,
}

/// From which end a page is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageDirection {
    /// From the start, or from `after`.
    Forwards,
    /// From the end, or from `before`.
    Backwards,
}

/// A page: at most `size` rows between two places in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// From which end it is counted.
    pub direction: PageDirection,
    /// The most rows it has.
    pub size: u32,
    /// Whether the request says how many.
    pub is_chosen: bool,
    /// Only rows behind this place.
    pub after: Option<Position>,
    /// Only rows ahead of this place.
    pub before: Option<Position>,
}

impl Page {
    /// The page that a field's arguments ask for.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a negative size, one over the limit, `first` together with `last`, a cursor that is not
    /// one of ours and a cursor of another order.
    pub(super) fn from_arguments<B>(
        arguments: &Arguments<'_>,
        listed: Listed,
        order: &Order<B>,
        limits: PageLimits,
        is_nested: bool,
    ) -> Result<Page, RequestError> {
        let size = |name| -> Result<Option<u32>, RequestError> {
            match arguments.int(name)? {
                None => Ok(None),
                Some(size) => match u32::try_from(size) {
                    Err(_) => Err(arguments.fault(
                        name,
                        format!("{size} is negative; ask for 0 or more {}", listed.plural),
                    )),
                    Ok(size) if size > limits.largest => Err(arguments.fault(
                        name,
                        format!(
                            "{size} is more than the {largest} {plural} a page may have; ask for at most {largest} and go on with a cursor",
                            largest = limits.largest,
                            plural = listed.plural,
                        ),
                    )),
                    Ok(size) => Ok(Some(size)),
                },
            }
        };
        let place = |name| -> Result<Option<Position>, RequestError> {
            arguments
                .string(name)?
                .map(|cursor| {
                    cursor::decode(&cursor, listed.type_name, order)
                        .map_err(|fault| arguments.fault(name, fault))
                })
                .transpose()
        };
        let (direction, size, is_chosen) = match (size("first")?, size("last")?) {
            (Some(_), Some(_)) => {
                return Err(arguments.fault(
                    "last",
                    "first and last cannot be used together; keep the one for the direction you page in",
                ));
            }
            (Some(first), None) => (PageDirection::Forwards, first, true),
            (None, Some(last)) => (PageDirection::Backwards, last, true),
            (None, None) if is_nested => (PageDirection::Forwards, limits.nested_default, false),
            (None, None) => (PageDirection::Forwards, limits.root_default, false),
        };
        Ok(Page {
            direction,
            size,
            is_chosen,
            after: place("after")?,
            before: place("before")?,
        })
    }
}
