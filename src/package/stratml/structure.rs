//! Walks a document beside the layout of the standard and notes what is elsewhere than it should
//! be, what is there too often, and what has no place in a package. It takes nothing out of it.

use super::carried;
use super::layout::{self, Goes, Times};
use super::notices::NoticeKind::{LeftOut, Tolerated};
use super::notices::{Notices, excerpt};
use super::xml::Element;

/// Walks an element. `is_ours` says whether annals wrote the element around it.
pub(super) fn walk(element: &Element, is_ours: bool, notices: &mut Notices) {
    let layout = layout::children(&element.name);
    // Organization and AdministrativeInformation hold no line of ours; what is around them does.
    let is_ours = match element.child("OtherInformation") {
        Some(other) => carried::split(&other.text).is_ours(),
        None => {
            is_ours
                && matches!(
                    &*element.name,
                    "Organization" | "AdministrativeInformation" | "StrategicPlanCore"
                )
        }
    };
    if !layout.is_empty() && !element.text.trim().is_empty() {
        let found = excerpt(element.text.trim());
        let message = format!("text between elements is left out: {found}");
        notices.note(LeftOut, element.line, &*element.name, message);
    }
    let mut furthest = 0;
    let mut is_in_order = true;
    let mut seen = vec![false; layout.len()];
    for child in &element.children {
        let path = format!("{}/{}", element.name, child.name);
        let Some(position) = layout.iter().position(|entry| *entry.name == *child.name) else {
            if !child.is_blank() {
                let found = excerpt(&child.whole_text());
                let message =
                    format!("is not an element that annals reads here; left out: {found}");
                notices.note(LeftOut, child.line, path, message);
            }
            continue;
        };
        let entry = layout[position];
        is_in_order &= position >= furthest;
        furthest = furthest.max(position);
        if child.is_blank() {
            continue;
        }
        if std::mem::replace(&mut seen[position], true) && entry.times == Times::Once {
            let found = excerpt(&child.whole_text());
            let message = format!("is there twice; this one is left out: {found}");
            notices.note(LeftOut, child.line, path, message);
            continue;
        }
        match entry.goes {
            Goes::In => walk(child, is_ours, notices),
            Goes::Name if is_ours => {}
            Goes::Name => {
                let message = "has no place in a package; left out";
                notices.note_once(LeftOut, child.line, path, message);
            }
            Goes::Nowhere => {
                let found = excerpt(&child.whole_text());
                let message = format!("has no place in a package; left out: {found}");
                notices.note(LeftOut, child.line, path, message);
            }
        }
    }
    if !is_in_order {
        let message = "holds its elements in another order than the schema; read all the same";
        notices.note_once(Tolerated, element.line, &*element.name, message);
    }
    if &*element.name == "PerformanceIndicator" && !is_ours {
        for attribute in ["ValueChainStage", "PerformanceIndicatorType"] {
            if element.attribute(attribute).is_some() {
                let path = format!("PerformanceIndicator/@{attribute}");
                notices.note_once(
                    LeftOut,
                    element.line,
                    path,
                    "has no place in a package; left out",
                );
            }
        }
    }
}
