//! The `greffier` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    greffier::cli::main()
}
