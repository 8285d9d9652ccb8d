//! How the pictures of a run are to look: `--dark`, `--transparent`, `--scale`, `--theme`.

use std::path::PathBuf;

use super::{Failure, name_of};
use crate::present::look::Look;
use crate::present::{stamp, theme};
use crate::scenario::Loader;
use crate::store::{self, Files};

/// What `run` is told of pictures. The files keep their names: these flags change what is written into them.
#[derive(Debug, clap::Args)]
pub(super) struct LookArguments {
    /// Draws the pictures for a dark slide.
    #[arg(long)]
    dark: bool,
    /// Leaves out the pictures' background.
    #[arg(long)]
    transparent: bool,
    /// Draws no pictures.
    #[arg(long, conflicts_with_all = ["dark", "transparent", "scale", "theme"])]
    no_pictures: bool,
    /// Times 1920 × 1080 pixels of the PNG files, 1 to 4.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=4))]
    scale: u32,
    /// A theme: colours and typeface of the pictures, in a TOML file.
    #[arg(long, value_name = "FILE")]
    theme: Option<PathBuf>,
}

/// How pictures are to be drawn.
pub(super) struct Pictures {
    pub(super) look: Look,
    /// What of it is not as usual, in words.
    pub(super) words: String,
    /// Pixels for each of a scene's; `None` for no pictures.
    pub(super) scale: Option<u32>,
}

/// The look that is asked for, and what of it is not as usual, in words; warnings of a theme are printed unless `quiet`.
pub(super) fn of(arguments: &LookArguments, quiet: bool) -> Result<Pictures, Failure> {
    if arguments.no_pictures {
        return Ok(Pictures { look: Look::light(), words: "none".to_owned(), scale: None });
    }
    let mut words: Vec<String> = Vec::new();
    words.extend(arguments.dark.then(|| "dark".to_owned()));
    words.extend(arguments.transparent.then(|| "transparent".to_owned()));
    words.extend((arguments.scale != 1).then(|| format!("{} times", arguments.scale)));
    let mut chosen = if arguments.dark { Look::dark() } else { Look::light() };
    if let Some(path) = &arguments.theme {
        let name = name_of(path)?;
        let failed = |text: String| Failure::Input(format!("{text}\nnothing was written\n"));
        let text = Files.load(name).map_err(|error| failed(format!("outgrow: {name}: {error}")))?;
        let load = |font: &str| store::beside(path, font);
        let (theme, warnings) = theme::read(name, &text, &load).map_err(|report| failed(report.to_string()))?;
        if !quiet {
            eprint!("{warnings}");
        }
        chosen = if arguments.dark { theme.dark } else { theme.light };
        words.push(format!("theme {}", stamp::hash(text.as_bytes())));
    }
    let look = Look { is_transparent: arguments.transparent, ..chosen };
    Ok(Pictures { look, words: words.join(", "), scale: Some(arguments.scale) })
}
