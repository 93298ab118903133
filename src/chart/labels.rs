//! Where words go: how wide they are, and how they keep out of each other's way.
//!
//! Boxes in tenths of a pixel go in, places come out. No fonts are read: widths are estimates on the safe side.

use std::borrow::Cow;

/// A box in tenths of a pixel, `y` downward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Left.
    pub x0: i32,
    /// Top.
    pub y0: i32,
    /// Right.
    pub x1: i32,
    /// Bottom.
    pub y1: i32,
}

impl Extent {
    /// Says whether the two boxes share more than an edge.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Says whether this box lies inside the other.
    #[must_use]
    pub const fn is_inside(self, other: Self) -> bool {
        other.x0 <= self.x0 && self.x1 <= other.x1 && other.y0 <= self.y0 && self.y1 <= other.y1
    }

    /// Says whether a straight line from `a` to `b` touches the box.
    #[must_use]
    pub fn is_crossed_by(self, a: (i32, i32), b: (i32, i32)) -> bool {
        if a.0.max(b.0) < self.x0 || a.0.min(b.0) > self.x1 || a.1.max(b.1) < self.y0 || a.1.min(b.1) > self.y1 {
            return false;
        }
        // The box's corners lie on both sides of the line, or on it.
        let side = |x: i32, y: i32| {
            let (dx, dy) = (i64::from(b.0 - a.0), i64::from(b.1 - a.1));
            (dx * i64::from(y - a.1) - dy * i64::from(x - a.0)).signum()
        };
        let sides = [side(self.x0, self.y0), side(self.x1, self.y0), side(self.x0, self.y1), side(self.x1, self.y1)];
        !(sides.iter().all(|&side| side > 0) || sides.iter().all(|&side| side < 0))
    }
}

/// Returns a text's width where one em is `em`: an estimate for sans-serif faces, rather too wide than too narrow.
#[must_use]
pub fn width(text: &str, em: i32) -> i32 {
    let hundredths: i32 = text.chars().map(advance).fold(0, i32::saturating_add);
    i32::try_from(i64::from(hundredths) * i64::from(em) / 100).unwrap_or(i32::MAX)
}

/// Returns a character's advance in hundredths of an em.
fn advance(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 34,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' => 42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '—' | '→' => 95,
        'A'..='Z' => 72,
        '\u{0}'..='\u{7F}' => 64,
        '\u{80}'..='\u{10FF}' => 68,
        _ => 105,
    }
}

/// Returns the text, or as much of its start as fits with `…`.
#[must_use]
pub fn shortened(text: &str, em: i32, most: i32) -> Cow<'_, str> {
    if width(text, em) <= most {
        return Cow::Borrowed(text);
    }
    let room = most - width("…", em);
    let mut used = 0_i64;
    let mut kept = String::new();
    for c in text.chars().take(400) {
        used += i64::from(advance(c)) * i64::from(em) / 100 + 1;
        if used > i64::from(room) {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    Cow::Owned(kept)
}

/// Returns the text [`shortened`] where it is too wide.
#[must_use]
pub fn fitted(text: Cow<'_, str>, em: i32, most: i32) -> Cow<'_, str> {
    if width(&text, em) <= most { text } else { Cow::Owned(shortened(&text, em, most).into_owned()) }
}

/// Something that wants to be centred on a point of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The centre it wants.
    pub at: i32,
    /// How long it is.
    pub size: i32,
}

/// Returns centres for all, apart from each other and between `low` and `high`, as near to the wishes as can be.
///
/// The order along the line stays that of the wishes (of equal wishes, that of the slice), and the sum of the
/// squared distances is least (isotonic regression by pooling neighbours). Nothing where they don't fit.
#[must_use]
pub fn nudged(wishes: &[Wish], low: i32, high: i32) -> Option<Vec<i32>> {
    let total: i64 = wishes.iter().map(|wish| i64::from(wish.size)).sum();
    let room = i64::from(high) - i64::from(low) - total;
    if room < 0 {
        return None;
    }
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|&n| (wishes[n].at, n));
    // With the sizes before each taken off, "apart" becomes "in order".
    let mut taken = 0;
    let mut pools: Vec<(i64, i64)> = Vec::with_capacity(wishes.len());
    for &n in &order {
        let Wish { at, size } = wishes[n];
        pools.push((i64::from(at) - i64::from(size) / 2 - taken - i64::from(low), 1));
        taken += i64::from(size);
        while let [.., (sum, count), (last_sum, last_count)] = pools[..] {
            if sum * last_count <= last_sum * count {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push((sum + last_sum, count + last_count));
        }
    }
    let starts = pools.iter().flat_map(|&(sum, count)| {
        std::iter::repeat_n((sum / count).clamp(0, room), usize::try_from(count).unwrap_or(0))
    });
    let mut centres = vec![0; wishes.len()];
    let mut taken = i64::from(low);
    for (&n, start) in order.iter().zip(starts) {
        let size = i64::from(wishes[n].size);
        centres[n] = i32::try_from(start + taken + size / 2).unwrap_or(low);
        taken += size;
    }
    Some(centres)
}

/// Returns the candidate that lies inside the bounds, overlaps nothing taken and covers the fewest lines; of equal
/// ones the first. The lines go from left to right.
#[must_use]
pub fn placed(candidates: &[Extent], bounds: Extent, taken: &[Extent], lines: &[&[(i32, i32)]]) -> Option<usize> {
    let mut best = None;
    for (n, &candidate) in candidates.iter().enumerate() {
        if !candidate.is_inside(bounds) || taken.iter().any(|&other| candidate.overlaps(other)) {
            continue;
        }
        let covered = lines.iter().map(|line| crossings(candidate, line)).sum::<usize>();
        if best.is_none_or(|(_, least)| covered < least) {
            best = Some((n, covered));
        }
        if covered == 0 {
            break;
        }
    }
    best.map(|(n, _)| n)
}

/// Returns how many pieces of a line that goes from left to right touch the box.
#[must_use]
pub fn crossings(extent: Extent, line: &[(i32, i32)]) -> usize {
    // Pieces that end before the box or begin behind it are not looked at.
    let first = line.partition_point(|&(x, _)| x < extent.x0).saturating_sub(1);
    let pieces = line[first..].windows(2).take_while(|piece| piece[0].0 <= extent.x1);
    pieces.filter(|piece| extent.is_crossed_by(piece[0], piece[1])).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centres(wishes: &[(i32, i32)], low: i32, high: i32) -> Option<Vec<i32>> {
        let wishes: Vec<Wish> = wishes.iter().map(|&(at, size)| Wish { at, size }).collect();
        nudged(&wishes, low, high)
    }

    #[test]
    fn labels_that_do_not_collide_stay_where_they_are() {
        assert_eq!(centres(&[(50, 20), (10, 20), (90, 20)], 0, 100), Some(vec![50, 10, 90]));
        assert_eq!(centres(&[], 0, 100), Some(vec![]));
    }

    #[test]
    fn labels_that_collide_move_apart_evenly() {
        assert_eq!(centres(&[(50, 20), (50, 20)], 0, 100), Some(vec![40, 60]));
        assert_eq!(centres(&[(60, 20), (50, 20)], 0, 100), Some(vec![65, 45]));
        assert_eq!(centres(&[(50, 20), (50, 20), (50, 20)], 0, 100), Some(vec![30, 50, 70]));
        assert_eq!(centres(&[(50, 40), (60, 20)], 0, 100), Some(vec![40, 70]));
    }

    #[test]
    fn labels_stay_between_the_ends() {
        assert_eq!(centres(&[(0, 20)], 0, 100), Some(vec![10]));
        assert_eq!(centres(&[(-500, 20), (5, 20), (999, 20)], 0, 100), Some(vec![10, 30, 90]));
        assert_eq!(centres(&[(95, 20), (99, 20)], 0, 100), Some(vec![70, 90]));
        assert_eq!(centres(&[(i32::MIN, 20), (i32::MAX, 20)], 0, 100), Some(vec![10, 90]));
        assert_eq!(centres(&[(50, 60), (50, 60)], 0, 100), None);
    }

    #[test]
    fn a_label_takes_the_first_place_that_is_free() {
        let at = |x: i32| Extent { x0: x, y0: 0, x1: x + 10, y1: 10 };
        let bounds = Extent { x0: 0, y0: 0, x1: 100, y1: 10 };
        let line: &[(i32, i32)] = &[(20, -5), (28, 15)];
        assert_eq!(placed(&[at(0), at(40)], bounds, &[], &[]), Some(0));
        assert_eq!(placed(&[at(0), at(40)], bounds, &[at(5)], &[]), Some(1));
        assert_eq!(placed(&[at(20), at(95), at(40)], bounds, &[], &[line]), Some(2));
        assert_eq!(placed(&[at(20), at(95)], bounds, &[], &[line]), Some(0), "covering a line is better than nothing");
        assert_eq!(placed(&[at(95)], bounds, &[], &[]), None);
    }

    #[test]
    fn a_line_past_a_corner_does_not_touch_the_box() {
        let extent = Extent { x0: 0, y0: 0, x1: 10, y1: 10 };
        for (a, b, crosses) in [
            ((-5, 5), (15, 5), true),
            ((-5, -5), (15, 15), true),
            ((5, 5), (6, 6), true),
            ((8, -5), (15, 2), false),
            ((12, 0), (12, 10), false),
        ] {
            assert_eq!(extent.is_crossed_by(a, b), crosses, "{a:?} {b:?}");
        }
    }

    #[test]
    fn long_texts_end_in_an_ellipsis_and_fit() {
        assert_eq!(shortened("goal 2", 100, 1000), "goal 2");
        for text in [
            "a goal with a very long name",
            "目標を達成するための長い名前",
            "WWWWWWWWWWWWWWWWWWW",
            "iiiiiiiiiiiiiiiiiiiii iiiiiiiiii",
        ] {
            let short = shortened(text, 100, 600);
            assert!(short.ends_with('…') && width(&short, 100) <= 600, "{short}");
        }
        assert_eq!(shortened("goal", 100, 0), "…");
    }
}
