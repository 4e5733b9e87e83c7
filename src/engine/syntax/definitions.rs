//! Operations, fragments, and what they select.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, FragmentDefinition, FragmentSpread,
        InlineFragment, OperationDefinition, OperationType, Selection, SelectionSet, TypeCondition,
        VariableDefinition,
    },
};

use super::{Parser, fault, token::Token};
use crate::error::{Code, RequestError};

/// What a definition begins with.
const DEFINITION: &str = "query, mutation, subscription, fragment or {";

/// What is wrong with a description before anything else, and before an operation that is only a selection.
const NOT_DESCRIBED: &str = "only an operation with its keyword or a fragment can be described";

/// A definition, with its name.
enum Definition {
    Operation(Option<Name>, Positioned<OperationDefinition>),
    Fragment(Name, Positioned<FragmentDefinition>),
}

impl Parser<'_> {
    /// The whole document.
    pub(super) fn document(&mut self) -> Result<ExecutableDocument, RequestError> {
        let mut nameless = None;
        let mut named = HashMap::new();
        let mut fragments = HashMap::new();
        loop {
            match self.definition()? {
                Definition::Operation(None, operation) => nameless = Some(operation),
                Definition::Operation(Some(name), operation) => {
                    named.insert(name, operation);
                }
                Definition::Fragment(name, fragment) => {
                    fragments.insert(name, fragment);
                }
            }
            if self.token == Token::End {
                break;
            }
        }
        let operations = match nameless {
            Some(operation) => DocumentOperations::Single(operation),
            None => DocumentOperations::Multiple(named),
        };
        Ok(ExecutableDocument {
            operations,
            fragments,
        })
    }

    fn definition(&mut self) -> Result<Definition, RequestError> {
        let start = self.pos;
        let described = self.description()?;
        let pos = self.pos;
        let keyword = match self.token {
            Token::Name(keyword) => keyword,
            Token::Punctuator('{') if !described => {
                let operation = OperationDefinition {
                    ty: OperationType::Query,
                    variable_definitions: Vec::new(),
                    directives: Vec::new(),
                    selection_set: self.selection_set()?,
                };
                return Ok(Definition::Operation(None, Positioned::new(operation, pos)));
            }
            Token::Punctuator('{') => {
                return Err(fault(start, NOT_DESCRIBED));
            }
            _ => return Err(self.unexpected(DEFINITION)),
        };
        match keyword {
            "query" => self.operation(OperationType::Query),
            "mutation" => self.operation(OperationType::Mutation),
            "subscription" => self.operation(OperationType::Subscription),
            "fragment" => self.fragment(),
            "schema" | "scalar" | "type" | "interface" | "union" | "enum" | "input"
            | "directive" | "extend" => Err(RequestError::new(
                Code::ValidationFailed,
                format!("A request has operations and fragments, and {keyword} defines neither; leave it out."),
            )
            .at(pos)),
            _ if described => Err(fault(start, NOT_DESCRIBED)),
            _ => Err(self.unexpected(DEFINITION)),
        }
    }

    /// Takes a description, if there is one.
    fn description(&mut self) -> Result<bool, RequestError> {
        if !matches!(self.token, Token::Text(_)) {
            return Ok(false);
        }
        let place = self.lexer.last();
        self.take()?;
        self.descriptions.push(place);
        Ok(true)
    }

    fn operation(&mut self, ty: OperationType) -> Result<Definition, RequestError> {
        let pos = self.pos;
        self.take()?;
        let name = match self.token {
            Token::Name(_) => Some(self.name()?.node),
            _ => None,
        };
        let mut variable_definitions = Vec::new();
        if self.took('(')? {
            loop {
                variable_definitions.push(self.variable_definition()?);
                if self.took(')')? {
                    break;
                }
            }
        }
        let operation = OperationDefinition {
            ty,
            variable_definitions,
            directives: self.directives()?,
            selection_set: self.selection_set()?,
        };
        Ok(Definition::Operation(name, Positioned::new(operation, pos)))
    }

    fn variable_definition(&mut self) -> Result<Positioned<VariableDefinition>, RequestError> {
        self.description()?;
        let pos = self.pos;
        let name = self.variable()?;
        self.expect(':')?;
        let var_type = self.reference()?;
        let default_value = match self.took('=')? {
            true => Some(self.constant()?),
            false => None,
        };
        let definition = VariableDefinition {
            name,
            var_type,
            directives: self.constant_directives()?,
            default_value,
        };
        Ok(Positioned::new(definition, pos))
    }

    fn fragment(&mut self) -> Result<Definition, RequestError> {
        let pos = self.pos;
        self.take()?;
        if self.token == Token::Name("on") {
            return Err(self.unexpected("a name other than \"on\""));
        }
        let name = self.name()?.node;
        if self.token != Token::Name("on") {
            return Err(self.unexpected("\"on\""));
        }
        let fragment = FragmentDefinition {
            type_condition: self.type_condition()?,
            directives: self.directives()?,
            selection_set: self.selection_set()?,
        };
        Ok(Definition::Fragment(name, Positioned::new(fragment, pos)))
    }

    /// `on`, which has been seen to come next, and a name.
    fn type_condition(&mut self) -> Result<Positioned<TypeCondition>, RequestError> {
        let pos = self.pos;
        self.take()?;
        Ok(Positioned::new(TypeCondition { on: self.name()? }, pos))
    }

    fn selection_set(&mut self) -> Result<Positioned<SelectionSet>, RequestError> {
        let pos = self.pos;
        self.expect('{')?;
        let mut items = Vec::new();
        loop {
            let pos = self.pos;
            items.push(Positioned::new(self.selection()?, pos));
            if self.took('}')? {
                break;
            }
        }
        Ok(Positioned::new(SelectionSet { items }, pos))
    }

    fn selection(&mut self) -> Result<Selection, RequestError> {
        match self.token {
            Token::Spread => self.spread(),
            Token::Name(_) => Ok(Selection::Field(self.field()?)),
            _ => Err(self.unexpected("a selection")),
        }
    }

    fn field(&mut self) -> Result<Positioned<Field>, RequestError> {
        let pos = self.pos;
        let first = self.name()?;
        let (alias, name) = match self.took(':')? {
            true => (Some(first), self.name()?),
            false => (None, first),
        };
        let arguments = self.arguments()?;
        let directives = self.directives()?;
        let selection_set = match self.is('{') {
            true => self.selection_set()?,
            false => Positioned::default(),
        };
        let field = Field {
            alias,
            name,
            arguments,
            directives,
            selection_set,
        };
        Ok(Positioned::new(field, pos))
    }

    fn spread(&mut self) -> Result<Selection, RequestError> {
        let pos = self.pos;
        self.take()?;
        match self.token {
            Token::Name(name) if name != "on" => {
                let spread = FragmentSpread {
                    fragment_name: self.name()?,
                    directives: self.directives()?,
                };
                Ok(Selection::FragmentSpread(Positioned::new(spread, pos)))
            }
            _ => {
                let type_condition = match self.token {
                    Token::Name(_) => Some(self.type_condition()?),
                    _ => None,
                };
                let fragment = InlineFragment {
                    type_condition,
                    directives: self.directives()?,
                    selection_set: self.selection_set()?,
                };
                Ok(Selection::InlineFragment(Positioned::new(fragment, pos)))
            }
        }
    }
}
