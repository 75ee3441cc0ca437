//! The files of the repository: all that git would keep, read from the disk so that a file is
//! checked before it is committed.

use std::fs;
use std::path::Path;

/// One file: its path from the root with `/` between parts, and its text (bytes that are no text
/// are replaced, since a picture's metadata can name a machine too).
pub struct File {
    pub path: String,
    pub text: String,
}

/// All files under `root` that `.gitignore` does not exclude.
pub fn files(root: &Path) -> Vec<File> {
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap();
    let ignored: Vec<&str> = ignored.lines().filter(|line| !line.is_empty()).collect();
    let mut files = Vec::new();
    visit(root, "", &ignored, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn visit(folder: &Path, prefix: &str, ignored: &[&str], files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{prefix}{name}");
        // A worktree has a file of this name where a clone has a folder.
        if name == ".git" || ignored.iter().any(|pattern| matches(pattern, &path, &name)) {
            continue;
        }
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            visit(&entry.path(), &format!("{path}/"), ignored, files);
        } else if kind.is_file() {
            // Other tests and editors come and go with files of their own meanwhile.
            let Ok(bytes) = fs::read(entry.path()) else { continue };
            files.push(File { path, text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
}

/// The forms that this repository's `.gitignore` uses: `/path` from the root, with `/` at the end
/// for a folder, a bare name anywhere, `*.ending`.
fn matches(pattern: &str, path: &str, name: &str) -> bool {
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    if let Some(from_root) = pattern.strip_prefix('/') {
        return path == from_root;
    }
    pattern.strip_prefix('*').map_or(name == pattern, |ending| name.ends_with(ending))
}

#[test]
fn ignored_files_are_not_visited() {
    assert!(matches("/target/", "target", "target"));
    assert!(!matches("/target/", "src/target", "target"));
    assert!(matches(".env", "tests/.env", ".env") && matches("*.log", "a/b.log", "b.log"));
    assert!(!matches("*.log", "a/log", "log"));
}
