//! Elements on their way out.

use std::io;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// Where elements are written to, indented.
pub(super) struct Xml<'a>(Writer<&'a mut dyn io::Write>);

impl<'a> Xml<'a> {
    pub(super) fn new(writer: Writer<&'a mut dyn io::Write>) -> Self {
        Self(writer)
    }

    /// Writes an element and, by `inside`, what is in it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut start = BytesStart::new(name);
        for attribute in attributes {
            start.push_attribute(*attribute);
        }
        self.0.write_event(Event::Start(start))?;
        inside(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an element that holds text.
    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return self.0.write_event(Event::Empty(BytesStart::new(name)));
        }
        self.0.write_event(Event::Start(BytesStart::new(name)))?;
        // Quotation marks stay as they are, so that our lines can be read.
        let escaped = BytesText::from_escaped(partial_escape(text));
        self.0.write_event(Event::Text(escaped))?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }
}

/// Whether validators take an address for a URI (`xsd:anyURI`), whatever they are built on: they
/// differ in what they let pass, so this is less than RFC 3986 allows.
pub(super) fn is_uri(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    let is_path =
        |byte: u8| byte.is_ascii_alphanumeric() || b"/?#._~!$&'()*+,;=:@-".contains(&byte);
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let is_good = match byte {
            b'%' => (0..2).all(|_| bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit())),
            byte => is_path(byte),
        };
        if !is_good {
            return false;
        }
    }
    !host.is_empty()
        && host.bytes().all(is_host)
        && (1..=5).contains(&port.len())
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && path.matches('#').count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_every_validator_takes_are_written() {
        for url in [
            "https://example.gov",
            "http://example.gov:8080/a/b%20c.pdf?x=1&y=(2)#page=3",
        ] {
            assert!(is_uri(url), "{url}");
        }
        for other in [
            "https://example.gov/a b",
            "https://example.gov/%zz",
            "https://example.gov:port/",
            "https://[::1]/",
            "https://exämple.gov/",
            "https://example.gov/#a#b",
            "https:///a",
            "https://",
        ] {
            assert!(!is_uri(other), "{other}");
        }
    }
}
