//! Values as the files of a bag hold them: numbers, days and words as text, all else by its shape.
//!
//! For fields of shapes, as `#[serde(with = "stored")]`: serde's own `remote` knows no lists or absent values.

use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::hash::Digest;
use crate::model::calendar::Day;
use crate::model::goal::{Better, GainKind, Judge, Side};
use crate::model::grade::Grade;
use crate::model::ids::{CycleId, Slug};
use crate::model::ledger::notation;
use crate::model::metric::Aggregate;
use crate::model::plan::Ambition;
use crate::model::quantity::{Number, Quantity};
use crate::model::scorecard::{GuardrailState, ScoreState};

/// What a bag's files can hold.
pub(in crate::seal) trait Stored: Sized {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;
}

pub(in crate::seal) fn serialize<T: Stored, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    value.write(to)
}

pub(in crate::seal) fn deserialize<'de, T: Stored, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    T::read(from)
}

/// Returns a value as the text that it has in the file, but for the spaces.
pub(super) fn text<T: Stored>(value: &T) -> String {
    serde_json::to_string(&Out(value)).unwrap_or_default()
}

struct Out<'a, T>(&'a T);

impl<T: Stored> Serialize for Out<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to)
    }
}

struct In<T>(T);

impl<'de, T: Stored> Deserialize<'de> for In<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(Self)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Out).serialize(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::<In<T>>::deserialize(from)?.map(|known| known.0))
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(Out))
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Vec::<In<T>>::deserialize(from)?.into_iter().map(|known| known.0).collect())
    }
}

impl<T: Stored> Stored for Box<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (**self).write(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(Self::new)
    }
}

/// Whether a gain is a share of its start.
impl Stored for GainKind {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bool(*self == Self::Relative)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(if bool::deserialize(from)? { Self::Relative } else { Self::Absolute })
    }
}

/// Types that stand as text: each with what it is written with and read with.
macro_rules! texts {
    ($($Type:ty: $write:expr, $read:expr;)+) => {$(
        impl Stored for $Type {
            fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let written: fn(&Self) -> _ = $write;
                to.collect_str(&written(self))
            }

            fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                let read: fn(&str) -> Option<Self> = $read;
                read(&text).ok_or_else(|| D::Error::custom(format_args!("`{text}` stands for nothing here")))
            }
        }
    )+};
}

texts! {
    Number: Self::to_string, Self::parse;
    Quantity: notation::quantity, notation::read_quantity;
    Day: Self::to_string, Self::parse;
    CycleId: Self::to_string, Self::parse;
    Slug: Self::to_string, Self::new;
    Digest: Self::to_string, Self::parse;
    Arc<str>: ToString::to_string, |text| Some(text.into());
    Aggregate: |aggregate| aggregate.name(), Self::named;
    Ambition: |word| word.name(), Self::named;
    Better: |word| word.name(), Self::named;
    Side: |word| word.name(), Self::named;
    Judge: |word| word.name(), Self::named;
    ScoreState: |word| word.name(), Self::named;
    GuardrailState: |word| word.name(), Self::named;
    // It follows from the score, which is what is read.
    Grade: Self::to_string, |_| None;
}

/// Types that are stored by their shapes.
macro_rules! shapes {
    ($($Type:ty: $Shape:ident;)+) => {$(
        impl crate::seal::scores::stored::Stored for $Type {
            fn write<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $Shape::serialize(self, to)
            }

            fn read<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $Shape::deserialize(from)
            }
        }
    )+};
}

pub(super) use shapes;
