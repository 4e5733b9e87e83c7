//! The words of a text to search for. Nothing in such a text is syntax: what is in no word only keeps words apart.

use crate::schema::search::MAX_WORDS;

/// Words to search for, in the order in which they were typed: at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of a text.
    ///
    /// # Errors
    /// What is wrong with a text without words, and with one of too many.
    pub(super) fn of(text: &str) -> Result<Words, String> {
        let words: Vec<String> = text
            .split(|letter| !belongs_to_word(letter))
            .map(|run| run.trim_matches(is_mark))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        match words.len() {
            0 => Err("there is no word in it to search for; words are letters and digits".into()),
            count if count > MAX_WORDS => Err(format!(
                "{count} words are more than the {MAX_WORDS} that can be searched for at once"
            )),
            _ => Ok(Words(words)),
        }
    }

    /// The words, each of letters and digits and the marks on them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Whether a character is a part of a word. The index knows a few letters less, and takes what it does not know for a
/// space, in the texts as in the words.
fn belongs_to_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_mark(letter) || is_private(letter)
}

/// Marks that stand behind the letter that they are on: accents that were typed by themselves.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Characters without a meaning of their own, which the index takes for letters.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::of(text).map(|words| words.0).unwrap_or_default()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        for (text, expected) in [
            ("criminal arrests", &["criminal", "arrests"][..]),
            (
                "  2,500 kg\tof\ncocaine ",
                &["2", "500", "kg", "of", "cocaine"],
            ),
            (
                "\"a* NEAR(b\" OR c) -d name:e ^f + {g}",
                &["a", "NEAR", "b", "OR", "c", "d", "name", "e", "f", "g"],
            ),
            ("a\0b", &["a", "b"]),
            ("💥ICE💥", &["ICE"]),
            (
                "Überprüfung café cafe\u{301}s",
                &["Überprüfung", "café", "cafe\u{301}s"],
            ),
            ("\u{301}a\u{301} \u{301}", &["a"]),
            ("東京 ١٢", &["東京", "١٢"]),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn there_is_at_least_one_word_and_not_too_many() {
        for text in ["", " ", "\0", "\"\"", "*", "()", "💥", "\u{301}", "…—“”"] {
            let fault = Words::of(text).expect_err("there is no word");
            assert!(fault.starts_with("there is no word"), "{text:?}: {fault}");
        }
        assert!(Words::of(&"a ".repeat(MAX_WORDS)).is_ok());
        let fault = Words::of(&"a ".repeat(MAX_WORDS + 1)).expect_err("they are too many");
        assert_eq!(
            fault,
            "33 words are more than the 32 that can be searched for at once"
        );
    }
}
