//! How the pictures of a run are to look: `--dark`, `--transparent`, `--scale`, `--theme`.

use std::path::{Path, PathBuf};

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

/// How a result's pictures were drawn, by what its `run.toml` says of them; `None` for words that this version does not
/// know. With a theme it has to be given again: without it they are drawn as usual, and are not to be compared.
pub(super) fn recorded(words: &str, theme: Option<&Path>, quiet: bool) -> Result<Option<Redrawn>, Failure> {
    let mut asked = LookArguments { dark: false, transparent: false, no_pictures: false, scale: 1, theme: None };
    let mut own_theme = None;
    for word in words.split(", ").filter(|word| !word.is_empty()) {
        match (word, word.strip_suffix(" times").and_then(|n| n.parse().ok()), word.strip_prefix("theme ")) {
            ("none", ..) => asked.no_pictures = true,
            ("dark", ..) => asked.dark = true,
            ("transparent", ..) => asked.transparent = true,
            (_, Some(scale @ 1..=4), _) => asked.scale = scale,
            (_, _, Some(hash)) => own_theme = Some(hash),
            _ => return Ok(None),
        }
    }
    if let (Some(theme), None) = (theme, own_theme) {
        // It is drawn with by nobody, and read all the same: a wrong path is said.
        of(
            &LookArguments {
                dark: false,
                transparent: false,
                no_pictures: false,
                scale: 1,
                theme: Some(theme.to_owned()),
            },
            quiet,
        )?;
    }
    asked.theme = theme.filter(|_| own_theme.is_some()).map(Path::to_owned);
    let pictures = of(&asked, quiet)?;
    if own_theme.is_some() && theme.is_some() && pictures.words != words {
        let name = theme.map(|theme| theme.display().to_string()).unwrap_or_default();
        return Err(Failure::Input(format!("outgrow: {name} is not the theme that the pictures were drawn with\n")));
    }
    let lacks_theme = own_theme.is_some() && theme.is_none();
    Ok(Some(Redrawn { pictures: Pictures { words: words.to_owned(), ..pictures }, lacks_theme }))
}

/// Pictures of a result as they were drawn.
pub(super) struct Redrawn {
    pub(super) pictures: Pictures,
    /// Whether they were drawn with a theme that is not at hand.
    pub(super) lacks_theme: bool,
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
        let text = Files
            .load(name)
            .map_err(|error| Failure::Input(format!("outgrow: {name}: {error}\nnothing was written\n")))?;
        let load = |font: &str| store::beside(path, font);
        let (theme, warnings) =
            theme::read(name, &text, &load).map_err(|report| Failure::Refused(report, "\nnothing was written\n"))?;
        if !quiet {
            eprint!("{warnings}");
        }
        chosen = if arguments.dark { theme.dark } else { theme.light };
        words.push(format!("theme {}", stamp::hash(text.as_bytes())));
    }
    let look = Look { is_transparent: arguments.transparent, ..chosen };
    Ok(Pictures { look, words: words.join(", "), scale: Some(arguments.scale) })
}
