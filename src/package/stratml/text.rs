//! Text on its way into XML and out of it: what survives, and names made of it.

use std::collections::{HashMap, HashSet};

/// Characters that a slug has at most.
const SLUG_CHARACTERS: usize = 60;

/// A text on one line: white space at both ends goes, and each run of it becomes one space.
pub(super) fn label(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut label = words.next().unwrap_or_default().to_owned();
    for word in words {
        label.push(' ');
        label.push_str(word);
    }
    label
}

/// A text with its lines, each without white space at its ends; blank lines at both ends go.
pub(super) fn prose(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

/// Whether a text comes back as it is from an element that is read by `normal`.
pub(super) fn survives(text: &str, normal: fn(&str) -> String) -> bool {
    text.chars().all(|char| is_xml(char) && char != '\r') && normal(text) == text
}

/// Whether XML 1.0 can hold a character.
pub(super) fn is_xml(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// A text with each character that XML cannot hold replaced.
pub(super) fn cleaned(text: &str) -> String {
    let clean = |char| if is_xml(char) { char } else { '\u{FFFD}' };
    text.chars().map(clean).collect()
}

/// A name for addresses and keys: lower case, ASCII, words joined by hyphens. Empty if nothing in
/// the text can be written so.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for char in text.chars() {
        if slug.len() >= SLUG_CHARACTERS {
            break;
        }
        match folded(char) {
            Some(letters) => slug.push_str(letters),
            None if char.is_ascii_alphanumeric() => slug.push(char.to_ascii_lowercase()),
            // An apostrophe stands inside a word.
            None if matches!(char, '\'' | '’') => {}
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A Latin letter with a mark, without it.
fn folded(char: char) -> Option<&'static str> {
    Some(match char.to_lowercase().next().unwrap_or(char) {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ő' | 'ō' => "o",
        'ö' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ű' | 'ů' | 'ū' | 'ų' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '%' => "percent",
        _ => return None,
    })
}

/// An XML name (`xsd:ID`) made of a word and codes. Different codes give different names.
pub(super) fn xml_id(word: &str, codes: &[&str]) -> String {
    let mut id = word.to_owned();
    for code in codes {
        id.push('.');
        for char in code.chars() {
            match char {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => id.push(char),
                other => id.push_str(&format!("_{:x}_", u32::from(other))),
            }
        }
    }
    id
}

/// Names that are taken, compared as keys are: without regard to case (ASCII).
#[derive(Default)]
pub(super) struct Taken {
    names: HashSet<String>,
    /// The number to try next for a name that was wanted before.
    next: HashMap<String, u32>,
}

impl Taken {
    /// Takes a name.
    pub(super) fn take(&mut self, name: &str) {
        self.names.insert(name.to_ascii_lowercase());
    }

    /// Whether a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&name.to_ascii_lowercase())
    }

    /// Takes the name, or the first of `name-2`, `name-3`, … that is free.
    pub(super) fn unique(&mut self, name: &str) -> String {
        if self.names.insert(name.to_ascii_lowercase()) {
            return name.to_owned();
        }
        let next = self.next.entry(name.to_ascii_lowercase()).or_insert(2);
        loop {
            let numbered = format!("{name}-{next}");
            *next += 1;
            if self.names.insert(numbered.to_ascii_lowercase()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_words() {
        for (text, expected) in [
            ("Worksite enforcement", "worksite-enforcement"),
            ("  Fraud & Abuse (2nd) ", "fraud-abuse-2nd"),
            ("Children's Café – Ünïón", "childrens-cafe-uenion"),
            ("% of goals", "percent-of-goals"),
            ("目的", ""),
            ("", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
        assert_eq!(slug(&"word ".repeat(40)).len(), 59);
    }

    #[test]
    fn ids_are_xml_names_and_differ_where_codes_do() {
        assert_eq!(xml_id("goal", &["safe-bridges"]), "goal.safe-bridges");
        assert_eq!(xml_id("result", &["a.b", "É_"]), "result.a_2e_b._c9__5f_");
        assert_ne!(xml_id("r", &["a", "b"]), xml_id("r", &["a.b"]));
        assert_ne!(xml_id("r", &["_2e_"]), xml_id("r", &["."]));
    }

    #[test]
    fn the_second_of_a_name_gets_a_number() {
        let mut taken = Taken::default();
        taken.take("Arrests");
        assert_eq!(taken.unique("arrests"), "arrests-2");
        assert_eq!(taken.unique("arrests"), "arrests-3");
        assert_eq!(taken.unique("teams"), "teams");
    }
}
