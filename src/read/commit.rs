//! The commit that a book's repository stands at, read from git's own files without running git.

use std::fs;
use std::io::Read as _;
use std::path::Path;

/// The most bytes of one of git's files that are read.
const LIMIT: u64 = 4 << 20;

/// Returns the hash of the checked-out commit of the repository that the folder stands in, where it can be told.
#[must_use]
pub fn of(folder: &Path) -> Option<String> {
    let nearest = folder.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists());
    // Where it is a file, the repository stands elsewhere; a repository further up is another one.
    let git = nearest.filter(|git| git.is_dir())?;
    let head = text(&git.join("HEAD"))?;
    let Some(name) = head.trim().strip_prefix("ref: ") else { return hash(&head) };
    let is_plain = name.starts_with("refs/") && name.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !is_plain {
        return None;
    }
    if let Some(found) = text(&git.join(name)).as_deref().and_then(hash) {
        return Some(found);
    }
    let packed = text(&git.join("packed-refs"))?;
    packed.lines().find_map(|line| hash(line.strip_suffix(name)?.strip_suffix(' ')?))
}

fn text(path: &Path) -> Option<String> {
    let mut text = String::new();
    // What is no file, such as a pipe, is not even opened.
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::File::open(path).ok()?.take(LIMIT).read_to_string(&mut text).ok()?;
    Some(text)
}

fn hash(text: &str) -> Option<String> {
    let text = text.trim();
    let is_hash = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_found_loose_packed_and_detached() {
        let folder = tempfile::tempdir().expect("a folder");
        let book = folder.path().join("books/one");
        fs::create_dir_all(&book).expect("made");
        assert_eq!(of(&book), None);
        let (one, two) = ("a".repeat(40), "b".repeat(40));
        let put = |path: &str, text: &str| {
            let path = folder.path().join(".git").join(path);
            fs::create_dir_all(path.parent().expect("inside")).expect("made");
            fs::write(path, text).expect("written");
        };
        put("HEAD", &format!("{one}\n"));
        assert_eq!(of(&book).as_ref(), Some(&one));
        put("HEAD", "ref: refs/heads/main\n");
        put("packed-refs", &format!("# pack-refs with: peeled\n{one} refs/heads/maintenance\n{two} refs/heads/main\n"));
        assert_eq!(of(&book).as_ref(), Some(&two));
        put("refs/heads/main", &format!("{one}\n"));
        assert_eq!(of(&book).as_ref(), Some(&one));
        fs::write(book.join(".git"), "gitdir: /elsewhere\n").expect("written");
        assert_eq!(of(&book), None, "the repository above is another one");
        fs::remove_file(book.join(".git")).expect("removed");
        put("HEAD", "ref: refs/../../../x\n");
        assert_eq!(of(&book), None);
    }
}
