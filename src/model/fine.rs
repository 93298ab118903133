//! Numbers with so many decimals that what they are made of can be told apart: for deciding on which side of a mark a
//! score lies.
//!
//! In: exact decimal numbers. Out: sums and products without rounding, quotients cut at the 126th decimal, and on which
//! side of a hundredth they lie. Never printed and never kept in a file.

use std::cmp::Ordering;

use super::quantity::Number;

/// Digits of a limb.
const DIGITS: u32 = 9;
/// What a limb counts up to.
const BASE: u64 = 1_000_000_000;
/// Limbs behind the point.
const BEHIND: usize = 14;
/// Limbs before the point.
const BEFORE: usize = 8;
/// All limbs.
const ALL: usize = BEHIND + BEFORE;
/// The limb at whose lowest digit numbers count as the same: the 81st decimal.
const SAME: usize = BEHIND - 9;

/// A number with 126 decimals and up to 72 digits before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fine {
    is_negative: bool,
    /// Lowest first.
    limbs: [u32; ALL],
}

impl Fine {
    /// 0
    pub const ZERO: Self = Self { is_negative: false, limbs: [0; ALL] };

    /// Returns the sum, or nothing where it is too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.is_negative == other.is_negative {
            return Some(Self { limbs: sum(&self.limbs, &other.limbs)?, ..self }.plain());
        }
        let (larger, smaller) = if self.magnitude_cmp(&other).is_lt() { (other, self) } else { (self, other) };
        Some(Self { limbs: difference(&larger.limbs, &smaller.limbs), ..larger }.plain())
    }

    /// Returns the difference, or nothing where it is too large.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { is_negative: !other.is_negative, ..other })
    }

    /// Returns the product, or nothing where it is too large.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = product(&self.limbs, &other.limbs);
        let limbs = <[u32; ALL]>::try_from(product.get(BEHIND..BEHIND + ALL)?).ok()?;
        let fits = product[BEHIND + ALL..].iter().all(|&limb| limb == 0);
        fits.then(|| Self { is_negative: self.is_negative != other.is_negative, limbs }.plain())
    }

    /// Returns the quotient, cut at the last decimal; nothing where `other` is 0, or where it is too large.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let mut shifted = [0; BEHIND + ALL + 1];
        shifted[BEHIND..BEHIND + ALL].copy_from_slice(&self.limbs);
        let quotient = quotient(&mut shifted, &other.limbs)?;
        let (limbs, rest) = quotient.split_at(ALL);
        let limbs = <[u32; ALL]>::try_from(limbs).ok()?;
        let fits = rest.iter().all(|&limb| limb == 0);
        fits.then(|| Self { is_negative: self.is_negative != other.is_negative, limbs }.plain())
    }

    /// Returns the number without its sign.
    #[must_use]
    pub const fn magnitude(self) -> Self {
        Self { is_negative: false, ..self }
    }

    /// Returns the number rounded down (towards −∞) to so many decimals; one that reaches the next but for what
    /// divisions cut off has reached it. Nothing where it is too large for a decimal number.
    #[must_use]
    pub fn floor_to(self, places: u32) -> Option<Number> {
        let mut cut_off = Self::ZERO;
        cut_off.limbs[SAME] = 1;
        let unit = Self::from(Number::of_long_parts(10_i128.checked_pow(places)?, 0)?);
        let scaled = self.plus(cut_off)?.times(unit)?;
        let has_rest = scaled.limbs[..BEHIND].iter().any(|&limb| limb > 0);
        let whole = scaled.limbs[BEHIND..]
            .iter()
            .rev()
            .try_fold(0_i128, |whole, &limb| whole.checked_mul(BASE.into())?.checked_add(i128::from(limb)))?;
        Number::of_long_parts(if scaled.is_negative { -whole - i128::from(has_rest) } else { whole }, places)
    }

    /// Returns the number as it is kept with so many decimals: as `rounded`, which was computed from it in decimals, but
    /// on its own side of every hundredth. No rounding lifts a score over a tenth, and none takes it below.
    #[must_use]
    pub fn kept(self, rounded: Number, places: u32) -> Number {
        let step = |count, places| Number::new(count, places).unwrap_or_default();
        let Some(floor) = self.floor_to(2) else { return rounded };
        let off = self.minus(rounded.into()).map(Self::magnitude);
        let is_near = off.is_some_and(|off| off < step(1, places.saturating_sub(1)).into());
        // Decimals have no room for all products of very small weights.
        let rounded = if is_near { rounded } else { self.nearest(places).unwrap_or(rounded) };
        match rounded.floor_to(2).cmp(&floor) {
            Ordering::Equal => rounded,
            Ordering::Less => floor.normal(),
            Ordering::Greater => {
                let below = floor.plus(step(1, 2)).and_then(|next| next.minus(step(1, places)));
                below.map_or(rounded, Number::normal)
            }
        }
    }

    /// Returns the number rounded to so many decimals; nothing where it is too large for a decimal number.
    fn nearest(self, places: u32) -> Option<Number> {
        let floor = self.floor_to(places)?;
        let is_up = self.minus(floor.into())? >= Number::new(5, places + 1)?.into();
        if is_up { floor.plus(Number::new(1, places)?) } else { Some(floor) }
    }

    /// Returns the number between 0 and 1 that is nearest.
    #[must_use]
    pub fn clamped(self) -> Self {
        let one = Self::from(Number::ONE);
        match (self.is_negative, self.cmp(&one)) {
            (true, _) => Self::ZERO,
            (false, Ordering::Greater) => one,
            (false, _) => self,
        }
    }

    /// Returns 0 as it is usually written.
    fn plain(self) -> Self {
        let is_zero = self.limbs.iter().all(|&limb| limb == 0);
        if is_zero { Self::ZERO } else { self }
    }

    fn magnitude_cmp(&self, other: &Self) -> Ordering {
        self.limbs.iter().rev().cmp(other.limbs.iter().rev())
    }
}

impl Ord for Fine {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => self.magnitude_cmp(other),
            (true, true) => other.magnitude_cmp(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Fine {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Number> for Fine {
    fn from(number: Number) -> Self {
        let (mantissa, scale) = number.long_parts();
        // A mantissa has 29 digits at most, so that eight more fit.
        let decimals = DIGITS * BEHIND as u32 - scale;
        let mut rest = mantissa.unsigned_abs() * 10_u128.pow(decimals % DIGITS);
        let mut limbs = [0; ALL];
        for limb in limbs.iter_mut().skip((decimals / DIGITS) as usize) {
            *limb = (rest % u128::from(BASE)) as u32;
            rest /= u128::from(BASE);
        }
        Self { is_negative: mantissa < 0, limbs }
    }
}

impl Number {
    /// Returns the sum, [apart](Self::apart) from shorter numbers where it has too many digits; nothing on overflow.
    #[must_use]
    pub fn fair_sum(self, other: Self) -> Option<Self> {
        let sum = self.plus(other)?;
        if sum.places() >= self.places().max(other.places()) {
            return Some(sum);
        }
        let exact = Fine::from(self).plus(other.into()).map(|exact| exact.cmp(&sum.into()));
        Some(sum.apart(exact.unwrap_or(Ordering::Equal)))
    }

    /// Returns the quotient, [apart](Self::apart) from shorter numbers where it has no end; nothing where `other` is 0
    /// or on overflow.
    #[must_use]
    pub fn fair_quotient(self, other: Self) -> Option<Self> {
        let quotient = self.over(other)?;
        if quotient.short_parts().is_none() {
            return Some(quotient);
        }
        let product = Fine::from(quotient).times(other.into());
        let exact = product.map_or(Ordering::Equal, |product| Fine::from(self).cmp(&product));
        Some(quotient.apart(if other.is_negative() { exact.reverse() } else { exact }))
    }
}

fn sum(a: &[u32; ALL], b: &[u32; ALL]) -> Option<[u32; ALL]> {
    let (mut limbs, mut carry) = (*a, 0);
    for (limb, b) in limbs.iter_mut().zip(b) {
        let sum = u64::from(*limb) + u64::from(*b) + carry;
        *limb = (sum % BASE) as u32;
        carry = sum / BASE;
    }
    (carry == 0).then_some(limbs)
}

/// Returns the difference of a number and one that isn't larger.
fn difference(larger: &[u32; ALL], smaller: &[u32; ALL]) -> [u32; ALL] {
    let (mut limbs, mut borrow) = (*larger, 0);
    for (limb, b) in limbs.iter_mut().zip(smaller) {
        let taken = u64::from(*b) + borrow;
        borrow = u64::from(u64::from(*limb) < taken);
        *limb = (u64::from(*limb) + borrow * BASE - taken) as u32;
    }
    limbs
}

fn product(a: &[u32; ALL], b: &[u32; ALL]) -> [u32; 2 * ALL] {
    let mut limbs = [0; 2 * ALL];
    // Most numbers have a few digits on both sides of the point.
    let first = b.iter().position(|&limb| limb > 0).unwrap_or(ALL);
    let last = b.iter().rposition(|&limb| limb > 0).map_or(first, |last| last + 1);
    for (place, &a) in a.iter().enumerate().filter(|(_, a)| **a > 0) {
        let mut carry = 0;
        let (own, above) = limbs[place + first..].split_at_mut(last - first);
        for (limb, b) in own.iter_mut().zip(&b[first..last]) {
            let sum = u64::from(*limb) + u64::from(a) * u64::from(*b) + carry;
            *limb = (sum % BASE) as u32;
            carry = sum / BASE;
        }
        for limb in above {
            if carry == 0 {
                break;
            }
            let sum = u64::from(*limb) + carry;
            *limb = (sum % BASE) as u32;
            carry = sum / BASE;
        }
    }
    limbs
}

/// Divides by long division (Knuth, "The Art of Computer Programming", volume 2, algorithm D); what is left of
/// `dividend`, whose highest limb must be 0, is the rest.
fn quotient(dividend: &mut [u32; BEHIND + ALL + 1], divisor: &[u32; ALL]) -> Option<[u32; BEHIND + ALL]> {
    let length = ALL - divisor.iter().rev().take_while(|&&limb| limb == 0).count();
    let highest = u64::from(*divisor.get(length.checked_sub(1)?)?);
    // Both are multiplied so that the divisor's highest limb is at least a half of the base.
    let factor = BASE / (highest + 1);
    let mut divisor = *divisor;
    scale(&mut divisor, factor);
    scale(dividend, factor);
    let divisor = &divisor[..length];
    let limb = |limbs: &[u32], at: Option<usize>| at.and_then(|at| limbs.get(at)).map_or(0, |&limb| u64::from(limb));
    let (first, second) = (limb(divisor, length.checked_sub(1)), limb(divisor, length.checked_sub(2)));
    let mut quotient = [0; BEHIND + ALL];
    for place in (0..=BEHIND + ALL - length).rev() {
        let top = place + length;
        let head = limb(dividend, Some(top)) * BASE + limb(dividend, Some(top - 1));
        let next = if length > 1 { limb(dividend, top.checked_sub(2)) } else { 0 };
        let (mut guess, mut rest) = (head / first, head % first);
        while rest < BASE && (guess >= BASE || guess * second > rest * BASE + next) {
            guess -= 1;
            rest += first;
        }
        if guess > 0 && !take(&mut dividend[place..=top], divisor, guess) {
            guess -= 1;
            give_back(&mut dividend[place..=top], divisor);
        }
        if let Some(limb) = quotient.get_mut(place) {
            *limb = guess as u32;
        }
    }
    Some(quotient)
}

/// Multiplies by a factor that the highest limb has room for.
fn scale(limbs: &mut [u32], factor: u64) {
    let mut carry = 0;
    for limb in limbs {
        let product = u64::from(*limb) * factor + carry;
        *limb = (product % BASE) as u32;
        carry = product / BASE;
    }
}

/// Subtracts `times` times the divisor; says whether there was enough. Where not, the result wraps.
fn take(dividend: &mut [u32], divisor: &[u32], times: u64) -> bool {
    let mut borrow = 0;
    for (limb, divisor) in dividend.iter_mut().zip(divisor.iter().chain(std::iter::once(&0))) {
        let taken = times * u64::from(*divisor) + borrow;
        let rest = taken % BASE;
        let is_short = u64::from(u64::from(*limb) < rest);
        *limb = (u64::from(*limb) + is_short * BASE - rest) as u32;
        borrow = taken / BASE + is_short;
    }
    borrow == 0
}

/// Adds the divisor once to what wrapped.
fn give_back(dividend: &mut [u32], divisor: &[u32]) {
    let mut carry = 0;
    for (limb, divisor) in dividend.iter_mut().zip(divisor.iter().chain(std::iter::once(&0))) {
        let sum = u64::from(*limb) + u64::from(*divisor) + carry;
        *limb = (sum % BASE) as u32;
        carry = sum / BASE;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    fn fine(text: &str) -> Fine {
        Fine::from(number(text))
    }

    #[test]
    fn sums_and_products_of_the_longest_numbers_are_exact() {
        let (huge, tiny) = (fine("79228162514264337593543950335"), fine("0.0000000000000000000000000001"));
        let both = huge.plus(tiny).expect("fits");
        assert!(both > huge);
        assert_eq!(both.minus(huge), Some(tiny));
        assert_eq!(both.minus(tiny), Some(huge));
        let square = huge.times(huge).expect("fits");
        assert_eq!(square.over(huge), Some(huge));
        assert_eq!(fine("-3").times(fine("0.5")), Some(fine("-1.5")));
        assert_eq!(fine("-3").plus(fine("3")), Some(Fine::ZERO));
        assert_eq!(square.times(huge), None, "more than 72 digits");
        assert_eq!(huge.over(Fine::ZERO), None);
    }

    #[test]
    fn thirds_add_up_and_what_falls_short_does_not() {
        let third = fine("1").over(fine("3")).expect("fits");
        let sum = third.plus(third).and_then(|sum| sum.plus(third)).expect("fits");
        assert!(sum < fine("1"), "divisions cut");
        assert_eq!(sum.floor_to(2), Some(number("1.00")));
        for (of, to, expected) in [
            ("0.9999999999999999999999999999", "1", "0.99"),
            ("79228162514264337593543950334", "79228162514264337593543950335", "0.99"),
            ("0.7", "1", "0.70"),
            ("-0.0000000000000000000000000001", "1", "-0.01"),
            ("-0.07", "1", "-0.07"),
            ("7", "2", "3.50"),
            ("0.0000000000000000000000000001", "79228162514264337593543950335", "0.00"),
        ] {
            let ratio = fine(of).over(fine(to)).expect("fits");
            assert_eq!(ratio.floor_to(2), Some(number(expected)), "{of} over {to}");
        }
        assert_eq!(fine("79228162514264337593543950335").floor_to(2), None, "no decimal number of that size");
        assert_eq!(fine("-79228162514264337593543950335").floor_to(0), Some(number("-79228162514264337593543950335")));
    }

    #[test]
    fn numbers_are_kept_on_their_side_of_every_hundredth() {
        for (exact, rounded, expected) in [
            ("0.9999999999999999999", "1.000000000000000000", "0.999999999999999999"),
            ("0.6699999999999999999", "0.670000000000000000", "0.669999999999999999"),
            ("0.7", "0.699999999999999999", "0.7"),
            ("0.7", "0.7", "0.7"),
            ("0.33333333333333333333", "0.333333333333333333", "0.333333333333333333"),
            ("-0.0000000000000000001", "0", "-0.000000000000000001"),
            ("0.46662516339869281046", "0.5", "0.466625163398692810"),
            ("0.33333333333333333356", "0", "0.333333333333333334"),
        ] {
            assert_eq!(fine(exact).kept(number(rounded), 18), number(expected), "{exact}");
        }
    }

    proptest! {
        #[test]
        fn a_quotient_is_the_largest_whose_product_with_the_divisor_is_not_larger(
            a in any::<(i64, u8)>(), b in any::<(i64, u8)>(), c in any::<(i64, u8)>(), d in any::<(i64, u8)>(),
        ) {
            let of = |(digits, places): (i64, u8)| Fine::from(Number::new(digits, u32::from(places % 29)).expect("fits"));
            let (dividend, divisor) = (of(a).times(of(b)).expect("fits"), of(c).times(of(d)).expect("fits"));
            let Some(found) = dividend.magnitude().over(divisor.magnitude()) else { return Ok(()) };
            let mut more = found;
            more.limbs[0] += 1;
            // Products are cut, too, so that the next larger one may seem to fit exactly.
            let product = |quotient: Fine| quotient.times(divisor.magnitude());
            prop_assert!(product(found).is_none_or(|product| product <= dividend.magnitude()));
            prop_assert!(more.limbs[0] == 1_000_000_000 || product(more).is_none_or(|product| product >= dividend.magnitude()));
        }
    }
}
