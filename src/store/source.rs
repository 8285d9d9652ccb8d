use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

use crate::scenario::{LoadError, Loader};

/// Largest scenario file that is read, bytes.
const LIMIT: u64 = 4 << 20;

/// Largest font file that is read, bytes: the largest of the common families are about half of it.
const FONT_LIMIT: u64 = 16 << 20;

/// Reads scenario files from the file system, no further than 4 MiB.
#[derive(Debug, Clone, Copy)]
pub struct Files;

impl Loader for Files {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        let refused = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Refused(error.to_string()),
        };
        let bytes = read(Path::new(name), LIMIT).map_err(refused)?;
        if bytes.len() as u64 > LIMIT {
            return Err(LoadError::TooLarge { limit: LIMIT });
        }
        String::from_utf8(bytes).map_err(|error| {
            let (at, what) = (error.utf8_error().valid_up_to(), "not text in UTF-8");
            LoadError::Refused(format!("byte {} is {what}", at + 1))
        })
    }
}

/// Bytes of a file that lies beside another, no further than 16 MiB.
///
/// # Errors
/// Why it cannot be read.
pub fn beside(other: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = other.with_file_name(name);
    let bytes = read(&path, FONT_LIMIT).map_err(|error| match error.kind() {
        ErrorKind::NotFound => "there is no such file beside the theme".to_owned(),
        _ => error.to_string(),
    })?;
    if bytes.len() as u64 > FONT_LIMIT { Err(format!("it is larger than {} MiB", FONT_LIMIT >> 20)) } else { Ok(bytes) }
}

/// A file's bytes, at most one more than the limit.
fn read(path: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    // A pipe without a writer would be waited for, and a device has no end.
    if !std::fs::metadata(path)?.file_type().is_file() {
        return Err(Error::other("it is a folder, a pipe or a device, and no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
