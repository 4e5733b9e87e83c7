//! Names, values, types and directives.

use async_graphql::{
    Name, Number, Positioned,
    indexmap::IndexMap,
    parser::types::{BaseType, Directive, Type},
};
use async_graphql_value::{ConstValue, Value};

use super::{Parser, fault, token::Token};
use crate::{error::RequestError, guard::check_number};

/// The arguments of a field or a directive.
pub(super) type Arguments = Vec<(Positioned<Name>, Positioned<Value>)>;

/// Whether there may be variables in a value.
#[derive(Clone, Copy, PartialEq)]
enum Variables {
    Allowed,
    Refused,
}

impl Parser<'_> {
    /// A name; a keyword is one too.
    pub(super) fn name(&mut self) -> Result<Positioned<Name>, RequestError> {
        let pos = self.pos;
        match self.token {
            Token::Name(name) => {
                self.take()?;
                Ok(Positioned::new(Name::new(name), pos))
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    /// `$` and a name.
    pub(super) fn variable(&mut self) -> Result<Positioned<Name>, RequestError> {
        let pos = self.pos;
        self.expect('$')?;
        Ok(Positioned::new(self.name()?.node, pos))
    }

    /// The type of a variable.
    pub(super) fn reference(&mut self) -> Result<Positioned<Type>, RequestError> {
        let pos = self.pos;
        let base = if self.took('[')? {
            let item = self.reference()?;
            self.expect(']')?;
            BaseType::List(Box::new(item.node))
        } else {
            BaseType::Named(self.name()?.node)
        };
        let nullable = !self.took('!')?;
        Ok(Positioned::new(Type { base, nullable }, pos))
    }

    /// A value without variables in it.
    pub(super) fn constant(&mut self) -> Result<Positioned<ConstValue>, RequestError> {
        let Positioned { pos, node } = self.literal(Variables::Refused)?;
        // There are no variables to be replaced.
        let value = node.into_const().unwrap_or_default();
        Ok(Positioned::new(value, pos))
    }

    /// Directives where there may be variables.
    pub(super) fn directives(&mut self) -> Result<Vec<Positioned<Directive>>, RequestError> {
        self.directives_with(Variables::Allowed)
    }

    /// Directives where there may be none.
    pub(super) fn constant_directives(
        &mut self,
    ) -> Result<Vec<Positioned<Directive>>, RequestError> {
        self.directives_with(Variables::Refused)
    }

    /// Arguments of a field.
    pub(super) fn arguments(&mut self) -> Result<Arguments, RequestError> {
        self.arguments_with(Variables::Allowed)
    }

    fn directives_with(
        &mut self,
        variables: Variables,
    ) -> Result<Vec<Positioned<Directive>>, RequestError> {
        let mut directives = Vec::new();
        while self.is('@') {
            let pos = self.pos;
            self.take()?;
            let name = self.name()?;
            let arguments = self.arguments_with(variables)?;
            directives.push(Positioned::new(Directive { name, arguments }, pos));
        }
        Ok(directives)
    }

    fn arguments_with(&mut self, variables: Variables) -> Result<Arguments, RequestError> {
        let mut arguments = Vec::new();
        if self.took('(')? {
            loop {
                let name = self.name()?;
                self.expect(':')?;
                arguments.push((name, self.literal(variables)?));
                if self.took(')')? {
                    break;
                }
            }
        }
        Ok(arguments)
    }

    fn literal(&mut self, variables: Variables) -> Result<Positioned<Value>, RequestError> {
        let pos = self.pos;
        let value = match &mut self.token {
            Token::Punctuator('[') => self.list(variables)?,
            Token::Punctuator('{') => self.object(variables)?,
            Token::Punctuator('$') => {
                let name = self.variable()?.node;
                if variables == Variables::Refused {
                    return Err(fault(
                        pos,
                        format!("${name} stands where no variable may be"),
                    ));
                }
                Value::Variable(name)
            }
            token => {
                let value = match token {
                    Token::Number(written) => {
                        check_number(written).map_err(|fault| fault.at(pos))?;
                        Value::Number(number(written))
                    }
                    Token::Text(text) => Value::String(std::mem::take(text)),
                    Token::Name("true") => Value::Boolean(true),
                    Token::Name("false") => Value::Boolean(false),
                    Token::Name("null") => Value::Null,
                    Token::Name(name) => Value::Enum(Name::new(*name)),
                    _ => return Err(self.unexpected("a value")),
                };
                self.take()?;
                value
            }
        };
        Ok(Positioned::new(value, pos))
    }

    fn list(&mut self, variables: Variables) -> Result<Value, RequestError> {
        self.expect('[')?;
        let mut items = Vec::new();
        while !self.took(']')? {
            items.push(self.literal(variables)?.node);
        }
        Ok(Value::List(items))
    }

    fn object(&mut self, variables: Variables) -> Result<Value, RequestError> {
        self.expect('{')?;
        let mut entries = IndexMap::new();
        while !self.took('}')? {
            let name = self.name()?;
            self.expect(':')?;
            entries.insert(name.node, self.literal(variables)?.node);
        }
        Ok(Value::Object(entries))
    }
}

/// The value of a number; −0 is the whole number that it is. What is further from zero than any number that can be held is the furthest: no type takes it.
fn number(written: &str) -> Number {
    let written = if written == "-0" { "0" } else { written };
    written.parse().unwrap_or_else(|_| {
        let furthest = if written.starts_with('-') {
            f64::MIN
        } else {
            f64::MAX
        };
        Number::from_f64(furthest).unwrap_or_else(|| 0.into())
    })
}
