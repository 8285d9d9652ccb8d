use std::fs::File;
use std::io::{ErrorKind, Read};

use crate::scenario::{LoadError, Loader};

/// Largest scenario file that is read, bytes.
const LIMIT: u64 = 4 << 20;

/// Reads scenario files from the file system, no further than 4 MiB.
#[derive(Debug, Clone, Copy)]
pub struct Files;

impl Loader for Files {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        let refused = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Refused(error.to_string()),
        };
        // A pipe without a writer would be waited for, and a device has no end.
        if !std::fs::metadata(name).map_err(refused)?.file_type().is_file() {
            return Err(LoadError::Refused("it is a folder, a pipe or a device, and no file".into()));
        }
        let mut bytes = Vec::new();
        File::open(name).map_err(refused)?.take(LIMIT + 1).read_to_end(&mut bytes).map_err(refused)?;
        if bytes.len() as u64 > LIMIT {
            return Err(LoadError::TooLarge { limit: LIMIT });
        }
        String::from_utf8(bytes).map_err(|error| {
            let (at, what) = (error.utf8_error().valid_up_to(), "not text in UTF-8");
            LoadError::Refused(format!("byte {} is {what}", at + 1))
        })
    }
}
