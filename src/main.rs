//! The `outgrow` command: everything is in the library's `cli`.

fn main() -> std::process::ExitCode {
    outgrow::cli::main()
}
