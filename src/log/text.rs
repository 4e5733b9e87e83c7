//! Escapes and shortens lines of the log. A line is one event without its newline; it knows nothing of requests.

use std::{borrow::Cow, fmt::Write};

use serde_json::Value;

use crate::config::LogFormat;

/// The most bytes that a line has, escaped and with its newline.
pub(super) const MAX_LINE: usize = 8 * 1024;

/// Ends a text that was shortened.
const MORE: &str = "…";

/// Switches colors off.
const RESET: &str = "\u{1b}[0m";

/// A line in which nothing controls a terminal, breaks the line or turns its direction, shortened to `limit` bytes.
pub(super) fn bounded(line: &str, format: LogFormat, limit: usize) -> Cow<'_, str> {
    let escaped = escaped(line, format);
    if escaped.len() <= limit {
        return escaped;
    }
    match format {
        LogFormat::Text => shortened_text(&escaped, limit).into(),
        LogFormat::Json => shortened_json(&escaped, limit).into(),
    }
}

/// Writes other characters in place of those that a line must not have. Whatever of them is in a line of JSON is in a
/// string, so that JSON's own escape can stand there.
fn escaped(line: &str, format: LogFormat) -> Cow<'_, str> {
    let is_harmless = |(place, letter): (usize, char)| {
        !is_control(letter) || (format == LogFormat::Text && is_color(&line[place..]))
    };
    if line.char_indices().all(is_harmless) {
        return line.into();
    }
    let mut escaped = String::with_capacity(line.len() + 64);
    for (place, letter) in line.char_indices() {
        if is_harmless((place, letter)) {
            escaped.push(letter);
            continue;
        }
        // Writing into a text cannot fail.
        let _ = match (format, letter) {
            (LogFormat::Text, '\n') => escaped.write_str("\\n"),
            (LogFormat::Text, _) => write!(escaped, "{}", letter.escape_unicode()),
            (LogFormat::Json, _) => write!(escaped, "\\u{:04x}", u32::from(letter)),
        };
    }
    escaped.into()
}

/// Control characters, separators of lines and paragraphs, and what changes the direction of writing. All of them have
/// four hexadecimal digits at most.
fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Whether a text begins with a color. They are only ours: the formatter writes escape characters in values otherwise.
fn is_color(text: &str) -> bool {
    text.strip_prefix("\u{1b}[").is_some_and(|rest| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ';')
            .starts_with('m')
    })
}

fn shortened_text(line: &str, limit: usize) -> String {
    let end = match line.contains('\u{1b}') {
        true => [MORE, RESET].concat(),
        false => MORE.into(),
    };
    let kept = line.floor_char_boundary(limit.saturating_sub(end.len()));
    [&line[..kept], &end].concat()
}

/// Halves the longest text in a line of JSON, or more, until the line is short enough, so that it stays JSON.
fn shortened_json(line: &str, limit: usize) -> String {
    let Ok(mut entry) = serde_json::from_str::<Value>(line) else {
        // No formatter writes such a line; this one is JSON in any case.
        return "{}".into();
    };
    loop {
        let text = entry.to_string();
        let text = escaped(&text, LogFormat::Json);
        if text.len() <= limit {
            return text.into_owned();
        }
        match longest(&mut entry) {
            Some(longest) if longest.len() > 2 * MORE.len() => {
                let half = (longest.len() / 2).min(limit);
                longest.truncate(longest.floor_char_boundary(half));
                longest.push_str(MORE);
            }
            _ => return "{}".into(),
        }
    }
}

/// The longest text in a value.
fn longest(value: &mut Value) -> Option<&mut String> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(values) => values
            .iter_mut()
            .filter_map(longest)
            .max_by_key(|text| text.len()),
        Value::Object(entries) => entries
            .values_mut()
            .filter_map(longest)
            .max_by_key(|text| text.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever must not be in a line.
    fn controls() -> String {
        ('\0'..='\u{ffff}')
            .filter(|letter| is_control(*letter))
            .collect()
    }

    #[test]
    fn what_controls_a_terminal_is_escaped_in_text() {
        let line = format!("before {} after", controls());
        let bounded = bounded(&line, LogFormat::Text, MAX_LINE);
        assert!(!bounded.chars().any(is_control), "{bounded}");
        for part in [
            "before ",
            "\\n",
            "\\u{9b}",
            "\\u{202e}",
            "\\u{2028}",
            "\\u{1b}",
            " after",
        ] {
            assert!(bounded.contains(part), "{part}: {bounded}");
        }
    }

    #[test]
    fn colors_stay_and_no_other_sequence_does() {
        let line = "\u{1b}[2mdim\u{1b}[0m \u{1b}[1;31mred\u{1b}[0m \u{1b}[2J\u{1b}]0;title\u{7}";
        assert_eq!(
            bounded(line, LogFormat::Text, MAX_LINE),
            "\u{1b}[2mdim\u{1b}[0m \u{1b}[1;31mred\u{1b}[0m \\u{1b}[2J\\u{1b}]0;title\\u{7}"
        );
    }

    #[test]
    fn json_says_the_same_escaped() {
        let value = serde_json::json!({ "fields": { "message": controls() } });
        let line = value.to_string();
        let bounded = bounded(&line, LogFormat::Json, MAX_LINE);
        assert!(!bounded.chars().any(is_control), "{bounded}");
        assert_eq!(serde_json::from_str::<Value>(&bounded).unwrap(), value);
    }

    #[test]
    fn a_long_line_is_shortened_as_it_is_written() {
        for letter in ["a", "é", "𝄞", "\u{7f}", "\"", "\\", "\u{202e}"] {
            let line = format!("INFO refusing reason={}", letter.repeat(100_000));
            let text = bounded(&line, LogFormat::Text, 1000);
            assert!(
                text.len() <= 1000 && text.len() > 900,
                "{letter}: {}",
                text.len()
            );
            assert!(text.starts_with("INFO refusing reason=") && text.ends_with(MORE));

            let line = serde_json::json!({ "level": "INFO", "fields": { "reason": letter.repeat(100_000), "status": 400 } });
            let line = line.to_string();
            let json = bounded(&line, LogFormat::Json, 1000);
            assert!(
                json.len() <= 1000 && json.len() > 400,
                "{letter}: {}",
                json.len()
            );
            let json: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(
                (&json["level"], &json["fields"]["status"]),
                (&"INFO".into(), &400.into())
            );
            assert!(json["fields"]["reason"].as_str().unwrap().ends_with(MORE));
        }
    }

    #[test]
    fn colors_end_where_a_line_is_shortened() {
        let line = format!("\u{1b}[31m{}", "a".repeat(1000));
        assert!(bounded(&line, LogFormat::Text, 100).ends_with(RESET));
    }
}
