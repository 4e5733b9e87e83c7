//! The report site and the explorer. The site is one file that makes each view in the browser, so every address of a view
//! gives that file. Nothing here may read data: the pages ask the API like everybody.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};

use super::{assets, plain};

/// The addresses of views, as the site knows them (`web/src/app.tsx`).
const VIEWS: [&str; 7] = [
    "/",
    "/reports",
    "/reports/{agency}/{year}",
    "/reports/{agency}/{year}/divisions/{code}",
    "/catalogue",
    "/catalogue/{code}",
    "/search",
];

/// What the site may do: run its own scripts, ask this server, and nothing else.
const SITE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The explorer's editor writes styles into the page and begins its workers from blobs.
const EXPLORER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page may be kept, but is asked for again each time it is shown: it names the files of this version.
const PAGE_CACHE: &str = "no-cache";

/// The name of a file has a digest of its content in it.
const ASSET_CACHE: &str = "public, max-age=31536000, immutable";

/// The routes of pages, beside the API's.
pub(super) fn router() -> Router {
    let views = VIEWS
        .iter()
        .fold(Router::new(), |router, view| router.route(view, get(site)));
    views
        .route("/playground", get(explorer))
        .route("/graphiql", get(Redirect::permanent("/playground")))
        .route("/assets/{*path}", get(asset))
}

async fn site(headers: HeaderMap) -> Response {
    page("index.html", SITE_POLICY, &headers)
}

async fn explorer(headers: HeaderMap) -> Response {
    page("playground.html", EXPLORER_POLICY, &headers)
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    match assets::file(&format!("assets/{path}"), ASSET_CACHE, &headers) {
        Some(file) => file,
        None => plain::nothing().await.into_response(),
    }
}

fn page(file: &str, policy: &'static str, headers: &HeaderMap) -> Response {
    let mut response =
        assets::file(file, PAGE_CACHE, headers).unwrap_or_else(|| without(assets::missing()));
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    response
}

/// Says what is missing and how to get it, in place of a page.
fn without(reason: Option<&str>) -> Response {
    let reason = reason.unwrap_or("its files are damaged");
    let text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>annals without its pages</title>\n<h1>annals is running, without its pages</h1>\n\
         <p>The report site and the explorer are not in this binary: {reason}.</p>\n\
         <p>To get them, install Node 20.19 or later with npm, and build annals again with <code>ANNALS_WEB=require cargo build --release</code>.</p>\n\
         <p>The API needs none of this. It answers at <code>/graphql</code>, and <code>annals schema</code> prints its schema.</p>\n\
         </html>\n"
    );
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::NOT_IMPLEMENTED, headers, Html(text)).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn without_pages_it_is_said_why_and_what_to_do() {
        let response = without(Some("npm was not found"));
        assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        for expected in ["npm was not found", "ANNALS_WEB=require", "/graphql"] {
            assert!(text.contains(expected), "{text}");
        }
    }
}
