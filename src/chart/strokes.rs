//! Lines with their roles, in the order in which they are drawn.
//!
//! Places in tenths of a pixel go in, one line after the other; they come out as slices. All places of a drawing
//! stand in one list, so that a line costs no memory of its own.

/// What a mark is; the style sheet knows the rest by its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Forbidden,
    Fan,
    Grid,
    Axis,
    Quarter,
    Earlier,
    Baseline,
    Bound,
    Target,
    Level,
    Pace,
    Projection,
    ProjectionEnd,
    Today,
    Noted,
    Actual,
    Dots,
    Last,
    Breach,
    Lever,
    Usual,
    Leader,
    Notes,
    Track,
    Band(&'static str),
}

impl Role {
    /// Returns the class.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Fan => "fan",
            Self::Grid => "grid",
            Self::Axis => "axis",
            Self::Quarter => "quarter",
            Self::Earlier => "earlier",
            Self::Baseline => "baseline",
            Self::Bound => "bound",
            Self::Target => "target",
            Self::Level => "level",
            Self::Pace => "pace",
            Self::Projection => "projection",
            Self::ProjectionEnd => "projected",
            Self::Today => "today",
            Self::Noted => "noted",
            Self::Actual => "actual",
            Self::Dots => "dots",
            Self::Last => "last",
            Self::Breach => "breach",
            Self::Lever => "lever",
            Self::Usual => "usual",
            Self::Leader => "leader",
            Self::Notes => "notes",
            Self::Track => "track",
            Self::Band(class) => class,
        }
    }

    /// Says whether the mark's lines enclose areas.
    pub(super) const fn is_area(self) -> bool {
        matches!(self, Self::Forbidden | Self::Fan | Self::ProjectionEnd | Self::Usual)
    }
}

/// All roles, so that a number can stand for one.
pub(super) const ROLES: [Role; 29] = [
    Role::Forbidden,
    Role::Fan,
    Role::Grid,
    Role::Axis,
    Role::Quarter,
    Role::Earlier,
    Role::Baseline,
    Role::Bound,
    Role::Target,
    Role::Level,
    Role::Pace,
    Role::Projection,
    Role::ProjectionEnd,
    Role::Today,
    Role::Noted,
    Role::Actual,
    Role::Dots,
    Role::Last,
    Role::Breach,
    Role::Lever,
    Role::Usual,
    Role::Leader,
    Role::Notes,
    Role::Track,
    Role::Band("missed"),
    Role::Band("fell-short"),
    Role::Band("strong"),
    Role::Band("complete"),
    Role::Band("no-data"),
];

/// Lines and what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Strokes {
    places: Vec<(i32, i32)>,
    /// For each line its role and the place behind its last one.
    lines: Vec<(Role, usize)>,
}

impl Strokes {
    /// Returns no lines, with room for so many places.
    pub(super) fn with_room(places: usize) -> Self {
        Self { places: Vec::with_capacity(places), lines: Vec::with_capacity(24) }
    }

    /// Returns how many places there are.
    pub(super) const fn count(&self) -> usize {
        self.places.len()
    }

    /// Adds a line; one without places is none.
    pub(super) fn add(&mut self, role: Role, line: impl IntoIterator<Item = (i32, i32)>) {
        let start = self.places.len();
        self.places.extend(line);
        if self.places.len() > start {
            self.lines.push((role, self.places.len()));
        }
    }

    /// Adds places to the line that was added last.
    pub(super) fn go_on(&mut self, places: impl IntoIterator<Item = (i32, i32)>) {
        self.places.extend(places);
        if let Some((_, end)) = self.lines.last_mut() {
            *end = self.places.len();
        }
    }

    /// Returns the lines, first to last.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (Role, &[(i32, i32)])> {
        (0..self.lines.len()).map(|line| {
            let (role, end) = self.lines[line];
            let start = if line == 0 { 0 } else { self.lines[line - 1].1 };
            (role, &self.places[start..end])
        })
    }

    /// Returns the lines of a role, first to last.
    #[cfg(test)]
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &[(i32, i32)]> {
        self.iter().filter(move |(known, _)| *known == role).map(|(_, line)| line)
    }
}
