//! Just enough of HTTP/1.1 to ask a server: one request on a connection.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// How long a client waits before it takes a server to hang.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The header of a body that is JSON.
pub(super) const JSON: &str = "Content-Type: application/json";

/// A response as it was sent.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    /// Status line and headers as they were sent; annals sends names in lower case.
    pub(super) head: String,
    pub(super) body: String,
}

impl Response {
    /// The value of a header, in lower case; the first where there are several.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1);
        lines
            .filter_map(|line| line.split_once(": "))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    /// The code of the first error.
    pub(super) fn code(&self) -> String {
        let code = &self.json()["errors"][0]["extensions"]["code"];
        code.as_str().unwrap_or_default().to_owned()
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("the body is no JSON: {self:?}"))
    }
}

/// Sends a GET.
pub(super) fn get(address: SocketAddr, path: &str) -> Response {
    send(address, "GET", path, &[])
}

/// Sends a request with these headers and without a body.
pub(super) fn send(address: SocketAddr, method: &str, path: &str, headers: &[&str]) -> Response {
    let mut stream = connect(address);
    let headers: String = headers
        .iter()
        .map(|header| format!("{header}\r\n"))
        .collect();
    write(
        &mut stream,
        &format!("{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{headers}\r\n"),
    );
    response(stream)
}

/// The path of a GET with these parameters.
pub(super) fn path(parameters: &[(&str, &str)]) -> String {
    let mut path = "/graphql".to_owned();
    for (place, (name, value)) in parameters.iter().enumerate() {
        path.push(if place == 0 { '?' } else { '&' });
        path.push_str(name);
        path.push('=');
        for byte in value.bytes() {
            path.push_str(&format!("%{byte:02x}"));
        }
    }
    path
}

/// Posts a body with these headers to `/graphql`.
pub(super) fn post(address: SocketAddr, headers: &[&str], body: &str) -> Response {
    let mut stream = connect(address);
    write(&mut stream, &head(headers, body.len()));
    write(&mut stream, body);
    response(stream)
}

/// The answer to a GraphQL request, sent as JSON.
pub(super) fn graphql(address: SocketAddr, request: &Value) -> Response {
    post(
        address,
        &["Content-Type: application/json"],
        &request.to_string(),
    )
}

/// The head of a POST to `/graphql`.
pub(super) fn head(headers: &[&str], length: usize) -> String {
    let mut head = "POST /graphql HTTP/1.1\r\nHost: test\r\nConnection: close\r\n".to_owned();
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str(&format!("Content-Length: {length}\r\n\r\n"));
    head
}

pub(super) fn connect(address: SocketAddr) -> TcpStream {
    try_connect(address).expect("the server takes connections")
}

/// A connection, on which nothing is waited for in vain.
pub(super) fn try_connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

pub(super) fn write(stream: &mut TcpStream, text: &str) {
    stream
        .write_all(text.as_bytes())
        .expect("the request can be sent");
}

/// Reads until the server closes the connection.
pub(super) fn response(mut stream: TcpStream) -> Response {
    let mut text = String::new();
    stream
        .read_to_string(&mut text)
        .expect("the server answers in UTF-8");
    parsed(&text).unwrap_or_else(|fault| panic!("{fault}"))
}

/// A response, from what was sent.
///
/// # Errors
/// What is wrong with it, so that it is none.
pub(super) fn parsed(text: &str) -> Result<Response, String> {
    let (head, body) = text
        .split_once("\r\n\r\n")
        .ok_or_else(|| format!("no response: {text:?}"))?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok(Response {
        status: status.ok_or_else(|| format!("no status: {head:?}"))?,
        head: head.into(),
        body: body.into(),
    })
}

/// The body of a response, as the bytes that came.
pub(super) fn body_bytes(address: SocketAddr, path: &str, headers: &[&str]) -> (String, Vec<u8>) {
    let mut stream = connect(address);
    let headers = headers.join("\r\n");
    write(
        &mut stream,
        &format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{headers}\r\n\r\n"),
    );
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the server answers");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let body = bytes.split_off(end.expect("there is a head") + 4);
    (String::from_utf8(bytes).expect("a head is text"), body)
}
