//! x
fn main() { let p = testkit::database(&testkit::Size::FULL); eprintln!("{}", p.display()); }
