//! Goals and objectives: goals and initiatives of a package.

use super::{Reader, line_of, other_information};
use crate::package::stratml::carried::{OtherInformation, RowKind};
use crate::package::stratml::notices::NoticeKind::{Assumed, LeftOut};
use crate::package::stratml::notices::excerpt;
use crate::package::stratml::rows::RowCells;
use crate::package::stratml::text::{self, Taken};
use crate::package::stratml::xml::Element;

/// Characters of a description that become a name where there is none.
const NAME_CHARACTERS: usize = 80;

/// An element with what is in its `OtherInformation`.
type WithOther<'e> = (&'e Element, OtherInformation);

impl Reader<'_> {
    /// Reads all goals, with all that is in them.
    pub(super) fn goals(&mut self, core: &Element) {
        let goals: Vec<WithOther<'_>> = self.with_other(core, "Goal");
        let mut objectives = Vec::new();
        for (goal, _) in &goals {
            objectives.push(self.with_other(goal, "Objective"));
        }
        let mut codes = Taken::default();
        let mut slugs = Taken::default();
        let mut places = Places::default();
        take(&goals, RowKind::Goal, "code", &mut codes);
        for objectives in &objectives {
            take(objectives, RowKind::Initiative, "slug", &mut slugs);
            places.take(objectives);
        }
        let mut goal_places = Places::default();
        goal_places.take(&goals);
        for (number, ((goal, other), objectives)) in goals.iter().zip(&objectives).enumerate() {
            let is_none = other
                .first(RowKind::Goal)
                .is_some_and(|cells| cells.get("code").is_none_or(String::is_empty));
            let mut code = String::new();
            if !is_none {
                let place = goal_places.place(goal, other);
                code = self.goal(goal, other, number + 1, place, &mut codes);
            }
            for (count, (objective, other)) in objectives.iter().enumerate() {
                let at = format!(
                    "goal {}, objective {}",
                    number_of(goal, number),
                    number_of(objective, count)
                );
                let place = places.place(objective, other);
                self.objective(objective, other, &code, &at, place, &mut slugs);
            }
        }
        self.number_results();
    }

    fn with_other<'e>(&mut self, element: &'e Element, name: &'e str) -> Vec<WithOther<'e>> {
        let mut found = Vec::new();
        for child in element.all(name) {
            if child.says_something() {
                found.push((child, other_information(child, self.notices)));
            } else {
                let message = "holds nothing but its number; left out";
                self.notices.note_once(LeftOut, child.line, name, message);
            }
        }
        found
    }

    /// Reads a goal; its code.
    fn goal(
        &mut self,
        element: &Element,
        other: &OtherInformation,
        number: usize,
        place: usize,
        codes: &mut Taken,
    ) -> String {
        let mut row = RowCells::new(element.line, other.first(RowKind::Goal));
        let mut name = element.label("Name");
        if name.is_empty() && row.get("name").is_empty() {
            name = match element.prose("Description") {
                description if description.is_empty() => format!("Goal {number}"),
                description => shortened(&description),
            };
            let message = format!("has no Name; named {}", excerpt(&name));
            self.notices.note(Assumed, element.line, "Goal", message);
        }
        if row.get("code").is_empty() {
            let slug = text::slug(&name);
            let code = if slug.is_empty() {
                format!("goal-{number}")
            } else {
                slug
            };
            row.fill("code", codes.unique(&code));
        }
        row.fill("agency", &*self.agency)
            .fill("fiscal_year", self.period.fiscal_year.to_string())
            .fill("position", place.to_string())
            .fill("name", name);
        if !other.free.is_empty() {
            self.leave_out_text(element, other);
        }
        let code = row.get("code").to_owned();
        self.tables.goals.push(row);
        self.code(element.line, code)
    }

    /// Reads an objective with its indicators.
    fn objective(
        &mut self,
        element: &Element,
        other: &OtherInformation,
        goal: &str,
        at: &str,
        place: usize,
        slugs: &mut Taken,
    ) {
        let mut row = RowCells::new(element.line, other.first(RowKind::Initiative));
        let mut name = element.label("Name");
        let mut action = element.prose("Description");
        if name.is_empty() && row.get("name").is_empty() {
            name = match action.is_empty() {
                true => sentence(at),
                false => shortened(&action),
            };
            let message = format!("has no Name; named {}", excerpt(&name));
            self.notices
                .note(Assumed, element.line, "Objective", message);
        }
        if row.get("slug").is_empty() {
            let slug = match text::slug(&name) {
                slug if slug.is_empty() => text::slug(at),
                slug => slug,
            };
            row.fill("slug", slugs.unique(&slug));
        }
        if action.is_empty() && row.get("action").is_empty() {
            action.clone_from(&name);
            let message = "has no Description; its Name is taken as what was done";
            self.notices
                .note(Assumed, element.line, "Objective", message);
        }
        let slug = self.code(element.line, row.get("slug").to_owned());
        let results = self.indicators(element, &slug);
        let outcome = match other.first(RowKind::Initiative) {
            Some(_) => other.free.clone(),
            None => {
                if !other.free.is_empty() {
                    action = format!("{action}\n\n{}", other.free);
                }
                match results.in_words.is_empty() {
                    true => results.beside_figures.join("\n"),
                    false => results.in_words.join("\n"),
                }
            }
        };
        if outcome.is_empty() && row.get("outcome").is_empty() {
            let (outcome, message) = match results.figures {
                0 => (
                    "The document reports no result.",
                    "reports no result; its outcome says so",
                ),
                _ => (
                    "The document gives figures only.",
                    "has figures and no words about its result; its outcome says so",
                ),
            };
            row.fill("outcome", outcome);
            self.notices
                .note_once(Assumed, element.line, "Objective", message);
        }
        row.fill("agency", &*self.agency)
            .fill("fiscal_year", self.period.fiscal_year.to_string())
            .fill("position", place.to_string())
            .fill("name", name)
            .fill("action", action)
            .fill("outcome", outcome)
            .fill("source_place", at);
        if !goal.is_empty() {
            row.fill("goal", goal).fill("goal_basis", "STATED");
        }
        self.tables.initiatives.push(row);
    }

    fn leave_out_text(&mut self, element: &Element, other: &OtherInformation) {
        let line = line_of(element, "OtherInformation");
        let path = format!("{}/OtherInformation", element.name);
        let found = excerpt(&other.free);
        let message = format!("has no place in a package; left out: {found}");
        self.notices.note(LeftOut, line, path, message);
    }
}

/// Places in an order: those that our lines go with, and after them the order of the document.
#[derive(Default)]
struct Places {
    last: usize,
}

impl Places {
    fn take(&mut self, elements: &[WithOther<'_>]) {
        let taken = elements
            .iter()
            .filter_map(|(element, other)| own_place(element, other));
        self.last = taken.fold(self.last, usize::max);
    }

    fn place(&mut self, element: &Element, other: &OtherInformation) -> usize {
        own_place(element, other).unwrap_or_else(|| {
            self.last += 1;
            self.last
        })
    }
}

/// The place that annals wrote beside a line of its own.
fn own_place(element: &Element, other: &OtherInformation) -> Option<usize> {
    let number = element.label("SequenceIndicator");
    other.is_ours().then(|| number.parse().ok())?
}

/// Takes the codes that lines of ours have.
fn take(elements: &[WithOther<'_>], kind: RowKind, column: &str, taken: &mut Taken) {
    for (_, other) in elements {
        if let Some(code) = other.first(kind).and_then(|cells| cells.get(column)) {
            taken.take(code);
        }
    }
}

/// What an element is numbered by its document, or by its place.
fn number_of(element: &Element, place: usize) -> String {
    match element.label("SequenceIndicator") {
        number if number.is_empty() => (place + 1).to_string(),
        number => number,
    }
}

/// The beginning of a text as a name.
fn shortened(text: &str) -> String {
    let text = text::label(text);
    match text.char_indices().nth(NAME_CHARACTERS) {
        Some((end, _)) => {
            let end = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &text[..end])
        }
        None => text,
    }
}

/// A text with a capital at its head.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
