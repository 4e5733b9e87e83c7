//! The id of each request: a log entry of any step has it, and so has what a client is told where annals fails.

use std::{
    any::Any,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;

use super::{media::MediaType, refusal::Refusal};
use crate::error::errors_body;

/// Names a request in the log and to the client: unique in this process, and hardly ever the same in two.
#[derive(Debug, Clone)]
pub(super) struct RequestId(Arc<str>);

impl RequestId {
    fn new() -> RequestId {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let counted = NEXT.fetch_add(1, Ordering::Relaxed);
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |elapsed| elapsed.as_micros() as u64);
        RequestId(format!("{:016x}", (now << 12) | (counted & 0xfff)).into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Gives each request to these routes an id, and answers `INTERNAL` with it where one of them panics.
pub(super) fn identified<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(identify))
}

/// In place of the response of a route that panicked, until the id is known.
#[derive(Debug, Clone, Copy)]
struct Panicked;

async fn identify(mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    // Whatever the log leaves out, a failure must be found by the id that the client was told.
    let span = tracing::error_span!("request", %id);
    request.extensions_mut().insert(id.clone());
    let response = next.run(request).instrument(span).await;
    match response.extensions().get::<Panicked>() {
        None => response,
        Some(Panicked) => failed(&id),
    }
}

/// Logs a panic. It is caught within the span of its request.
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(cause = text, "panicked");
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Panicked);
    response
}

/// What a client is told where annals has a bug.
fn failed(id: &RequestId) -> Response {
    let refusal = Refusal::failed(id.as_str());
    let headers = [
        (header::CONTENT_TYPE, MediaType::Json.content_type()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    (status, headers, errors_body(&refusal.faults)).into_response()
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        io::{self, Write},
        sync::Mutex,
    };

    use axum::{
        Extension,
        body::{Body, to_bytes},
        routing::get,
    };
    use hyper::service::Service;
    use hyper_util::service::TowerToHyperService;
    use serde_json::Value;
    use tracing_subscriber::fmt::MakeWriter;

    use super::*;

    /// The lines of a log.
    #[derive(Debug, Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Log {
        type Writer = Log;

        fn make_writer(&'a self) -> Log {
            self.clone()
        }
    }

    async fn ask(router: Router, path: &str) -> Response {
        let request = Request::builder().uri(path).body(Body::empty());
        let response: Result<Response, Infallible> = TowerToHyperService::new(router)
            .call(request.unwrap())
            .await;
        response.unwrap()
    }

    async fn text(response: Response) -> String {
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_answered_with_the_id_under_which_it_is_logged() {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().json().with_writer(log.clone());
        let _logged = tracing::subscriber::set_default(subscriber.finish());
        let routes = Router::new()
            .route("/panics", get(|| async { panic!("a bug") as &'static str }))
            .route(
                "/id",
                get(|Extension(id): Extension<RequestId>| async move { id.to_string() }),
            );
        let router = identified(routes);

        let response = ask(router.clone(), "/panics").await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let body: Value = serde_json::from_str(&text(response).await).unwrap();
        let extensions = &body["errors"][0]["extensions"];
        assert_eq!(extensions["code"], "INTERNAL");
        assert!(!body.to_string().contains("a bug"), "{body}");

        let lines = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let entry: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(entry["fields"]["cause"], "a bug");
        assert_eq!(entry["span"]["id"], extensions["requestId"]);

        let ids = [
            text(ask(router.clone(), "/id").await).await,
            text(ask(router, "/id").await).await,
        ];
        assert!(ids[0].len() == 16 && ids[0] != ids[1], "{ids:?}");
    }
}
