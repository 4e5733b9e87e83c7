//! How many bytes of memory one request may have loaded. Nothing here knows what is loaded.

use crate::{
    error::{Internal, RequestError},
    limits::{Bound, Limits},
    plan::FieldPlace,
};

/// The most bytes that may be held for a request, and how many are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    bound: Bound,
    held: usize,
}

impl Budget {
    /// Nothing is held yet.
    pub(super) fn new(bound: Bound) -> Budget {
        Budget { bound, held: 0 }
    }

    /// Makes sure that so many bytes more may be held.
    ///
    /// # Errors
    /// [`Internal::Refused`] where they may not.
    #[inline]
    pub(super) fn check(&self, more: usize) -> Result<(), Internal> {
        match self.held.saturating_add(more) <= self.bound.bytes() {
            true => Ok(()),
            false => Err(self.passed()),
        }
    }

    /// Holds so many bytes more, to the end of the request.
    ///
    /// # Errors
    /// [`Internal::Refused`] where they may not be held.
    pub(super) fn hold(&mut self, more: usize) -> Result<(), Internal> {
        self.check(more)?;
        self.held += more;
        Ok(())
    }

    /// How many bytes more may be held.
    pub(super) fn room(&self) -> usize {
        self.bound.bytes().saturating_sub(self.held)
    }

    /// What is told where more would be held.
    #[cold]
    pub(super) fn passed(&self) -> Internal {
        Internal::Refused(Box::new(self.bound.overrun("data behind the answer")))
    }
}

impl Default for Budget {
    /// As much as there is memory.
    fn default() -> Budget {
        let limits = Limits {
            loaded: u64::MAX,
            ..Limits::default()
        };
        Budget::new(limits.loaded())
    }
}

/// Says in which field a limit was passed, unless that is said already.
pub(super) fn located(cause: Internal, asked: &FieldPlace) -> Internal {
    match cause {
        Internal::Refused(fault) if fault.path.is_empty() => {
            let fault: RequestError = *fault;
            let path = asked.path.iter().map(String::as_str);
            Internal::Refused(Box::new(fault.in_field(path).at(asked.position)))
        }
        cause => cause,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Pos;

    use super::*;

    #[test]
    fn a_budget_is_held_to_the_byte_and_says_where_it_was_passed() {
        let limits = Limits {
            loaded: 10,
            ..Limits::default()
        };
        let mut budget = Budget::new(limits.loaded());
        budget.hold(4).unwrap();
        budget.check(6).unwrap();
        budget.hold(6).unwrap();
        budget.check(0).unwrap();
        assert!(budget.check(usize::MAX).is_err());
        let place = |key: &str| FieldPlace {
            path: vec![key.into()],
            position: Pos { line: 1, column: 2 },
        };
        let cause = located(budget.hold(1).unwrap_err(), &place("inner"));
        let Internal::Refused(fault) = located(cause, &place("outer")) else {
            panic!("it is refused");
        };
        assert_eq!(fault.path, ["inner".into()]);
        assert_eq!(fault.locations.len(), 1);
    }
}
