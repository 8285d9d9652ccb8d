//! Themes: what is read, what is refused, in which words, and what a picture looks like then.

use std::path::Path;

use outgrow::present::colour::Colour;
use outgrow::present::look::Look;
use outgrow::present::theme::{self, Theme};

use crate::shell::outgrow;

const THEME: &str = include_str!("../themes/brand.toml");
const FONT: &str = "assets/fonts/Inter-SemiBold.otf";

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file of the repository")
}

fn font(_: &str) -> Result<Vec<u8>, String> {
    Ok(bytes(FONT))
}

fn read(text: &str) -> Result<Theme, String> {
    theme::read("brand.toml", text, &font).map(|(theme, _)| theme).map_err(|report| report.to_string())
}

#[test]
fn a_theme_sets_what_it_names_and_leaves_the_rest() {
    let theme = read(THEME).expect("a sound theme");
    assert_eq!(theme.light.palette.paper, Colour(0xff, 0xfd, 0xf8));
    assert_eq!(theme.light.palette.series, Look::light().palette.series);
    assert_eq!(theme.dark.palette.ink, Look::dark().palette.ink);
    assert_ne!(theme.light.fonts, Look::light().fonts);
    assert_eq!(read("").expect("nothing is a theme too"), Theme { light: Look::light(), dark: Look::dark() });
}

/// A stranger can copy it: it names no file that is not there, and nothing of it is refused or warned of.
#[test]
fn the_theme_of_the_readme_is_one_of_colours_only() {
    let readme = String::from_utf8(bytes("README.md")).expect("text");
    let lines = readme.lines().skip_while(|line| !line.starts_with("    # brand.toml"));
    let text: String = lines.map_while(|line| line.strip_prefix("    ")).flat_map(|line| [line, "\n"]).collect();
    let none = |name: &str| Err(format!("there is no {name}"));
    let (theme, warnings) = theme::read("brand.toml", &text, &none).map_err(|report| report.to_string()).expect("read");
    assert_eq!(warnings.to_string(), "");
    assert_eq!(theme.light.palette.paper, Colour(0xff, 0xfd, 0xf8));
    assert_eq!(theme.dark.palette.paper, Colour(0x20, 0x12, 0x3a));
    assert_eq!(theme.light.fonts, Look::light().fonts);
}

#[test]
fn every_problem_of_a_theme_is_reported_at_once_with_its_place() {
    let text = "fnt = \"a.otf\"\nbold = \"../a.otf\"\n[light]\nink = \"grey\"\nquiet = \"#cccccc\"\nseries = [\"#000\"]\npapr = \"#fff\"\n[dark]\ngrid = 7\n";
    let report = read(text).expect_err("a bad theme");
    for wanted in [
        "T002 brand.toml:1:1  `fnt` is no key of a theme",
        "did you mean `font`?",
        "T004 brand.toml:2:8  `bold` is \"../a.otf\"; it is the name of a .otf or .ttf file beside the theme",
        "T003 brand.toml:4:7  `ink` is no colour",
        "T005 brand.toml:5:9  [light] `quiet` #cccccc on `paper` #ffffff has a contrast of 1.6; words need 4.5",
        "T003 brand.toml:6:10  `series` is not 5 colours",
        "T002 brand.toml:7:1  `papr` is no key of a theme",
        "T003 brand.toml:9:8  `grid` is no colour",
    ] {
        assert!(report.contains(wanted), "{wanted}\nis not in\n{report}");
    }
    assert!(read("[light\n").expect_err("broken").starts_with("T001 brand.toml:1:"));
    assert!(read("light = 3\n").expect_err("no table").contains("`light` is no table"));
    assert!(read("bold = \"a.otf\"\n").expect_err("half a typeface").contains("`bold` without `font`"));
}

#[test]
fn a_font_that_is_none_is_refused() {
    let report = |load: theme::FontLoader<'_>| {
        theme::read("brand.toml", "font = \"a.otf\"\n", load).expect_err("no font").to_string()
    };
    let garbage = report(&|_| Ok(b"not a font".to_vec()));
    assert!(garbage.contains("T004 brand.toml:1:8  `font` or `bold` is no font"), "{garbage}");
    let cut = report(&|_| Ok(bytes(FONT)[..400].to_vec()));
    assert!(cut.contains("T004"), "{cut}");
    let missing = report(&|_| Err("there is no such file beside the theme".to_owned()));
    assert!(missing.contains("\"a.otf\" cannot be read: there is no such file"), "{missing}");
}

#[test]
fn faint_and_like_colours_are_warned_of_with_their_contrast() {
    let warnings = |text: &str| theme::read("brand.toml", text, &font).expect("only warnings").1.to_string();
    let faint = warnings("[light]\ncheaper = \"#9fd0ff\"\n");
    assert!(faint.contains("T006 brand.toml:2:11  warning: [light] `cheaper` #9fd0ff on `paper` #ffffff has a contrast of 1.6; lines need 3"), "{faint}");
    let alike = warnings("[light]\ndearer = \"#c83c28\"\ncheaper = \"#70731e\"\n");
    assert!(alike.contains("T007") && alike.contains("#c83c28 and #70731e look alike to some"), "{alike}");
    assert_eq!(warnings(THEME), "");
}

#[test]
fn the_command_draws_in_a_theme_and_writes_nothing_with_a_bad_one() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| place.path().join(name).to_str().expect("a plain name").to_owned();
    std::fs::write(path("brand.toml"), THEME).expect("written");
    let (out, theme) = (path("out"), path("brand.toml"));
    let run = |more: &[&str]| {
        let mut arguments =
            vec!["run", "scenarios/small-heroku-stays.toml", "--trials", "64", "--quiet", "--out", &out];
        arguments.extend(more);
        outgrow(&arguments)
    };
    let refused = run(&["--theme", &theme]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("no such file beside the theme") && said.ends_with("nothing was written\n"), "{said}");
    assert!(!Path::new(&out).exists());
    std::fs::write(path("Brand.otf"), bytes(FONT)).expect("written");
    let ran = run(&["--theme", &theme, "--dark", "--scale", "2"]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let file = |name: &str| std::fs::read(Path::new(&out).join("small-heroku-stays").join(name)).expect("written");
    assert!(String::from_utf8(file("payback.svg")).expect("text").contains("#20123a"));
    assert_eq!(&file("payback.png")[16..24], [0, 0, 15, 0, 0, 0, 8, 112], "3840 by 2160");
    assert_eq!(run(&["--scale", "9"]).status.code(), Some(2));
    assert_eq!(run(&["--theme", &path("none.toml")]).status.code(), Some(2));
}
