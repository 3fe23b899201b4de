//! States and duties in words.

use scruple_controls::{CatchAll, Duty};

/// The catch-all in words.
pub fn catch_all_words(state: CatchAll) -> &'static str {
    match state {
        CatchAll::Candidate => "every limb of the EU definition is met: a candidate",
        CatchAll::DefinitionNotMet => {
            "EU definition of cyber-surveillance: not met by the facts entered"
        }
        CatchAll::CannotTell => "EU definition of cyber-surveillance: cannot tell",
        CatchAll::NotApplicable => "EU catch-all: does not apply here",
    }
}

/// A duty in words.
pub fn duty_words(duty: Duty) -> &'static str {
    match duty {
        Duty::Prohibited => "forbidden",
        Duty::Stop => "stop, and take advice",
        Duty::ApplyLicence => "apply for a licence",
        Duty::NotifyAuthority => "notify the authority, which decides",
        Duty::LegalReview => "have counsel look at it",
        Duty::Ask => "ask what is open",
        Duty::DeclineOnPolicy => "decline, or change the deal: own duty",
        Duty::RecordException => "write down the exception that is used",
        Duty::RecordRationale => "write down why you go on",
        Duty::None => "none found in what was looked at",
    }
}
