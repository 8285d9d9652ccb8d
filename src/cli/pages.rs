//! What comes of the flags themselves: completions for shells, manual pages.

use std::path::Path;

use clap_complete::Shell;

use super::{Failure, command, print};
use crate::store;

pub(super) const COMPLETIONS: &str = "Examples:
  outgrow completions bash > ~/.local/share/bash-completion/completions/outgrow
  outgrow completions zsh > ~/.zfunc/_outgrow          with fpath+=~/.zfunc before compinit in ~/.zshrc
  outgrow completions fish > ~/.config/fish/completions/outgrow.fish";

pub(super) const MAN: &str = "Examples:
  outgrow man ~/.local/share/man/man1                  then: man outgrow, man outgrow-run
  outgrow man man && man man/outgrow-batch.1";

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "outgrow", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Writes a manual page for the command and for each of its subcommands.
pub(super) fn man(folder: &Path) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Outside(format!("outgrow: {error}\n"));
    std::fs::create_dir_all(folder).map_err(|error| failed(&format!("cannot create {}: {error}", folder.display())))?;
    let mut whole = command().disable_help_subcommand(true);
    whole.build();
    let pages = std::iter::once(whole.clone()).chain(whole.get_subcommands().cloned());
    for page in pages {
        let name = page.get_display_name().unwrap_or("outgrow").to_owned();
        let mut bytes = Vec::new();
        let made = clap_mangen::Man::new(page).render(&mut bytes);
        made.map_err(|error| failed(&error))?;
        store::write_new(&folder.join(format!("{name}.1")), &bytes, true).map_err(|error| failed(&error))?;
    }
    Ok(())
}
