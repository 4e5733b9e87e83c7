//! Sends bytes, as they are, and takes in what comes back: also what comes before everything was sent.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

use super::super::http::{PATIENCE, Response, connect, parsed, try_connect};

/// What came back.
#[derive(Debug)]
pub(super) enum Came {
    Response(Response),
    /// The server closed the connection without a word.
    Nothing,
}

/// Sends bytes on a connection of their own and reads until the server closes it.
///
/// # Errors
/// What is wrong with what came back, or that nothing came in the time that a client waits.
pub(super) fn exchange(address: SocketAddr, bytes: &[u8]) -> Result<Came, String> {
    let stream =
        try_connect(address).map_err(|cause| format!("the server takes no connection: {cause}"))?;
    let writer = stream.try_clone().expect("a connection can be shared");
    thread::scope(|threads| {
        threads.spawn(move || send(writer, bytes));
        let came = receive(&stream);
        // Whatever is not sent yet will not be read any more.
        let _ = stream.shutdown(Shutdown::Both);
        came
    })
}

/// Sends what the server takes.
fn send(mut stream: TcpStream, bytes: &[u8]) {
    stream
        .set_write_timeout(Some(PATIENCE))
        .expect("a timeout can be set");
    // A server that has heard enough stops to listen.
    let _ = stream.write_all(bytes);
}

/// Reads until the server closes the connection.
pub(super) fn receive(mut stream: &TcpStream) -> Result<Came, String> {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(cause) if cause.kind() == ErrorKind::ConnectionReset && !bytes.is_empty() => {}
        Err(cause) => return Err(format!("no end of the response ({cause}): {bytes:?}")),
    }
    if bytes.is_empty() {
        return Ok(Came::Nothing);
    }
    let text = String::from_utf8(bytes).map_err(|_| "the response is not UTF-8")?;
    let response = parsed(&text)?;
    let length = response.header("content-length");
    let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    // There is none where none may be, as after a HEAD.
    match response.body.is_empty() || response.body.len() == length {
        true => Ok(Came::Response(response)),
        false => Err(format!("the body has not its {length} bytes: {text:?}")),
    }
}

/// Sends bytes on a connection of their own, and leaves it open.
pub(super) fn begin(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = connect(address);
    stream.write_all(bytes).expect("the server takes it in");
    stream
}

/// Waits until something holds, but not for ever.
///
/// # Panics
/// If it does not.
pub(super) fn soon(what: &str, holds: impl Fn() -> bool) {
    let patience = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < patience, "not after {PATIENCE:?}: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
