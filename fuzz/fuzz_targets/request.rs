//! Any bytes as the query of a GET and as the body of a POST.
#![no_main]

use annals::{http::is_request, limits::Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    is_request(bytes, &Limits::default());
});
