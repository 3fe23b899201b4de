//! A brief for eyes: the terminal, and one HTML file that prints.
//!
//! Both are made from one [`view`], so that they say the same in the same order.

pub mod assessment;
pub mod classify;
mod decide;
pub mod html;
mod items;
pub mod ownership;
pub mod paint;
pub mod report;
pub mod schema;
pub mod screening;
pub mod terminal;
pub mod view;
