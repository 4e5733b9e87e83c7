//! What browsers are told: which pages may read answers, and what must not be done with them.

use super::{
    http::{Response, get, path, send},
    process::{Server, server},
};

fn asked_from(server: &Server, origin: &str) -> Response {
    let origin = format!("Origin: {origin}");
    let path = path(&[("query", "{ __typename }")]);
    send(server.address, "GET", &path, &[&origin])
}

fn preflight(server: &Server, origin: &str) -> Response {
    let origin = format!("Origin: {origin}");
    let headers = [
        &origin,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: content-type,x-tool",
    ];
    send(server.address, "OPTIONS", "/graphql", &headers)
}

const ALLOWED: &str = "access-control-allow-origin";
const CREDENTIALS: &str = "access-control-allow-credentials";

#[test]
fn any_page_may_read_answers_but_not_with_credentials() {
    let (server, _folder) = server(&[]);
    let before = preflight(&server, "https://page.example");
    assert_eq!(before.status, 200);
    assert_eq!(before.header(ALLOWED), Some("*"));
    assert_eq!(before.header(CREDENTIALS), None);
    let headers = before.header("access-control-allow-headers");
    assert_eq!(headers, Some("content-type,x-tool"));

    let asked = asked_from(&server, "https://page.example");
    assert_eq!(asked.header(ALLOWED), Some("*"));
    assert_eq!(asked.header(CREDENTIALS), None);
    // The answer is the same for all of them, and so is what a shared cache may hand out.
    assert_eq!(asked.header("vary"), Some("accept"));
}

#[test]
fn a_list_of_origins_keeps_other_pages_out() {
    let origins = ["--cors-origins", "https://one.example,https://two.example"];
    let (plain, _folder) = server(&origins);
    let one = asked_from(&plain, "https://one.example");
    assert_eq!(one.header(ALLOWED), Some("https://one.example"));
    assert_eq!(one.header(CREDENTIALS), None);
    assert!(one.head.contains("vary: origin"), "{one:?}");
    for origin in ["https://three.example", "null", "http://one.example"] {
        assert_eq!(asked_from(&plain, origin).header(ALLOWED), None, "{origin}");
        assert_eq!(preflight(&plain, origin).header(ALLOWED), None, "{origin}");
    }

    let mut arguments = origins.to_vec();
    arguments.push("--cors-credentials");
    let (trusting, _folder) = server(&arguments);
    let two = asked_from(&trusting, "https://two.example");
    assert_eq!(two.header(ALLOWED), Some("https://two.example"));
    assert_eq!(two.header(CREDENTIALS), Some("true"));
}

#[test]
fn every_response_tells_browsers_to_run_nothing() {
    let (server, _folder) = server(&[]);
    let all = [
        get(server.address, "/healthz"),
        get(server.address, "/schema.graphql"),
        get(server.address, "/nothing"),
        get(server.address, "/graphql"),
        asked_from(&server, "https://page.example"),
        send(server.address, "PUT", "/graphql", &[]),
    ];
    for response in all {
        let policy = response.header("content-security-policy");
        assert!(
            policy.is_some_and(|policy| policy.starts_with("default-src 'none'")),
            "{response:?}"
        );
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("x-frame-options"), Some("DENY"));
        assert_eq!(response.header("referrer-policy"), Some("no-referrer"));
    }
}
