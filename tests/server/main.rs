//! The binary from outside: started, asked over HTTP and stopped, on a free port and a database of the test's own.

mod browsers;
mod caching;
mod coding;
mod commands;
mod downloads;
mod handles;
mod hostile;
mod http;
mod imports;
mod introspection;
mod load;
mod log;
mod packages;
mod pages;
mod persisted;
mod process;
mod protocol;
mod replaced;
mod requests;
mod rows;
mod signals;
mod sizes;
mod starts;
mod walk;
