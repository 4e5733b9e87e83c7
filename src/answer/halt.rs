//! Why the writing of an answer ends before it is whole, and where that was.
//!
//! What is written on the way costs nothing for it: the path is put together while the writing is given up, from the
//! innermost field outwards.

use crate::{
    error::{Internal, PathPart},
    limits::Bound,
    plan::ResponseKey,
};

/// What comes of writing a part of an answer. The error is boxed, so that this is no larger than a pointer.
pub(super) type Written = Result<(), Box<Halted>>;

/// Writing was given up.
#[derive(Debug)]
pub(super) struct Halted {
    cause: Cause,
    /// The way to where it was, from the innermost part to the outermost.
    path: Vec<PathPart>,
}

#[derive(Debug)]
enum Cause {
    Full,
    Stopped,
}

impl Halted {
    /// The answer has become as long as it may.
    #[cold]
    pub(super) fn full() -> Box<Halted> {
        Box::new(Halted {
            cause: Cause::Full,
            path: Vec::new(),
        })
    }

    /// Its time was over, or nobody waits for it any longer.
    #[cold]
    pub(super) fn stopped() -> Box<Halted> {
        Box::new(Halted {
            cause: Cause::Stopped,
            path: Vec::new(),
        })
    }

    /// The same, under this key.
    #[cold]
    pub(super) fn in_key(mut self: Box<Self>, key: &ResponseKey) -> Box<Self> {
        self.path.push(key.name().into());
        self
    }

    /// The same, in this item of a list.
    #[cold]
    pub(super) fn in_item(mut self: Box<Self>, place: usize) -> Box<Self> {
        self.path.push(place.into());
        self
    }

    /// What the client or the log is told.
    pub(super) fn into_internal(self, answer: Bound) -> Internal {
        match self.cause {
            Cause::Stopped => Internal::Stopped,
            Cause::Full => {
                let path = self.path.into_iter().rev();
                Internal::Refused(Box::new(answer.overrun("answer").in_field(path)))
            }
        }
    }
}
