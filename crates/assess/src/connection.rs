//! How the company would be tied to a harm: cause, contribute or linked (UNGP 13).

use crate::known::{Known, State};
use crate::packs::Connection;

/// The nearest tie that the facts entered show, and why; what is open may bring it nearer.
pub(crate) fn connection(known: &[Known<'_>]) -> (Connection, String) {
    let mut nearest = Connection::Linked;
    let mut because = Vec::new();
    let mut open = Vec::new();
    for one in known {
        let of = |choice: &crate::packs::Choice| choice.connection;
        let Some(worst) = one.body.choices.iter().filter_map(of).min() else {
            continue;
        };
        match one.state {
            State::Choice(choice) => {
                let Some(tie) = choice.connection else {
                    continue;
                };
                if tie < Connection::Linked {
                    because.push(format!("{} ({})", choice.text, one.id));
                }
                nearest = nearest.min(tie);
            }
            _ => open.push((worst, one.id.to_string())),
        }
    }
    let open: Vec<String> = open
        .into_iter()
        .filter(|(worst, _)| *worst < nearest)
        .map(|(_, id)| id)
        .collect();
    if because.is_empty() {
        because.push("it is what the deal is about".to_owned());
    }
    if !open.is_empty() {
        because.push(format!(
            "it may be nearer: {} not answered",
            open.join(", ")
        ));
    }
    (nearest, because.join("; "))
}
