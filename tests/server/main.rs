//! The binary from outside: started, asked over HTTP and stopped, on a free port and a database of the test's own.

mod commands;
mod http;
mod process;
mod requests;
mod starts;
