//! Scenes as files, several at a time.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{png, svg};
use crate::present::scene::Scene;

/// Takes a picture of an earlier result out of a folder, if it is not among the files that were written.
///
/// # Errors
/// Where it cannot be removed.
pub fn take_away(folder: &Path, name: &str, written: &[(&str, &[u8])]) -> std::io::Result<()> {
    for file in ["png", "svg"].map(|end| format!("{name}.{end}")) {
        let place = folder.join(&file);
        if written.iter().all(|(own, _)| *own != file) && place.is_file() {
            std::fs::remove_file(place)?;
        }
    }
    Ok(())
}

/// A file's name and bytes.
pub type File = (String, Vec<u8>);

/// An SVG and a PNG file for each named scene, in the order given: names with their endings, and bytes. `scale` is the
/// PNG's pixels across for each of a scene's. The bytes do not depend on the number of threads.
#[must_use]
pub fn files(scenes: &[(&str, Scene)], scale: u32, threads: usize) -> Vec<File> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, [File; 2])>> = Mutex::new(Vec::new());
    let work = || {
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            let Some((name, scene)) = scenes.get(job) else { return };
            let tree = svg::tree(scene);
            let picture = (format!("{name}.png"), png::of_tree(&tree, scene, scale));
            let outlines = (format!("{name}.svg"), svg::of_tree(&tree, scene));
            done.lock().unwrap_or_else(PoisonError::into_inner).push((job, [picture, outlines]));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, scenes.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let mut files = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by_key(|(job, _)| *job);
    files.into_iter().flat_map(|(_, pair)| pair).collect()
}
