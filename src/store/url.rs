//! What a database URL names.

use std::path::{Path, PathBuf};

use super::StoreError;

/// The database file of a URL: `sqlite://PATH` or `sqlite:PATH`, the path as it is (nothing in it
/// is escaped), made absolute.
///
/// # Errors
///
/// One that says what is wrong with the URL. It repeats the scheme at most: a URL of another
/// kind may hold a password.
pub(super) fn database_path(url: &str) -> Result<PathBuf, StoreError> {
    let Some((scheme, rest)) = url.split_once(':') else {
        return Err(StoreError::NoScheme);
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    if scheme.is_empty() || !scheme.bytes().all(plain) {
        return Err(StoreError::NoScheme);
    }
    if scheme != "sqlite" {
        return Err(StoreError::Scheme {
            scheme: scheme.to_owned(),
        });
    }
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path == ":memory:" {
        return Err(StoreError::InMemory);
    }
    if path.contains('?') {
        return Err(StoreError::UrlOptions);
    }
    if path.is_empty() || path.contains('\0') {
        return Err(StoreError::NoPath);
    }
    std::path::absolute(Path::new(path)).map_err(|_| StoreError::NoPath)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_they_are() {
        let here = std::env::current_dir().unwrap();
        for (url, path) in [
            ("sqlite://annals.db", here.join("annals.db")),
            ("sqlite:annals.db", here.join("annals.db")),
            ("sqlite:///var/lib/annals.db", "/var/lib/annals.db".into()),
            ("sqlite:///tmp/a%20b c.db", "/tmp/a%20b c.db".into()),
        ] {
            assert_eq!(database_path(url).unwrap(), path, "{url}");
        }
    }

    #[test]
    fn other_urls_are_refused_without_repeating_them() {
        for (url, message) in [
            (
                "annals.db",
                "the database URL has no scheme; write sqlite://PATH",
            ),
            (
                "user@host:5432",
                "the database URL has no scheme; write sqlite://PATH",
            ),
            (
                "postgres://user:secret@host/annals",
                "the database URL begins with postgres:, which this version cannot open; \
                 write sqlite://PATH",
            ),
            (
                "sqlite::memory:",
                "a database in memory cannot be shared with the readers; write sqlite://PATH",
            ),
            (
                "sqlite://:memory:",
                "a database in memory cannot be shared with the readers; write sqlite://PATH",
            ),
            (
                "sqlite://",
                "the database URL names no file; write sqlite://PATH",
            ),
            (
                "sqlite://annals.db?mode=ro",
                "the database URL has options after a question mark; leave them out",
            ),
        ] {
            assert_eq!(
                database_path(url).unwrap_err().to_string(),
                message,
                "{url}"
            );
        }
    }
}
