//! The one integration binary. A module that is not listed here is not run; `architecture` checks that.
