//! How statements and answers are laid out for people to read and compare.

use async_graphql::Value;
use sqlformat::{FormatOptions, QueryParams};

/// The longest line of what is laid out.
const WIDTH: usize = 120;

/// A statement, a clause a line.
pub(crate) fn sql(statement: &str) -> String {
    let options = FormatOptions {
        max_inline_block: WIDTH,
        max_inline_arguments: Some(WIDTH),
        max_inline_top_level: Some(WIDTH),
        joins_as_top_level: true,
        ..FormatOptions::default()
    };
    sqlformat::format(statement, &QueryParams::None, &options)
}

/// JSON with its keys in their order; what fits into a line stays in one.
pub(crate) fn json(value: &Value) -> String {
    let mut out = String::new();
    lay_out(value, 0, &mut out);
    out
}

fn lay_out(value: &Value, depth: usize, out: &mut String) {
    let line = on_one_line(value);
    let indent = "  ".repeat(depth);
    if indent.len() + line.len() <= WIDTH {
        out.push_str(&line);
        return;
    }
    let mut items = |ends: [char; 2], items: Vec<(String, &Value)>| {
        out.push(ends[0]);
        for (place, (key, item)) in items.into_iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            out.push_str(&format!("{comma}\n{indent}  {key}"));
            lay_out(item, depth + 1, out);
        }
        out.push_str(&format!("\n{indent}{}", ends[1]));
    };
    match value {
        Value::List(list) => items(
            ['[', ']'],
            list.iter().map(|item| (String::new(), item)).collect(),
        ),
        Value::Object(object) => items(
            ['{', '}'],
            object
                .iter()
                .map(|(key, item)| (format!("\"{key}\": "), item))
                .collect(),
        ),
        _ => out.push_str(&line),
    }
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::List(list) => {
            let items: Vec<String> = list.iter().map(on_one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(object) => {
            let entries: Vec<String> = object
                .iter()
                .map(|(key, item)| format!("\"{key}\": {}", on_one_line(item)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        plain => serde_json::to_string(plain).expect("a value of an answer is JSON"),
    }
}
