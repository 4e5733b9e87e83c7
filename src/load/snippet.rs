//! Snippets: the stretch of a document's texts that fits a search best, in pieces, and which of them are words that were
//! looked for. Which words are found has been decided; here they are only shown.

use entity::words::{Word, words};

use crate::plan::Words;

/// How many words a snippet has at most.
const LENGTH: usize = 24;

/// What the first of each different word is worth, and any other hit.
const DIFFERENT: usize = 1000;
const REPEATED: usize = 1;

/// What it is worth to begin with a text, and to begin with a sentence.
const TEXT_START: usize = 120;
const SENTENCE_START: usize = 100;

/// What stands for the text that is left out at either end.
const ELLIPSIS: &str = "…";

/// A piece of a snippet, and whether it is a word that was looked for.
pub(super) type Piece = (String, bool);

/// A word of a text that was looked for: its place among the words of the text, and which of those looked for it is.
struct Hit {
    word: usize,
    sought: usize,
}

/// A stretch of a text.
struct Stretch<'t> {
    text: &'t str,
    words: Vec<Word>,
    hits: Vec<Hit>,
    start: usize,
}

/// The snippet of a document with these texts.
pub(super) fn snippet<'t>(texts: impl Iterator<Item = &'t str>, sought: &Words) -> Vec<Piece> {
    let mut best: Option<(usize, Stretch<'t>)> = None;
    for text in texts {
        let words = words(text);
        let hits = hits(&words, sought);
        let found = starts(text, &words, &hits)
            .into_iter()
            // Of those that fit alike the first.
            .rev()
            .max_by_key(|(score, _)| *score);
        if let Some((score, start)) = found
            && best.as_ref().is_none_or(|(best, _)| score > *best)
        {
            let stretch = Stretch {
                text,
                words,
                hits,
                start,
            };
            best = Some((score, stretch));
        }
    }
    best.map_or_else(Vec::new, |(_, stretch)| stretch.pieces())
}

fn hits(words: &[Word], sought: &Words) -> Vec<Hit> {
    let last = sought.iter().count().saturating_sub(1);
    let mut hits = Vec::new();
    for (word, Word { folded, .. }) in words.iter().enumerate() {
        for (place, sought) in sought.iter().enumerate() {
            if folded == sought || place == last && folded.starts_with(sought) {
                hits.push(Hit {
                    word,
                    sought: place,
                });
            }
        }
    }
    hits
}

/// Where a snippet may begin, in words, and how well it fits then: around each hit, and at the sentence before it.
fn starts(text: &str, words: &[Word], hits: &[Hit]) -> Vec<(usize, usize)> {
    let sentences = sentences(text, words);
    let mut starts = Vec::new();
    for hit in hits {
        let (score, from, to) = score(hits, hit.word);
        let middle = from.saturating_sub(LENGTH.saturating_sub(to - from) / 2);
        let last = words.len().saturating_sub(LENGTH);
        starts.push((score, middle.min(last)));
        let sentence = sentences.iter().rev().find(|start| **start <= hit.word);
        if let Some(sentence) = sentence
            && words.len() > LENGTH
            && *sentence < hit.word
        {
            let worth = match *sentence {
                0 => TEXT_START,
                _ => SENTENCE_START,
            };
            starts.push((self::score(hits, *sentence).0 + worth, *sentence));
        }
    }
    starts
}

/// What the hits in a snippet that begins at a word are worth, and from which word to behind which they reach.
fn score(hits: &[Hit], start: usize) -> (usize, usize, usize) {
    let inside = |hit: &&Hit| (start..start + LENGTH).contains(&hit.word);
    let inside: Vec<&Hit> = hits.iter().filter(inside).collect();
    let mut score = 0;
    for (place, hit) in inside.iter().enumerate() {
        let is_repeated = inside[..place]
            .iter()
            .any(|other| other.sought == hit.sought);
        score += if is_repeated { REPEATED } else { DIFFERENT };
    }
    let from = inside.first().map_or(start, |hit| hit.word);
    let to = inside.last().map_or(start, |hit| hit.word + 1);
    (score, from, to)
}

/// The words that sentences begin with: the first, and each with a period or a colon and white space before it.
fn sentences(text: &str, words: &[Word]) -> Vec<usize> {
    let begins = |word: &Word| {
        let before = &text[..word.place.start];
        let ended = before.trim_end();
        ended.len() < before.len() && ended.ends_with(['.', ':'])
    };
    (0..words.len())
        .filter(|place| *place == 0 || begins(&words[*place]))
        .collect()
}

impl Stretch<'_> {
    fn pieces(&self) -> Vec<Piece> {
        let Stretch {
            text,
            words,
            hits,
            start,
        } = self;
        let end = (start + LENGTH).min(words.len());
        let from = if *start == 0 {
            0
        } else {
            words[*start].place.start
        };
        let to = match end == words.len() {
            true => text.len(),
            false => words[end - 1].place.end,
        };
        let mut pieces: Vec<Piece> = Vec::new();
        let mut push = |piece: &str, is_hit: bool| match pieces.last_mut() {
            _ if piece.is_empty() => {}
            Some((last, false)) if !is_hit => last.push_str(piece),
            _ => pieces.push((piece.to_owned(), is_hit)),
        };
        if *start > 0 {
            push(ELLIPSIS, false);
        }
        let mut done = from;
        for (place, word) in words.iter().enumerate().take(end).skip(*start) {
            if hits.iter().any(|hit| hit.word == place) {
                push(&text[done..word.place.start], false);
                push(&text[word.place.clone()], true);
                done = word.place.end;
            }
        }
        push(&text[done..to], false);
        if end < words.len() {
            push(ELLIPSIS, false);
        }
        pieces
    }
}
