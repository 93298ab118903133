//! What a key states against what the sentence states.
//!
//! In: a key's quantity and the sentence's. Out: the key's, in the sentence's unit where it has none; a finding where they
//! differ.

use super::amounts::show;
use super::keys::Slot;
use crate::diag::Diagnostic;
use crate::model::quantity::{Quantity, Unit};
use crate::source::Spanned;
use crate::yaml::Reader;

/// Returns the key's quantity, with the unit that the sentence gives where the key gives none; reports where they differ.
pub(super) fn compare(
    reader: &mut Reader<'_>,
    slot: &Slot,
    stated: Option<&Quantity>,
    title: &Spanned<String>,
) -> Quantity {
    let mut quantity = slot.quantity.clone();
    let Some(stated) = stated else { return quantity };
    if quantity.unit == Unit::Count && quantity.per.is_none() {
        quantity.unit = stated.unit.clone();
        quantity.per.clone_from(&stated.per);
    }
    let same_per = quantity.per.is_none() || stated.per.is_none() || quantity.per == stated.per;
    if stated.number_in(&quantity.unit) != Some(quantity.number) || !same_per {
        let message = format!("`{}` says {}, but the sentence says {}", slot.key, show(&slot.quantity), show(stated));
        let diagnostic = Diagnostic::error("contradiction", slot.span, message).label("this one is used");
        reader.report(
            diagnostic
                .related(title.span, "the sentence")
                .help(format!("leave `{}` out, or make both alike", slot.key)),
        );
    }
    quantity
}
