//! Spanned tree.
