//! Which edition of a source may take the place of the one that is held.
//!
//! An edition replaces everything its source said. So a file that is older, that is cut
//! off, that is one of a set or that holds only what changed would silently take away
//! holdings, and whom a listing reaches through them. Such a file is refused.

use super::note::Part;
use crate::failure::bad_input;

/// Refuses an older edition, and with `whole` one that lost a fifth of its records.
pub(super) fn may_replace(new: &Part, held: &Part, whole: bool) -> anyhow::Result<()> {
    let files = new.files.join(", ");
    if let (Some(day), Some(of)) = (new.date, held.date)
        && day < of
    {
        return Err(bad_input(
            format!(
                "{files} is of {day}, and an edition of {} of {of} is held; nothing was taken",
                new.id
            ),
            "get the newer edition; --dated states the day where a file's own is wrong",
        ));
    }
    if whole && u128::from(new.records) * 5 < u128::from(held.records) * 4 {
        return Err(bad_input(
            format!(
                "{files} has {} records, and the edition of {} that is held has {}; nothing was \
                 taken",
                new.records, new.id, held.records
            ),
            format!(
                "give all files of the full edition together; --accept-shrink {} takes it as it is",
                new.id
            ),
        ));
    }
    Ok(())
}
