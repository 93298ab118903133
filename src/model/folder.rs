//! Where in a book the files of cycles stand.

use super::ids::CycleId;

/// One of the two names that the folder of all cycles may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Folder {
    /// `quarters/`.
    #[default]
    Quarters,
    /// `cycles/`.
    Cycles,
}

impl Folder {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Quarters, Self::Cycles];

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quarters => "quarters",
            Self::Cycles => "cycles",
        }
    }

    /// Returns the folder of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|folder| folder.name() == name)
    }

    /// Returns the path of a cycle's file: `quarters/2026-Q3/lock.yaml`; of its folder, with a slash behind, where the name is
    /// empty.
    #[must_use]
    pub fn path(self, id: CycleId, name: &str) -> String {
        format!("{}/{id}/{name}", self.name())
    }

    /// Returns the folder of a file, the name of its cycle's folder, and the rest of its path; nothing where it stands elsewhere.
    #[must_use]
    pub fn split(path: &str) -> Option<(Self, &str, &str)> {
        let (folder, rest) = path.split_once('/')?;
        let (cycle, name) = rest.split_once('/')?;
        Some((Self::named(folder)?, cycle, name))
    }
}
