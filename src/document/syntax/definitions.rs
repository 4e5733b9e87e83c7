//! Operations, fragments, and what they select.

use super::{Parser, fault, token::Token, values::Variables};
use crate::{
    document::{measure, position::position},
    error::{Code, RequestError},
};

/// What a definition begins with.
const DEFINITION: &str = "query, mutation, subscription, fragment or {";

/// What is wrong with a description before anything else, and before an operation that is only a selection.
const NOT_DESCRIBED: &str = "only an operation with its keyword or a fragment can be described";

impl Parser<'_> {
    /// The whole document.
    pub(super) fn document(&mut self) -> Result<(), RequestError> {
        loop {
            self.definition()?;
            if self.token == Token::End {
                return Ok(());
            }
        }
    }

    fn definition(&mut self) -> Result<(), RequestError> {
        let start = self.place.start;
        let described = self.description()?;
        match self.token {
            Token::Punctuator('{') if !described => self.selection_set(),
            Token::Name("query" | "mutation" | "subscription") => self.operation(),
            Token::Name("fragment") => self.fragment(),
            Token::Name(
                keyword @ ("schema" | "scalar" | "type" | "interface" | "union" | "enum" | "input"
                | "directive" | "extend"),
            ) => Err(RequestError::new(
                Code::ValidationFailed,
                format!("A request has operations and fragments, and {keyword} defines neither; leave it out."),
            )
            .at(self.pos())),
            Token::Punctuator('{') | Token::Name(_) if described => {
                Err(fault(position(self.text, start), NOT_DESCRIBED))
            }
            _ => Err(self.unexpected(DEFINITION)),
        }
    }

    /// Takes a description, if there is one.
    fn description(&mut self) -> Result<bool, RequestError> {
        let found = self.token == Token::Text;
        if found {
            self.blanks.push(self.place.clone());
            self.take()?;
        }
        Ok(found)
    }

    fn operation(&mut self) -> Result<(), RequestError> {
        self.take()?;
        if let Token::Name(_) = self.token {
            self.take()?;
        }
        if self.took('(')? {
            loop {
                self.variable_definition()?;
                if self.took(')')? {
                    break;
                }
            }
        }
        self.directives(Variables::Allowed)?;
        self.selection_set()
    }

    fn variable_definition(&mut self) -> Result<(), RequestError> {
        self.description()?;
        self.variable()?;
        self.expect(':')?;
        self.reference()?;
        if self.took('=')? {
            self.value(Variables::Refused)?;
        }
        self.directives(Variables::Refused)
    }

    fn fragment(&mut self) -> Result<(), RequestError> {
        self.take()?;
        if self.token == Token::Name("on") {
            return Err(self.unexpected("a name other than \"on\""));
        }
        self.name()?;
        if self.token != Token::Name("on") {
            return Err(self.unexpected("\"on\""));
        }
        self.type_condition()?;
        self.directives(Variables::Allowed)?;
        self.selection_set()
    }

    /// `on`, which has been seen to come next, and a name.
    fn type_condition(&mut self) -> Result<(), RequestError> {
        self.take()?;
        self.name()?;
        Ok(())
    }

    fn selection_set(&mut self) -> Result<(), RequestError> {
        let start = self.place.start;
        self.expect('{')?;
        self.selections += 1;
        measure::selections(self.limits, self.selections, || position(self.text, start))?;
        loop {
            self.selection()?;
            if self.took('}')? {
                break;
            }
        }
        self.selections -= 1;
        Ok(())
    }

    fn selection(&mut self) -> Result<(), RequestError> {
        match self.token {
            Token::Spread => self.spread(),
            Token::Name(_) => self.field(),
            _ => Err(self.unexpected("a selection")),
        }
    }

    fn field(&mut self) -> Result<(), RequestError> {
        self.name()?;
        if self.took(':')? {
            self.name()?;
        }
        self.arguments(Variables::Allowed)?;
        self.directives(Variables::Allowed)?;
        match self.is('{') {
            true => self.selection_set(),
            false => Ok(()),
        }
    }

    fn spread(&mut self) -> Result<(), RequestError> {
        self.take()?;
        match self.token {
            Token::Name("on") => self.type_condition()?,
            Token::Name(_) => {
                self.take()?;
                return self.directives(Variables::Allowed);
            }
            _ => {}
        }
        self.directives(Variables::Allowed)?;
        self.selection_set()
    }
}
