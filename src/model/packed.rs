//! Columns of numbers in as few bytes as they need.
//!
//! In: numbers in order. Out: the same numbers by their place. Copies of a column share its memory. Knows neither days
//! nor metrics.

use std::ops::Range;
use std::sync::Arc;

use super::digits::exact_float;
use super::quantity::Number;

/// Whole numbers in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ints {
    /// Numbers that all differ by the same step.
    Run {
        /// The first.
        first: i64,
        /// What each adds to the one before.
        step: i64,
        /// How many there are.
        len: usize,
    },
    /// Numbers that lie close together.
    Near {
        /// The smallest.
        base: i64,
        /// What each is above it.
        above: Arc<[u16]>,
    },
    /// Other numbers of up to 32 bits.
    Narrow(Arc<[i32]>),
    /// Other numbers.
    Wide(Arc<[i64]>),
}

impl Ints {
    /// Packs numbers.
    #[must_use]
    pub fn pack<I>(numbers: I) -> Self
    where
        I: IntoIterator<Item = i64>,
        I::IntoIter: ExactSizeIterator + Clone,
    {
        let numbers = numbers.into_iter();
        let len = numbers.len();
        let mut rest = numbers.clone();
        let first = rest.next().unwrap_or_default();
        let step = rest.clone().next().map_or(0, |second| second.wrapping_sub(first));
        let (mut is_run, mut before, mut least, mut greatest) = (true, first, first, first);
        for number in rest {
            is_run &= number.checked_sub(before) == Some(step);
            (before, least, greatest) = (number, least.min(number), greatest.max(number));
        }
        let fits = |number: i64| i32::try_from(number).is_ok();
        if is_run {
            Self::Run { first, step, len }
        } else if greatest.checked_sub(least).is_some_and(|span| span <= i64::from(u16::MAX)) {
            Self::Near { base: least, above: numbers.map(|number| (number - least) as u16).collect() }
        } else if fits(least) && fits(greatest) {
            Self::Narrow(numbers.map(|number| number as i32).collect())
        } else {
            Self::Wide(numbers.collect())
        }
    }

    /// Takes the memory of `other` where the numbers are the same.
    pub fn share(&mut self, other: &Self) {
        if self == other {
            self.clone_from(other);
        }
    }

    /// Returns how many numbers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Run { len, .. } => *len,
            Self::Near { above, .. } => above.len(),
            Self::Narrow(numbers) => numbers.len(),
            Self::Wide(numbers) => numbers.len(),
        }
    }

    /// Says whether there is no number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number at `place`; 0 behind the end.
    #[must_use]
    #[inline]
    pub fn get(&self, place: usize) -> i64 {
        match self {
            // Packing checked every step, so nothing wraps for places inside.
            Self::Run { first, step, .. } => {
                first.wrapping_add(step.wrapping_mul(i64::try_from(place).unwrap_or_default()))
            }
            Self::Near { base, above } => above.get(place).map_or(0, |&above| base + i64::from(above)),
            Self::Narrow(numbers) => numbers.get(place).copied().map_or(0, i64::from),
            Self::Wide(numbers) => numbers.get(place).copied().unwrap_or_default(),
        }
    }

    /// Calls `visit` for each number at `places`, in order; the packing is looked at once for all of them.
    #[inline]
    pub fn each(&self, places: Range<usize>, visit: impl FnMut(i64)) {
        match self {
            Self::Run { .. } => places.map(|place| self.get(place)).for_each(visit),
            Self::Near { base, above } => inside(above, places).map(|&above| base + i64::from(above)).for_each(visit),
            Self::Narrow(numbers) => inside(numbers, places).copied().map(i64::from).for_each(visit),
            Self::Wide(numbers) => inside(numbers, places).copied().for_each(visit),
        }
    }

    /// Returns the first place whose number is at least `bound`; the numbers must ascend.
    #[must_use]
    pub fn lower_bound(&self, bound: i64) -> usize {
        match self {
            Self::Run { .. } => {
                let (mut low, mut high) = (0, self.len());
                while low < high {
                    let middle = low + (high - low) / 2;
                    if self.get(middle) < bound {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                low
            }
            Self::Near { base, above } => {
                let bound = bound.saturating_sub(*base);
                above.partition_point(|&above| i64::from(above) < bound)
            }
            Self::Narrow(numbers) => numbers.partition_point(|&number| i64::from(number) < bound),
            Self::Wide(numbers) => numbers.partition_point(|&number| number < bound),
        }
    }

    /// Returns the sum of the numbers at `places`, which must not be too large for that.
    #[must_use]
    pub fn sum(&self, places: Range<usize>) -> i64 {
        match self {
            Self::Run { first, step: 0, .. } => first.saturating_mul(i64::try_from(places.len()).unwrap_or(i64::MAX)),
            _ => places.map(|place| self.get(place)).fold(0, i64::saturating_add),
        }
    }

    /// Returns the smallest and the largest of the numbers at `places`; nothing where there are no places.
    #[must_use]
    pub fn ends(&self, places: Range<usize>) -> Option<(i64, i64)> {
        let last = places.end.checked_sub(1).filter(|last| *last >= places.start)?;
        let (first, last) = (self.get(places.start), self.get(last));
        if matches!(self, Self::Run { .. }) {
            return Some((first.min(last), first.max(last)));
        }
        let numbers = places.map(|place| self.get(place));
        Some(numbers.fold((first, first), |(least, greatest), number| (least.min(number), greatest.max(number))))
    }
}

/// Decimal numbers in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbers {
    /// Numbers with the same count of decimals.
    Scaled {
        /// The numbers without their point.
        mantissas: Ints,
        /// How many digits stand behind the point.
        scale: u32,
    },
    /// Numbers of too many digits for that.
    Exact(Arc<[Number]>),
}

impl Numbers {
    /// Packs numbers.
    #[must_use]
    pub fn pack<I>(numbers: I) -> Self
    where
        I: IntoIterator<Item = Number>,
        I::IntoIter: ExactSizeIterator + Clone,
    {
        let numbers = numbers.into_iter();
        let all_short = numbers.clone().all(|number| number.parts().is_some());
        let parts = || numbers.clone().map(|number| number.parts().unwrap_or_default());
        let packed = if all_short { Self::pack_parts(parts()) } else { None };
        packed.unwrap_or_else(|| Self::Exact(numbers.collect()))
    }

    /// Packs numbers that are given as mantissa and scale; nothing where they are too long to have one scale.
    pub fn pack_parts<I>(parts: I) -> Option<Self>
    where
        I: ExactSizeIterator<Item = (i64, u32)> + Clone,
    {
        let (least, scale) =
            parts.clone().fold((u32::MAX, 0), |(least, most), (_, places)| (least.min(places), most.max(places)));
        let mantissas = if least >= scale {
            Ints::pack(parts.map(|(mantissa, _)| mantissa))
        } else {
            parts.clone().all(|part| scaled(part, scale).is_some()).then_some(())?;
            Ints::pack(parts.map(|part| scaled(part, scale).unwrap_or_default()))
        };
        Some(Self::Scaled { mantissas, scale })
    }

    /// Returns the number at `place` without needless zeros; 0 behind the end.
    #[must_use]
    pub fn get(&self, place: usize) -> Number {
        match self {
            Self::Scaled { mantissas, scale } => short(mantissas.get(place), *scale),
            Self::Exact(numbers) => numbers.get(place).copied().unwrap_or_default(),
        }
    }

    /// Says whether all are of so few digits that sums of any of them can be computed with.
    #[must_use]
    pub const fn are_short(&self) -> bool {
        matches!(self, Self::Scaled { .. })
    }

    /// Calls `visit` for each number at `places` as the nearest float, in order.
    pub fn each_float(&self, places: Range<usize>, mut visit: impl FnMut(f64)) {
        match self {
            Self::Scaled { mantissas, scale } => mantissas.each(places, |mantissa| {
                let exact = exact_float(mantissa, *scale);
                visit(exact.unwrap_or_else(|| short(mantissa, *scale).to_float()));
            }),
            Self::Exact(numbers) => inside(numbers, places).for_each(|number| visit(number.to_float())),
        }
    }
}

/// Returns what stands at `places`; nothing behind the end.
fn inside<T>(items: &[T], places: Range<usize>) -> std::slice::Iter<'_, T> {
    items.get(places.start..places.end.min(items.len())).unwrap_or_default().iter()
}

/// Returns a number without needless zeros.
fn short(mut mantissa: i64, mut scale: u32) -> Number {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Number::new(mantissa, scale).unwrap_or_default()
}

/// Returns the mantissa that a number has with `scale` digits behind the point.
fn scaled((mantissa, places): (i64, u32), scale: u32) -> Option<i64> {
    mantissa.checked_mul(10_i64.checked_pow(scale.checked_sub(places)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn whole_numbers_come_back_from_every_packing() {
        for numbers in [
            vec![],
            vec![7],
            vec![1, 2, 3],
            vec![9, 6, 3],
            vec![5, 5, 5],
            vec![1, 2, 4],
            vec![-40_000, 0, 25_535],
            vec![-40_000, 0, 25_536],
            vec![i64::MAX, i64::MAX - 9, i64::MAX - 1],
            vec![0, i64::from(i32::MAX) + 1, 3],
            vec![0, i64::MAX, i64::MIN],
            vec![i64::MIN, 0, i64::MAX],
        ] {
            let packed = Ints::pack(numbers.clone());
            assert_eq!((0..packed.len()).map(|place| packed.get(place)).collect::<Vec<_>>(), numbers);
            let mut visited = Vec::new();
            packed.each(0..packed.len(), |number| visited.push(number));
            assert_eq!(visited, numbers);
            for (start, end) in (0..=numbers.len()).flat_map(|end| (0..=end).map(move |start| (start, end))) {
                let part = &numbers[start..end];
                let ends = part.iter().min().copied().zip(part.iter().max().copied());
                assert_eq!(packed.ends(start..end), ends, "{numbers:?} {start}..{end}");
            }
        }
        assert!(matches!(Ints::pack([20, 21, 22]), Ints::Run { .. }));
        assert!(matches!(Ints::pack([-40_000, 0, 25_535]), Ints::Near { .. }));
        assert!(matches!(Ints::pack([-40_000, 0, 25_536]), Ints::Narrow(_)));
    }

    #[test]
    fn sums_and_bounds_are_those_of_the_numbers() {
        for numbers in [vec![1, 1, 1, 1], vec![2, 4, 6, 8], vec![1, 2, 9, 70_000], vec![-7, 1, 2, 1 << 40]] {
            let packed = Ints::pack(numbers.clone());
            assert_eq!(packed.sum(1..3), numbers[1] + numbers[2]);
            assert_eq!(packed.sum(2..2), 0);
            for bound in [i64::MIN, -7, 0, 1, 2, 3, 8, 9, 70_000, i64::MAX] {
                let expected = numbers.iter().filter(|number| **number < bound).count();
                assert_eq!(packed.lower_bound(bound), expected, "{numbers:?} {bound}");
            }
        }
    }

    #[test]
    fn equal_columns_share_their_memory() {
        let (mut own, other) = (Ints::pack([1, 2, 4]), Ints::pack([1, 2, 4]));
        own.share(&other);
        let (Ints::Near { above: own, .. }, Ints::Near { above: other, .. }) = (own, other) else { panic!("near") };
        assert!(Arc::ptr_eq(&own, &other));
    }

    #[test]
    fn decimals_come_back_from_every_packing() {
        for texts in [vec!["1.5", "2.25", "-3"], vec!["0.1234567890123456789", "12345678901234567.8"], vec!["0", "0.0"]]
        {
            let numbers: Vec<Number> = texts.iter().map(|text| number(text)).collect();
            let packed = Numbers::pack(numbers.iter().copied());
            for (place, expected) in numbers.iter().enumerate() {
                assert_eq!(packed.get(place), *expected);
            }
            let mut floats = Vec::new();
            packed.each_float(0..numbers.len(), |float| floats.push(float));
            assert_eq!(floats, numbers.iter().map(|number| number.to_float()).collect::<Vec<_>>());
        }
        assert_eq!(Numbers::pack([number("1.50"), number("1.25")]).get(0).to_string(), "1.5");
    }
}
