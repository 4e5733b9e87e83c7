//! Which media type a client is answered in, and whether what it sent is JSON.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::engine::Format;

/// A media type that answers are written in. The text is the same in both; statuses differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaType {
    /// The specification's own: the status tells what became of the request.
    GraphqlResponse,
    /// Plain JSON: the status tells only whether what arrived was a request.
    Json,
    /// The rows of the one collection in the query, under a header.
    Csv,
    /// The same rows, one JSON object a line.
    JsonLines,
}

/// What answers are written in, the first being preferred among equals that a client names.
const OFFERED: [MediaType; 4] = [
    MediaType::GraphqlResponse,
    MediaType::Json,
    MediaType::Csv,
    MediaType::JsonLines,
];

impl MediaType {
    fn essence(self) -> &'static str {
        match self {
            MediaType::GraphqlResponse => "application/graphql-response+json",
            MediaType::Json => "application/json",
            MediaType::Csv => "text/csv",
            MediaType::JsonLines => "application/x-ndjson",
        }
    }

    /// As it stands in `Content-Type`.
    pub(super) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            MediaType::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            MediaType::Json => "application/json; charset=utf-8",
            MediaType::Csv => "text/csv; charset=utf-8; header=present",
            MediaType::JsonLines => "application/x-ndjson; charset=utf-8",
        })
    }

    /// What the engine writes it in.
    pub(super) fn format(self) -> Format {
        match self {
            MediaType::GraphqlResponse | MediaType::Json => Format::Json,
            MediaType::Csv => Format::Csv,
            MediaType::JsonLines => Format::JsonLines,
        }
    }

    /// What errors are written in where answers are written in this.
    pub(super) fn of_errors(self) -> MediaType {
        match self {
            MediaType::Json => MediaType::Json,
            _ => MediaType::GraphqlResponse,
        }
    }

    /// The media type that suits a client best by its `Accept`; plain JSON where it leaves the choice. `None` where it
    /// accepts none.
    pub(super) fn accepted(headers: &HeaderMap) -> Option<MediaType> {
        let ranges: Vec<Range> = list(headers, &header::ACCEPT).map(Range::read).collect();
        if ranges.is_empty() {
            return Some(MediaType::Json);
        }
        let mut best: Option<(MediaType, Quality)> = None;
        for offered in OFFERED {
            let Some(quality) = quality(&ranges, offered) else {
                continue;
            };
            if best.is_none_or(|(_, best)| quality > best) {
                best = Some((offered, quality));
            }
        }
        best.map(|(offered, _)| offered)
    }
}

/// How much a client wants a media type: in thousandths, and where that is the same, how closely it named it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Quality {
    thousandths: u16,
    named: bool,
    /// Where it is named neither way, plain JSON is what every client reads.
    plain: bool,
}

fn quality(ranges: &[Range], offered: MediaType) -> Option<Quality> {
    let closest = ranges
        .iter()
        .filter_map(|range| Some((range.closeness(offered)?, range.thousandths)))
        .max_by_key(|(closeness, _)| *closeness)?;
    let (closeness, thousandths) = closest;
    let named = closeness == 2;
    (thousandths > 0).then_some(Quality {
        thousandths,
        named,
        plain: !named && offered == MediaType::Json,
    })
}

/// One part of `Accept`.
#[derive(Debug)]
struct Range {
    /// Type and subtype in lower case, without parameters.
    essence: String,
    is_utf8: bool,
    thousandths: u16,
}

impl Range {
    fn read(text: &str) -> Range {
        let (essence, parameters) = parts(text);
        let mut range = Range {
            essence,
            is_utf8: true,
            thousandths: 1000,
        };
        for (name, value) in parameters {
            match name.as_str() {
                "q" => range.thousandths = thousandths(&value),
                "charset" => range.is_utf8 = is_utf8(&value),
                _ => {}
            }
        }
        range
    }

    /// How closely it names a media type: itself 2, its type 1, anything 0; `None` where it does not.
    fn closeness(&self, offered: MediaType) -> Option<u8> {
        match self.essence.as_str() {
            _ if !self.is_utf8 => None,
            "*/*" => Some(0),
            "application/*" => offered.essence().starts_with("application/").then_some(1),
            "text/*" => offered.essence().starts_with("text/").then_some(1),
            essence => (essence == offered.essence()).then_some(2),
        }
    }
}

/// An item of a list with quality values, in lower case and with its quality in thousandths; `None` where it is no item.
pub(super) fn weighted(item: &str) -> Option<(String, u16)> {
    let (name, parameters) = parts(item);
    let quality = parameters.iter().find(|(name, _)| name == "q");
    let thousandths = quality.map_or(1000, |(_, value)| thousandths(value));
    (!name.is_empty()).then_some((name, thousandths))
}

/// A quality value, 0 where it is none: what a client writes wrongly it does not want.
fn thousandths(value: &str) -> u16 {
    match value.parse::<f32>() {
        Ok(quality) if (0.0..=1.0).contains(&quality) => (quality * 1000.0).round() as u16,
        _ => 0,
    }
}

/// Whether a body is JSON in UTF-8, by its `Content-Type`.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(content_type), None) = (types.next(), types.next()) else {
        return false;
    };
    let Ok(content_type) = content_type.to_str() else {
        return false;
    };
    let (essence, parameters) = parts(content_type);
    essence == MediaType::Json.essence()
        && parameters
            .iter()
            .all(|(name, value)| name != "charset" || is_utf8(value))
}

fn is_utf8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// A media type or range and its parameters, names in lower case.
fn parts(text: &str) -> (String, Vec<(String, String)>) {
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let parameters = parts.filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        Some((name.trim().to_ascii_lowercase(), value.to_owned()))
    });
    (essence, parameters.collect())
}

/// The items of a header that is a list, over all its lines. What is not text is left out.
pub(super) fn list<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> impl DoubleEndedIterator<Item = &'h str> {
    let lines = headers.get_all(name).into_iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(accept: &'static str) -> Option<MediaType> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        MediaType::accepted(&headers)
    }

    #[test]
    fn the_media_type_that_a_client_wants_most_is_taken() {
        use MediaType::{Csv, GraphqlResponse, Json, JsonLines};
        assert_eq!(MediaType::accepted(&HeaderMap::new()), Some(Json));
        for (accept, expected) in [
            ("application/json", Some(Json)),
            ("Application/JSON; charset=UTF-8", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(GraphqlResponse),
            ),
            (
                "application/graphql-response+json;q=0.5, application/json",
                Some(Json),
            ),
            (
                "application/json, application/graphql-response+json",
                Some(GraphqlResponse),
            ),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some(Json)),
            (
                "*/*, application/graphql-response+json",
                Some(GraphqlResponse),
            ),
            ("*/*, application/json;q=0", Some(GraphqlResponse)),
            ("application/json;q=0", None),
            ("application/json;q=2", None),
            ("text/html", None),
            ("text/csv", Some(Csv)),
            ("text/*", Some(Csv)),
            ("text/csv, */*;q=0.1", Some(Csv)),
            ("text/*, application/json", Some(Json)),
            ("application/x-ndjson", Some(JsonLines)),
            ("application/*, application/x-ndjson;q=0.9", Some(Json)),
            ("application/json; charset=iso-8859-1", None),
        ] {
            assert_eq!(accepted(accept), expected, "{accept}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_json() {
        let json = |content_type| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
            is_json(&headers)
        };
        assert!(json("application/json"));
        assert!(json("APPLICATION/JSON;charset=\"utf-8\""));
        for other in [
            "",
            "text/plain",
            "application/json; charset=utf-16",
            "application/json, text/plain",
            "application/x-www-form-urlencoded",
        ] {
            assert!(!json(other), "{other}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
