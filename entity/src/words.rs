//! The words of texts, as the search index holds them and searches look for them: without case, accents and points, in
//! every script and however a letter is composed.
//!
//! A letter becomes its compatibility decomposition (NFKD) without marks that take no space of their own (general category
//! Mn), without case. What is a letter or a digit then belongs to a word; all else keeps words apart.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as it is compared.
    pub folded: String,
    /// Where it stands in the text, in bytes, with the marks on its letters. Empty where one character of the text is
    /// several words, for all of them but the first.
    pub place: Range<usize>,
}

/// The words of a text, in their order.
pub fn words(text: &str) -> Vec<Word> {
    let mut reading = Reading::default();
    for (start, letter) in text.char_indices() {
        let mut place = start..start + letter.len_utf8();
        if letter.is_ascii() {
            reading.part(letter.to_ascii_lowercase(), &mut place);
        } else if is_mark(letter) {
            reading.mark(&place);
        } else {
            folded(letter).for_each(|part| reading.part(part, &mut place));
        }
    }
    reading.words.extend(reading.word);
    reading.words
}

/// The words so far, and the one that is being read.
#[derive(Default)]
struct Reading {
    words: Vec<Word>,
    word: Option<Word>,
}

impl Reading {
    /// Takes a part of the character at this place. What follows the end of a word there has no place of its own.
    fn part(&mut self, part: char, place: &mut Range<usize>) {
        if belongs_to_word(part) {
            let word = self.word.get_or_insert_with(|| Word {
                folded: String::new(),
                place: place.clone(),
            });
            word.folded.push(part);
            word.place.end = place.end;
        } else if let Some(word) = self.word.take() {
            self.words.push(word);
            place.start = place.end;
        }
    }

    /// Takes a mark on the letter before it.
    fn mark(&mut self, place: &Range<usize>) {
        if let Some(word) = &mut self.word {
            word.place.end = place.end;
        }
    }
}

/// The words of a text, one space between two: what the index is given.
pub fn folded_text(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
    words.join(" ")
}

/// A letter as it is compared. Lower case alone would leave `ς` beside `σ` and `ß` beside `ss`.
fn folded(letter: char) -> impl Iterator<Item = char> {
    std::iter::once(letter)
        .nfkd()
        .filter(|part| !is_mark(*part))
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
}

fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && letter.general_category() == GeneralCategory::NonspacingMark
}

/// Letters, digits, and characters without a meaning of their own.
fn belongs_to_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || !letter.is_ascii() && letter.general_category() == GeneralCategory::PrivateUse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_accents_and_points() {
        for (one, other) in [
            ("Café", "CAFE\u{301}"),
            ("Überprüfung", "uberprufung"),
            ("Άγγελος ΟΔΟΣ", "αγγελοσ οδος"),
            ("Ёлка Йод", "елка ИОД"),
            ("שָׁלוֹם", "שלום"),
            ("مُحَمَّد", "محمد"),
            ("Straße STRAẞE", "STRASSE strasse"),
            ("ﬁne ①② ＡＢＣ", "FINE 12 abc"),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
            ("Å K", "å k"),
        ] {
            assert_eq!(folded_text(one), folded_text(other), "{one}");
        }
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        for (text, expected) in [
            ("  2,500 kg\tof\ncocaine ", "2 500 kg of cocaine"),
            (
                "\"a* NEAR(b\" OR c) -d name:e ^f + {g}",
                "a near b or c d name e f g",
            ),
            ("a\0b 💥ICE💥", "a b ice"),
            ("\u{301}a\u{301} \u{301}", "a"),
            ("東京 ١٢ \u{e000}", "東京 ١٢ \u{e000}"),
            ("…—“”", ""),
            ("½ a/c ℀", "1 2 a c a c"),
        ] {
            assert_eq!(folded_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn places_hold_the_letters_with_their_marks() {
        let text = "Die cafe\u{301}s, ½";
        let places = words(text).into_iter().map(|word| &text[word.place]);
        let places: Vec<&str> = places.collect();
        assert_eq!(places, ["Die", "cafe\u{301}s", "½", ""]);
    }
}
