//! Any text as a cursor. What is one leads to a place, and the place back to a cursor of the same place.
#![no_main]

use annals::{
    plan::{Order, cursor},
    schema::{metric::METRIC, reported_result::REPORTED_RESULT},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for object in [&METRIC, &REPORTED_RESULT] {
        let order = Order::default_of(object);
        let _ = cursor::decode(text, object.name, &order);
    }
});
