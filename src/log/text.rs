//! Escapes and truncates log lines. A line is one event without its newline; nothing here knows about requests.

use std::{borrow::Cow, fmt::Write};

use serde_json::Value;

use crate::config::LogFormat;

/// The longest line in bytes, escaped and including its newline.
pub(super) const MAX_LINE: usize = 8 * 1024;

/// Ends a truncated text.
const ELLIPSIS: &str = "…";

/// Turns colors off.
const RESET: &str = "\u{1b}[0m";

/// The line with control characters escaped, truncated to `limit` bytes. A JSON line stays valid JSON.
pub(super) fn bounded(line: &str, format: LogFormat, limit: usize) -> Cow<'_, str> {
    let escaped = escaped(line, format);
    if escaped.len() <= limit {
        return escaped;
    }
    match format {
        LogFormat::Text => truncated_text(&escaped, limit).into(),
        LogFormat::Json => truncated_json(&escaped, limit).into(),
    }
}

/// Escapes control characters. In a JSON line they can only occur inside strings, so JSON's own escapes are valid there.
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
        // Writing to a String cannot fail.
        let _ = match (format, letter) {
            (LogFormat::Text, '\n') => escaped.write_str("\\n"),
            (LogFormat::Text, _) => write!(escaped, "{}", letter.escape_unicode()),
            (LogFormat::Json, _) => write!(escaped, "\\u{:04x}", u32::from(letter)),
        };
    }
    escaped.into()
}

/// True for control characters (C0, DEL, C1), line and paragraph separators, and bidirectional formatting characters. All
/// of them are in the Basic Multilingual Plane: four hexadecimal digits.
fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// True if the text starts with a color sequence. Only the formatter writes these: it escapes ESC in values.
fn is_color(text: &str) -> bool {
    text.strip_prefix("\u{1b}[").is_some_and(|rest| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ';')
            .starts_with('m')
    })
}

fn truncated_text(line: &str, limit: usize) -> String {
    let end = match line.contains('\u{1b}') {
        true => [ELLIPSIS, RESET].concat(),
        false => ELLIPSIS.into(),
    };
    let kept = line.floor_char_boundary(limit.saturating_sub(end.len()));
    [&line[..kept], &end].concat()
}

/// Truncates the longest string of a JSON line, again and again, until the line fits.
fn truncated_json(line: &str, limit: usize) -> String {
    let Ok(mut entry) = serde_json::from_str::<Value>(line) else {
        // The formatter never writes such a line.
        return "{}".into();
    };
    loop {
        let text = entry.to_string();
        let text = escaped(&text, LogFormat::Json);
        if text.len() <= limit {
            return text.into_owned();
        }
        match longest(&mut entry) {
            Some(longest) if longest.len() > 2 * ELLIPSIS.len() => {
                let half = (longest.len() / 2).min(limit);
                longest.truncate(longest.floor_char_boundary(half));
                longest.push_str(ELLIPSIS);
            }
            _ => return "{}".into(),
        }
    }
}

/// The longest string in a value.
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

    /// All characters that must be escaped.
    fn controls() -> String {
        ('\0'..='\u{ffff}')
            .filter(|letter| is_control(*letter))
            .collect()
    }

    #[test]
    fn control_characters_are_escaped_in_text() {
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
    fn only_color_sequences_are_kept() {
        let line = "\u{1b}[2mdim\u{1b}[0m \u{1b}[1;31mred\u{1b}[0m \u{1b}[2J\u{1b}]0;title\u{7}";
        assert_eq!(
            bounded(line, LogFormat::Text, MAX_LINE),
            "\u{1b}[2mdim\u{1b}[0m \u{1b}[1;31mred\u{1b}[0m \\u{1b}[2J\\u{1b}]0;title\\u{7}"
        );
    }

    #[test]
    fn escaped_json_has_the_same_value() {
        let value = serde_json::json!({ "fields": { "message": controls() } });
        let line = value.to_string();
        let bounded = bounded(&line, LogFormat::Json, MAX_LINE);
        assert!(!bounded.chars().any(is_control), "{bounded}");
        assert_eq!(serde_json::from_str::<Value>(&bounded).unwrap(), value);
    }

    #[test]
    fn the_limit_applies_to_the_escaped_line() {
        for letter in ["a", "é", "𝄞", "\u{7f}", "\"", "\\", "\u{202e}"] {
            let line = format!("INFO refusing reason={}", letter.repeat(100_000));
            let text = bounded(&line, LogFormat::Text, 1000);
            assert!(
                text.len() <= 1000 && text.len() > 900,
                "{letter}: {}",
                text.len()
            );
            assert!(text.starts_with("INFO refusing reason=") && text.ends_with(ELLIPSIS));

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
            assert!(
                json["fields"]["reason"]
                    .as_str()
                    .unwrap()
                    .ends_with(ELLIPSIS)
            );
        }
    }

    #[test]
    fn a_truncated_line_resets_its_color() {
        let line = format!("\u{1b}[31m{}", "a".repeat(1000));
        assert!(bounded(&line, LogFormat::Text, 100).ends_with(RESET));
    }
}
