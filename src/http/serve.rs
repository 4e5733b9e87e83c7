//! The accept loop: connections, how many there may be and how long they may take.
//!
//! hyper speaks HTTP/1.1 on each. Nothing here looks at a request.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;

use super::{
    addresses::{Addresses, Place},
    client::Peer,
    settings::Settings,
};

/// The largest head of a request in bytes; the document of a GET is in it.
const MAX_HEAD: usize = 64 * 1024;

/// How long to wait before connections are accepted again, when the process has no file handle left for one.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// How many connections beyond the last are told that they are too many, at once, and how long that may take.
const MAX_TURNED_AWAY: usize = 256;
const TELLING: Duration = Duration::from_millis(500);

/// What is sent on a connection that is one too many, before it is closed.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    content-type: application/json; charset=utf-8\r\n\
    cache-control: no-store\r\n\
    retry-after: 1\r\n\
    connection: close\r\n\
    content-length: 117\r\n\r\n\
    {\"errors\":[{\"message\":\"Too many connections are open; try again in a second.\",\"extensions\":{\"code\":\"UNAVAILABLE\"}}]}\n";

/// The most connections that may be open beyond the limit of `connections`, while they are being refused.
pub(super) fn turned_away(connections: usize) -> usize {
    connections.min(MAX_TURNED_AWAY)
}

/// Accepts connections until `shutdown` resolves, then lets the requests under way finish.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    settings: &Settings,
    shutdown: impl Future<Output = ()>,
) {
    let permits = Arc::new(Semaphore::new(settings.connections));
    let turned_away = Arc::new(Semaphore::new(turned_away(settings.connections)));
    let addresses = Addresses::new(settings.connections_per_address, settings.proxies.clone());
    let connections = GracefulShutdown::new();
    let http = http(settings);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut shutdown => break,
        };
        let permit = Arc::clone(&permits).try_acquire_owned();
        let (Ok(permit), Some(place)) = (permit, addresses.place(peer.ip())) else {
            // Whoever comes when even that many are being told is turned away without a word.
            if let Ok(permit) = Arc::clone(&turned_away).try_acquire_owned() {
                tokio::spawn(turn_away(permit, stream));
            }
            continue;
        };
        let service = TowerToHyperService::new(router.clone().layer(Extension(Peer(peer))));
        let io = patient(stream, settings.client_timeout);
        let connection = connections.watch(http.serve_connection(io, service));
        tokio::spawn(hold(permit, place, connection));
    }
    drop(listener);
    let patience = settings.timeout + settings.client_timeout;
    if timeout(patience, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests were still under way and are given up");
    }
}

fn http(settings: &Settings) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(settings.client_timeout)
        .max_header_size(MAX_HEAD);
    http
}

/// The next connection. What fails for one connection does not concern the others.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(cause) if is_of_connection(&cause) => {}
            Err(cause) => {
                tracing::error!(%cause, "cannot accept connections for now");
                sleep(EXHAUSTED).await;
            }
        }
    }
}

fn is_of_connection(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// A stream that fails where the other side takes in nothing for so long.
fn patient(
    stream: TcpStream,
    patience: Duration,
) -> TokioIo<std::pin::Pin<Box<TimeoutStream<TcpStream>>>> {
    // An answer is written at once; waiting to fill a packet would only delay its end. A socket without the option works.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience));
    TokioIo::new(Box::pin(stream))
}

/// Says that there are too many connections. What the client has sent is taken in, or else the system would throw away
/// what it is told.
async fn turn_away(_permit: OwnedSemaphorePermit, mut stream: TcpStream) {
    let told = async {
        stream.write_all(FULL).await?;
        stream.shutdown().await?;
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await
    };
    // Whatever happens, the connection is closed.
    let _ = timeout(TELLING, told).await;
}

/// Keeps a connection's place among all and among those of its client until it is closed.
async fn hold<E: std::fmt::Display>(
    _permit: OwnedSemaphorePermit,
    _place: Place,
    connection: impl Future<Output = Result<(), E>>,
) {
    if let Err(cause) = connection.await {
        tracing::debug!(%cause, "a connection was broken off");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_on_a_connection_too_many_is_a_response() {
        let text = std::str::from_utf8(FULL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            head.ends_with(&format!("content-length: {}", body.len())),
            "{}",
            body.len()
        );
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    }
}
