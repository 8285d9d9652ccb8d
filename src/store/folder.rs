//! Writing a run's files so that each is there whole or not at all.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// How names of files begin until they are whole.
const UNFINISHED: &str = ".outgrow-";

/// A file that could not be written.
#[derive(Debug)]
pub struct WriteError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was being done: "create", "write", "rename".
    pub doing: &'static str,
    /// What the system said.
    pub cause: std::io::Error,
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot {} {}: {}", self.doing, self.path.display(), self.cause)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Writes a run's files into a folder, which is created where it does not exist. All are written beside their places and brought
/// to the disk before any is renamed into its place: a disk that is full leaves what was there as it was, and a reader sees the
/// old file or the new one and never a part. The seal is a file that says that the others are there: it is taken away before
/// the first is renamed, and renamed last.
///
/// # Errors
/// The first file that could not be written, and why.
pub fn write_run(folder: &Path, files: &[(&str, &[u8])], seal: (&str, &[u8])) -> Result<(), WriteError> {
    replace_run(folder, files, seal, &[])
}

/// The same where an earlier run has left files that this one has not: those are `stale`, and go right after the seal.
///
/// # Errors
/// The first file that could not be written or taken away, and why.
pub fn replace_run(
    folder: &Path,
    files: &[(&str, &[u8])],
    seal: (&str, &[u8]),
    stale: &[String],
) -> Result<(), WriteError> {
    let all: Vec<(&str, &[u8])> = files.iter().copied().chain([seal]).collect();
    let take_away = |name: &str| match fs::remove_file(folder.join(name)) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(failed("replace", &folder.join(name))(cause)),
        _ => Ok(()),
    };
    place(folder, &all, &|| {
        take_away(seal.0)?;
        stale.iter().try_for_each(|name| take_away(name))
    })
}

/// The same for files that no seal stands for.
///
/// # Errors
/// The first file that could not be written, and why.
pub fn write_together(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), WriteError> {
    place(folder, files, &|| Ok(()))
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> WriteError {
    let path = path.to_owned();
    move |cause| WriteError { path, doing, cause }
}

/// Writes all files, then does something, then puts all into their places.
fn place(
    folder: &Path,
    files: &[(&str, &[u8])],
    before_the_first: &dyn Fn() -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let is_new = !folder.exists();
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    take_away_leftovers(folder).map_err(failed("tidy", folder))?;
    let of = |place: PathBuf, (doing, cause)| WriteError { path: place, doing, cause };
    // All are written before the first is brought to the disk: what the system has gathered by then goes there together.
    let begun = files.iter().map(|(name, bytes)| {
        let place = folder.join(name);
        match begin(folder, bytes) {
            Ok(file) => Ok((file, place)),
            Err(error) => Err(of(place, error)),
        }
    });
    let begun: Result<Vec<(NamedTempFile, PathBuf)>, WriteError> = begun.collect();
    let on_disk = begun.and_then(|begun| {
        let brought = |(file, place): (NamedTempFile, PathBuf)| match file.as_file().sync_all() {
            Ok(()) => Ok((file, place)),
            Err(cause) => Err(of(place, ("write", cause))),
        };
        begun.into_iter().map(brought).collect::<Result<Vec<_>, WriteError>>()
    });
    if on_disk.is_err() && is_new {
        // What could not be begun leaves no folder behind; one that holds something stays.
        let _ = fs::remove_dir(folder);
    }
    let on_disk = on_disk?;
    before_the_first()?;
    for (file, place) in on_disk {
        file.persist(&place).map_err(|error| of(place, ("rename to", error.error)))?;
    }
    sync_folder(folder).map_err(failed("write", folder))
}

/// Takes away what a program that was stopped in the middle of writing left in a folder.
///
/// # Errors
/// Where the folder cannot be read or such a file cannot be removed.
pub fn take_away_leftovers(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Writes one file, whole or not at all; one that is there stays unless it may be overwritten.
///
/// # Errors
/// Where it is there already ([`std::io::ErrorKind::AlreadyExists`]), or cannot be written.
pub fn write_new(place: &Path, bytes: &[u8], overwrite: bool) -> Result<(), WriteError> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    write_to(folder, place, bytes, overwrite).map_err(|(doing, cause)| WriteError {
        path: place.to_owned(),
        doing,
        cause,
    })
}

fn write_to(folder: &Path, place: &Path, bytes: &[u8], overwrite: bool) -> Result<(), (&'static str, std::io::Error)> {
    let file = begin(folder, bytes)?;
    file.as_file().sync_all().map_err(|e| ("write", e))?;
    let persisted = if overwrite { file.persist(place) } else { file.persist_noclobber(place) };
    persisted.map_err(|e| ("rename to", e.error))?;
    Ok(())
}

/// A file of no name in a folder that holds these bytes.
fn begin(folder: &Path, bytes: &[u8]) -> Result<NamedTempFile, (&'static str, std::io::Error)> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED);
    let permissions = readable();
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    if !folder.is_dir() {
        let missing = format!("there is no folder {}", folder.display());
        return Err(("write", std::io::Error::new(std::io::ErrorKind::NotFound, missing)));
    }
    // What the system says of the temporary file, without its name, which nobody gave.
    let mut file = builder.tempfile_in(folder).map_err(|e| ("write", std::io::Error::from(e.kind())))?;
    // The file inside, whose errors name no temporary file.
    file.as_file_mut().write_all(bytes).map_err(|e| ("write", e))?;
    Ok(file)
}

/// What a new file usually gets: the user's mask applied to "all may read and write". A temporary file would be for its owner only.
#[cfg(unix)]
fn readable() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn readable() -> Option<Permissions> {
    None
}

/// Brings the renames to the disk too, where a folder can be opened for that.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
