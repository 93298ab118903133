//! Decimal numbers as digits and as floats, fast.
//!
//! In: a whole number and how many of its digits stand behind the point. Out: ASCII, or the nearest float. Neither
//! allocates.

/// Powers of ten that are exact as binary floats.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Returns the float nearest to `mantissa` · 10^−`scale`, where both are exact as floats, so that one division rounds.
pub(super) fn exact_float(mantissa: i64, scale: u32) -> Option<f64> {
    let power = POWERS.get(usize::try_from(scale).ok()?)?;
    (mantissa.unsigned_abs() < 1 << 50).then(|| mantissa as f64 / power)
}

/// A number's digits with its sign and point: at most 31 bytes of ASCII.
#[derive(Debug, Clone, Copy)]
pub struct Digits {
    bytes: [u8; Self::LONGEST],
    start: usize,
}

impl Digits {
    const LONGEST: usize = 32;

    /// Returns the digits of a whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self::new(number, 0)
    }

    /// Returns digits that are already written, of which there are at most 31.
    pub(super) fn copied(text: &str) -> Self {
        let mut bytes = [b'0'; Self::LONGEST];
        let start = Self::LONGEST.saturating_sub(text.len());
        bytes.iter_mut().skip(start).zip(text.bytes()).for_each(|(place, byte)| *place = byte);
        Self { bytes, start }
    }

    /// Returns `mantissa` · 10^−`scale` with all its digits.
    pub(super) fn new(mantissa: i64, scale: u32) -> Self {
        let mut bytes = [b'0'; Self::LONGEST];
        let (mut rest, mut start, mut written) = (mantissa.unsigned_abs(), Self::LONGEST, 0);
        while rest > 0 || written <= scale {
            if written == scale && scale > 0 {
                start -= 1;
                bytes[start] = b'.';
            }
            start -= 1;
            bytes[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            written += 1;
        }
        if mantissa < 0 {
            start -= 1;
            bytes[start] = b'-';
        }
        Self { bytes, start }
    }

    /// Returns the digits as ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Returns the digits as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_floats_are_those_that_the_digits_read_as() {
        for (mantissa, scale) in [(0, 0), (1, 1), (-7, 3), (123_456_789, 5), ((1 << 50) - 1, 22), (-12_345, 0)] {
            let read = Digits::new(mantissa, scale).as_str().parse::<f64>();
            assert_eq!(exact_float(mantissa, scale), read.ok(), "{mantissa} {scale}");
        }
        assert_eq!(exact_float(1 << 50, 0), None);
        assert_eq!(exact_float(1, 23), None);
    }

    #[test]
    fn digits_keep_all_zeros() {
        for (mantissa, scale, text) in [(0, 0, "0"), (0, 2, "0.00"), (-50, 1, "-5.0"), (5, 3, "0.005"), (100, 0, "100")]
        {
            assert_eq!(Digits::new(mantissa, scale).as_str(), text);
        }
        assert_eq!(Digits::copied("-12.50").as_bytes(), b"-12.50");
    }
}
