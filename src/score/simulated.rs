//! A small generator of noise, for tests of statistics: seeded, so that every run sees the same series.

/// Noise from a seed: xorshift (Marsaglia 2003).
pub(crate) struct Noise(u64);

impl Noise {
    /// Returns a generator.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Returns a number from 0 to 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns the next value of noise of standard deviation 1 that resembles its last value by `likeness` (an AR(1)).
    pub(crate) fn after(&mut self, last: f64, likeness: f64) -> f64 {
        likeness * last + (1.0 - likeness * likeness).sqrt() * self.normal()
    }

    /// Returns normal noise of standard deviation 1: the sum of twelve uniform numbers.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

/// Returns the share of `runs` runs, each with noise of its own, in which there is an alarm.
pub(crate) fn share(runs: u64, mut alarm: impl FnMut(&mut Noise) -> bool) -> f64 {
    (1..=runs).filter(|&seed| alarm(&mut Noise::new(seed))).count() as f64 / runs as f64
}
