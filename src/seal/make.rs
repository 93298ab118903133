//! A sealed quarter is made: a BagIt 1.0 bag (RFC 8493) as a plain folder, and its line in the LOG.
//!
//! In: the bag's contents as values. Out: the folder, whole or not there, whenever the program is killed. A bag that a
//! killed run left without its line gets the line from the next run.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::about::About;
use super::archive::{ARCHIVE, LOG_LIMIT};
use super::info::one_line;
use super::manifest::{self, TAG_MANIFEST};
use super::{log, payload, verify};
use crate::error::{Error, Result};
use crate::hash::{Digest, Digests};
use crate::model::archive::BagName;
use crate::publishable;
use crate::read::{Binary, folder};
use crate::render::OutputFile;
use crate::source::SourceFile;
use crate::write::file;
use crate::write::tree::Tree;

/// The declaration that makes a folder a bag.
pub(super) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What goes into a bag.
#[derive(Debug)]
pub struct Contents<'a> {
    /// Its name.
    pub name: BagName,
    /// What it says about itself.
    pub about: &'a About,
    /// The book's texts, as they were read.
    pub texts: Vec<SourceFile>,
    /// The book's exports and assets.
    pub binaries: Vec<&'a Binary>,
    /// The templates that made the pages: name and text.
    pub templates: &'a [(String, String)],
    /// The quarter's scores.
    pub scores: &'a str,
    /// The scores of other sealed quarters, on which lineage rests: name of the quarter and scores.
    pub sealed: Vec<(String, &'a str)>,
    /// The quarter's own pages.
    pub pages: &'a [OutputFile],
    /// The quarter's packet as PDF, where there is one.
    pub packet: Option<&'a [u8]>,
}

/// Takes the files one by one that the quarter's pages link to.
pub type Keep<'k> = &'k mut dyn FnMut(OutputFile) -> Result<()>;

/// Makes a bag in the archive of the book at `root` and adds it to its LOG; `proves` is told where the bag's inputs stand and says
/// whether the same scores and pages come from them. Nothing is made, and nothing returned, where they don't. `linked`
/// gives what the pages need to be read from disk.
///
/// # Errors
///
/// Where a file's name can't be listed, a page holds something that runs, or the bag is there already; or where the disk
/// says no.
pub fn make(
    root: &Path,
    contents: &Contents<'_>,
    proves: impl FnOnce(&Path) -> Result<bool>,
    linked: impl FnOnce(Keep<'_>) -> Result<()>,
) -> Result<Option<Digest>> {
    contents.pages.iter().try_for_each(publishable)?;
    let mut bag = Bag::begin(root, contents.name)?;
    for file in &contents.texts {
        bag.put(&format!("data/inputs/{}", file.path), file.text.as_bytes())?;
    }
    for file in &contents.binaries {
        let mut stream = file.open().map_err(file.failed())?;
        bag.copy(&format!("data/inputs/{}", file.path), &mut stream, file.place())?;
    }
    if !proves(&bag.tree.folder().join("data/inputs"))? {
        return Ok(None);
    }
    for (name, text) in contents.templates {
        bag.put(&format!("data/templates/{name}"), text.as_bytes())?;
    }
    for (quarter, scores) in &contents.sealed {
        bag.put(&format!("data/sealed/{quarter}.json"), scores.as_bytes())?;
    }
    bag.put("data/scores.json", contents.scores.as_bytes())?;
    for file in contents.pages {
        bag.put(&format!("data/site/{}", file.path), &file.content)?;
    }
    linked(&mut |file| {
        publishable(&file)?;
        bag.put(&format!("data/site/{}", file.path), &file.content)
    })?;
    if let Some(packet) = contents.packet {
        bag.put("data/packet.pdf", packet)?;
    }
    let digest = bag.finish(contents.about)?;
    enter(root, contents.name, digest)?;
    Ok(Some(digest))
}

/// Looks whether a page may be published for ever: a template of the book's own can print anything.
fn publishable(file: &OutputFile) -> Result<()> {
    publishable::sealed(&file.path, &file.content).map_err(|refusal| {
        let message = format!("the page {} can't be sealed: {}", file.path, refusal.told(&file.content));
        let help = "sealed pages are published for ever, so they hold nothing that runs or loads; take it out of the \
                    book's own template";
        Error::usage_with_help(message, help)
    })
}

/// Adds a bag that stands in the archive to its LOG, as a run that was killed between the two did not.
///
/// # Errors
///
/// Where the bag doesn't verify, or where the disk says no.
pub fn adopt(root: &Path, name: BagName) -> Result<Digest> {
    let checked = payload::bag(&root.join(ARCHIVE), name, None)?;
    match (checked.digest, checked.faults.is_empty()) {
        (Some(digest), true) => {
            enter(root, name, digest)?;
            Ok(digest)
        }
        _ => Err(Error::Integrity {
            message: format!(
                "archive/{name} is not in the archive's LOG, and it doesn't verify; `okrbook verify` says why"
            ),
        }),
    }
}

fn enter(root: &Path, name: BagName, digest: Digest) -> Result<()> {
    let path = format!("{ARCHIVE}/LOG");
    let before = folder::text(&root.join(&path), LOG_LIMIT)?;
    let text = log::with(before.as_deref().unwrap_or_default(), name, digest);
    file::replace(root, &path, before.as_deref(), &text)
}

/// A bag that is being put together.
struct Bag {
    tree: Tree,
    payload: BTreeMap<String, Digests>,
    bytes: u64,
}

impl Bag {
    fn begin(root: &Path, name: BagName) -> Result<Self> {
        let names: Vec<&str> = verify::TAGS.into_iter().chain([TAG_MANIFEST, "data"]).collect();
        let tree = Tree::begin(root, &format!("{ARCHIVE}/{name}"), &names)?;
        Ok(Self { tree, payload: BTreeMap::new(), bytes: 0 })
    }

    fn put(&mut self, path: &str, content: &[u8]) -> Result<()> {
        self.copy(path, &mut &*content, Path::new(path))
    }

    fn copy(&mut self, path: &str, from: &mut dyn Read, source: &Path) -> Result<()> {
        if let Some(why) = manifest::unlistable(path) {
            let shown = path.trim_start_matches("data/inputs/");
            let message = format!("{shown:?} can't be sealed under its name: {why}");
            return Err(Error::usage_with_help(message, "rename the file"));
        }
        let (digests, length) = self.tree.copy(path, from, source)?;
        self.bytes += length;
        self.payload.insert(path.to_owned(), digests);
        Ok(())
    }

    /// Writes the tag files, gives the bag its name, and returns the digest of its tag manifest.
    fn finish(self, about: &About) -> Result<Digest> {
        let mut info = about.info();
        info.push(("Payload-Oxum", format!("{}.{}", self.bytes, self.payload.len())));
        let listed = || self.payload.iter().map(|(path, digests)| (path.as_str(), digests));
        let tags = [
            ("archive.json", about.text()),
            ("bag-info.txt", info.iter().map(|(label, value)| format!("{label}: {}\n", one_line(value))).collect()),
            ("bagit.txt", DECLARATION.to_owned()),
            ("manifest-sha256.txt", manifest::write(listed().map(|(path, digests)| (path, digests.sha256)))),
            ("manifest-sha512.txt", manifest::write(listed().map(|(path, digests)| (path, digests.sha512)))),
        ];
        let mut digests = Vec::with_capacity(tags.len());
        for (name, text) in &tags {
            digests.push((*name, self.tree.put(name, text.as_bytes())?.sha256));
        }
        let digest = self.tree.put(TAG_MANIFEST, manifest::write(digests).as_bytes())?.sha256;
        self.tree.finish()?;
        Ok(digest)
    }
}
