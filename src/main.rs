//! The `greffier` program.

fn main() {}
