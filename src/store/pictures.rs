//! Scenes as files, several at a time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{png, svg};
use crate::present::scene::Scene;

/// A file's name and bytes.
pub type File = (String, Vec<u8>);

/// An SVG and a PNG file for each named scene, in the order given: names with their endings, and bytes. `scale` is the
/// PNG's pixels across for each of a scene's. The bytes do not depend on the number of threads.
#[must_use]
pub fn files(scenes: &[(&str, Scene)], scale: u32, threads: usize) -> Vec<File> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, File)>> = Mutex::new(Vec::new());
    let jobs = scenes.len() * 2;
    let work = || {
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= jobs {
                break;
            }
            let (name, scene) = &scenes[job / 2];
            // The slower kind first in each pair.
            let file = if job.is_multiple_of(2) {
                (format!("{name}.png"), png::bytes(scene, scale))
            } else {
                (format!("{name}.svg"), svg::bytes(scene))
            };
            done.lock().unwrap_or_else(PoisonError::into_inner).push((job, file));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, jobs.max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let mut files = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by_key(|(job, _)| *job);
    files.into_iter().map(|(_, file)| file).collect()
}
