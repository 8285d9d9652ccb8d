//! Scenes as files, and files made several at a time.

use std::path::Path;
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

/// What makes files.
pub type Job<'a> = Box<dyn FnOnce() -> Vec<File> + Send + 'a>;

/// An SVG and a PNG file for each named scene, in the order given: names with their endings, and bytes. `scale` is the
/// PNG's pixels across for each of a scene's.
#[must_use]
pub fn jobs<'a>(scenes: &'a [(&str, Scene)], scale: u32) -> Vec<Job<'a>> {
    let job = |(name, scene): &'a (&str, Scene)| -> Job<'a> {
        Box::new(move || {
            let tree = svg::tree(scene);
            let picture = (format!("{name}.png"), png::of_tree(&tree, scene, scale));
            let outlines = (format!("{name}.svg"), svg::of_tree(&tree, scene));
            vec![picture, outlines]
        })
    };
    scenes.iter().map(job).collect()
}

/// The same as files at once.
#[must_use]
pub fn files(scenes: &[(&str, Scene)], scale: u32, threads: usize) -> Vec<File> {
    side_by_side(jobs(scenes, scale), threads)
}

/// The files of jobs, in the order of the jobs; the bytes do not depend on the number of threads.
#[must_use]
pub fn side_by_side(jobs: Vec<Job>, threads: usize) -> Vec<File> {
    let threads = threads.clamp(1, jobs.len().max(1));
    let left = Mutex::new(jobs.into_iter().enumerate());
    let done: Mutex<Vec<(usize, Vec<File>)>> = Mutex::new(Vec::new());
    let work = || {
        loop {
            let next = left.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((place, job)) = next else { return };
            let files = job();
            done.lock().unwrap_or_else(PoisonError::into_inner).push((place, files));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let mut files = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by_key(|(place, _)| *place);
    files.into_iter().flat_map(|(_, files)| files).collect()
}
