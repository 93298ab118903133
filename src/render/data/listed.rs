//! Items of a file that needn't all be there at a time.
//!
//! In: items, or how they are made. Out: a list in the file; where they are made, one by one while it is written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Makes the items, each time anew.
type Make<'a, T> = dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a;

/// A list of a file's items.
pub(crate) enum Listed<'a, T> {
    /// They were read.
    Held(Vec<T>),
    /// They are made when they are written.
    Made(Box<Make<'a, T>>),
}

impl<'a, T> Listed<'a, T> {
    /// Returns the list of the items that `make` makes.
    pub(super) fn of<I: Iterator<Item = T> + 'a>(make: impl Fn() -> I + 'a) -> Self {
        Self::Made(Box::new(move || Box::new(make())))
    }

    /// Returns all items.
    pub(crate) fn into_items(self) -> Vec<T> {
        match self {
            Self::Held(items) => items,
            Self::Made(make) => make().collect(),
        }
    }
}

impl<T> Default for Listed<'_, T> {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl<T: Serialize> Serialize for Listed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Held(items) => serializer.collect_seq(items),
            Self::Made(make) => serializer.collect_seq(make()),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Listed<'_, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::Held)
    }
}

impl<T: JsonSchema> JsonSchema for Listed<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_written_like_what_is_held() {
        let made = Listed::of(|| 1..=3);
        let text = serde_json::to_string(&made).expect("numbers");
        assert_eq!(text, "[1,2,3]");
        let read: Listed<'_, i32> = serde_json::from_str(&text).expect("numbers");
        assert!(matches!(&read, Listed::Held(items) if *items == [1, 2, 3]));
        assert_eq!(read.into_items(), made.into_items());
    }
}
