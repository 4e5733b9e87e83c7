//! The binary from outside: started, asked over HTTP and stopped, on a free port and a database of the test's own.

mod browsers;
mod caching;
mod commands;
mod hostile;
mod http;
mod introspection;
mod load;
mod pages;
mod persisted;
mod process;
mod protocol;
mod requests;
mod sizes;
mod starts;
