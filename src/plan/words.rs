//! The words of a text to search for. Nothing in such a text is syntax: what is in no word only keeps words apart.

use entity::words::words;

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
        let words: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
        match words.len() {
            0 => Err("there is no word in it to search for; words are letters and digits".into()),
            count if count > MAX_WORDS => Err(format!(
                "{count} words are more than the {MAX_WORDS} that can be searched for at once"
            )),
            _ => Ok(Words(words)),
        }
    }

    /// The words as the index has them, each of letters and digits.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
