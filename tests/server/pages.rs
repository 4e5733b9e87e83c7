//! The pages, as a browser or a cache asks for them. Whether there are any depends on npm; every promise is kept either
//! way. What they show is tested in a browser (`web/tests`).

use super::{
    http::{Response, get, send},
    process::server,
};

const BROTLI: &str = "Accept-Encoding: gzip, deflate, br";

#[test]
fn every_address_of_a_view_gives_a_page_under_a_strict_policy() {
    let (server, _folder) = server(&[]);
    for path in [
        "/",
        "/reports",
        "/reports/ICE/2007?division=OI",
        "/reports/ICE/2007/divisions/OI",
        "/catalogue",
        "/catalogue/%5Blb_av%5D",
        "/search?q=cocaine",
    ] {
        let page = get(server.address, path);
        assert!(is_page(&page), "{path}: {page:?}");
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"));
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}

#[test]
fn the_explorer_runs_no_inline_script_and_is_found_under_its_other_name() {
    let (server, _folder) = server(&[]);
    let page = get(server.address, "/playground");
    assert!(is_page(&page), "{page:?}");
    let policy = page.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert!(policy.contains("connect-src 'self';"), "{policy}");
    let other = get(server.address, "/graphiql");
    assert_eq!(
        (other.status, other.header("location")),
        (308, Some("/playground"))
    );
}

#[test]
fn what_is_no_view_is_not_found() {
    let (server, _folder) = server(&[]);
    for path in [
        "/reports/ICE",
        "/reports/ICE/2007/nothing",
        "/catalogue/a/b",
        "/assets/nothing.js",
        "/assets/../index.html",
        "/assets/..%2Findex.html",
        "/index.html",
        "/missing.txt",
    ] {
        assert_eq!(get(server.address, path).status, 404, "{path}");
    }
}

#[test]
fn a_page_is_asked_for_again_and_its_files_never() {
    let (server, _folder) = server(&[]);
    let page = get(server.address, "/");
    if page.status == 501 {
        assert_eq!(page.header("cache-control"), Some("no-store"));
        return;
    }
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    let tag = page.header("etag").expect("a page has a tag");
    let known = format!("If-None-Match: {tag}");
    let again = send(server.address, "GET", "/", &[&known]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert!(again.header("content-security-policy").is_some());

    let script = script(&page);
    let file = get(server.address, &script);
    assert_eq!(file.status, 200);
    assert_eq!(
        file.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(
        file.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert!(file.body.len() > 10_000, "it came unpacked");
    // Bodies in brotli are no text, and HEAD has none.
    let packed = send(server.address, "HEAD", &script, &[BROTLI]);
    assert_eq!(packed.header("content-encoding"), Some("br"));
    let gzip = send(server.address, "HEAD", &script, &["Accept-Encoding: gzip"]);
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
}

/// A page of HTML, be it the one that says what is missing.
fn is_page(response: &Response) -> bool {
    let is_known =
        response.status == 200 || response.status == 501 && response.body.contains("ANNALS_WEB");
    is_known && response.header("content-type") == Some("text/html; charset=utf-8")
}

/// The path of the page's script.
fn script(page: &Response) -> String {
    let (_, rest) = page
        .body
        .split_once("src=\"/assets/")
        .expect("the page has a script");
    let (name, _) = rest.split_once('"').expect("an attribute ends");
    format!("/assets/{name}")
}
