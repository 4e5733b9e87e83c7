//! Names, values, types and directives.

use super::{Parser, fault, token::Token};
use crate::{
    document::{digits::check_number, position::position},
    error::RequestError,
};

/// Whether there may be variables in a value.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Variables {
    Allowed,
    Refused,
}

impl<'t> Parser<'t> {
    /// A name; a keyword is one too.
    pub(super) fn name(&mut self) -> Result<&'t str, RequestError> {
        match self.token {
            Token::Name(name) => {
                self.take()?;
                Ok(name)
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    /// `$` and a name.
    pub(super) fn variable(&mut self) -> Result<&'t str, RequestError> {
        self.expect('$')?;
        self.name()
    }

    /// The type of a variable.
    pub(super) fn reference(&mut self) -> Result<(), RequestError> {
        if self.took('[')? {
            self.reference()?;
            self.expect(']')?;
        } else {
            self.name()?;
        }
        self.took('!')?;
        Ok(())
    }

    pub(super) fn directives(&mut self, variables: Variables) -> Result<(), RequestError> {
        while self.took('@')? {
            self.name()?;
            self.arguments(variables)?;
        }
        Ok(())
    }

    /// The arguments of a field or a directive.
    pub(super) fn arguments(&mut self, variables: Variables) -> Result<(), RequestError> {
        if self.took('(')? {
            loop {
                self.entry(variables)?;
                if self.took(')')? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// A name and a value.
    fn entry(&mut self, variables: Variables) -> Result<(), RequestError> {
        self.name()?;
        self.expect(':')?;
        self.value(variables)
    }

    pub(super) fn value(&mut self, variables: Variables) -> Result<(), RequestError> {
        let start = self.place.start;
        match self.token {
            Token::Punctuator('[') => {
                self.take()?;
                while !self.took(']')? {
                    self.value(variables)?;
                }
                Ok(())
            }
            Token::Punctuator('{') => {
                self.take()?;
                while !self.took('}')? {
                    self.entry(variables)?;
                }
                Ok(())
            }
            Token::Punctuator('$') => {
                let name = self.variable()?;
                match variables {
                    Variables::Allowed => Ok(()),
                    Variables::Refused => Err(fault(
                        position(self.text, start),
                        format!("${name} stands where no variable may be"),
                    )),
                }
            }
            Token::Number(written) => {
                check_number(written).map_err(|fault| fault.at(self.pos()))?;
                self.take()
            }
            Token::Text | Token::Name(_) => self.take(),
            _ => Err(self.unexpected("a value")),
        }
    }
}
