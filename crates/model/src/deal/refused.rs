//! Refused fields.
