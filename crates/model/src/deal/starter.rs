//! The deal file that `scruple init` writes: filled in where answers were given,
//! with a comment at each fact that decides something.

use std::fmt::Write as _;

/// What is known when a deal file is started. Empty or `None` is written as
/// `"unknown"`, or left as a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// One line a person would say.
    pub title: String,
    /// The seller's name.
    pub seller: String,
    /// The seller's country.
    pub seller_country: Option<String>,
    /// What is sold.
    pub item: Option<String>,
    /// Where it goes.
    pub destination: Option<String>,
    /// Who uses it in the end.
    pub end_user: Option<String>,
    /// The end use, in the buyer's words.
    pub end_use: Option<String>,
    /// Who decides.
    pub sign_off: Option<String>,
}

/// The text of a commented `deal.toml`. With answers that are valid, it reads
/// without problems: without any, as the most incomplete deal there is.
pub fn starter(answers: &Answers) -> String {
    let given = |answer: &Option<String>| {
        answer
            .as_deref()
            .map(str::trim)
            .filter(|a| !a.is_empty())
            .map(quoted)
    };
    let or_unknown =
        |answer: &Option<String>| given(answer).unwrap_or_else(|| "\"unknown\"".into());
    let named = |answer: &str, otherwise: &str| {
        quoted(if answer.trim().is_empty() {
            otherwise
        } else {
            answer.trim()
        })
    };
    let title = named(&answers.title, "A deal to be named");
    let seller = named(&answers.seller, "The seller's registered name");
    let seat = or_unknown(&answers.seller_country);
    let mut text = format!(
        r#"# A deal, before it is signed. Check it with: scruple check THIS-FILE
# Whatever nobody knows yet stays "unknown" and turns into a question.
# Every field is described in docs/deal-file.md.

schema = "{schema}"

# One line a person would say: what, to whom, where.
title = {title}
# reference = "your own number"

# "sale" if you sell, license or supply; "purchase" if you buy or import.
direction = "sale"

# Where it goes in the end, what it passes through, where it will be used.
# A country code ("kz") or a region that rules name ("cn-xj", "ua-crimea").
destination = {destination}
# transit = ["tr"]
place_of_use = "unknown"

# What it will be used for, in the buyer's words. Quote, do not summarise.
end_use = {end_use}

# Further parties may stand in a spreadsheet beside this file.
# parties_file = "parties.csv"

[seller]
name = {seller}
country = {seat}
# lei = "20 letters and digits"

# The facts that decide which law binds.
[nexus]
# Where you are established, and where the item leaves from.
legal_seat = {seat}
place_of_export = "unknown"
# Do US persons take part? Financing and support count.
us_persons = "unknown"
# Made in the United States, or sent from or through it?
us_origin = "unknown"
# Share of controlled US content in the value, 0 to 100.
us_content_percent = "unknown"
# Direct product of US technology or software?
us_direct_product = "unknown"
# Does somebody arrange it between third countries?
brokering = "unknown"
# Repair, training, set-up or other technical help with it?
technical_assistance = "unknown"
# Currency of payment, and countries of the banks in between.
currency = "unknown"
bank_countries = "unknown"
# shipment, download, remote-access, service: one or several.
delivery = "unknown"
# For goods bought: the country they are brought into, and who imports them.
# import_into = "us"
# importer_of_record = "a name, or the id of a party"

"#,
        schema = super::SCHEMA,
        destination = or_unknown(&answers.destination),
        end_use = or_unknown(&answers.end_use),
    );
    section(
        &mut text,
        "# What is sold: one [[items]] for each thing.\n",
        given(&answers.item),
        |name| {
            format!(
                "[[items]]\nname = {name}\n# description = \"what it is and does\"\n# maker = \"who makes it\"\n\
                 origin = \"unknown\"\n# control_codes = [\"5A001.f\"]\n\
                 # What it can do, by the names of `scruple explain capabilities`.\n# capabilities = [\"cap.face-comparison\"]\n"
            )
        },
        "\"What it is called\"",
    );
    section(
        &mut text,
        "# To and through whom: one [[parties]] for each. The name in its original\n# script finds most. Roles: end-user, consignee, \
         intermediary, distributor,\n# integrator, bank, carrier, supplier, broker, government-sponsor, director, owner.\n",
        given(&answers.end_user),
        |name| {
            format!(
                "[[parties]]\nid = \"end-user\"\nrole = \"end-user\"\nname = {name}\n# names = [\"its name in the original script\"]\n\
                 country = \"unknown\"\n# function = \"police\"   # for a body: police, hospital, company, …\n# address = \"\"\n# identifiers = {{ registration_number = \"\" }}\n"
            )
        },
        "\"Its registered name\"",
    );
    text.push_str(
        "# Licences that are held.\n# [[authorisations]]\n# number = \"\"\n# scope = \"\"\n# expires = 2027-12-31\n\n\
         # [dates]\n# signature = 2027-01-31\n# delivery = 2027-06-30\n\n",
    );
    section(
        &mut text,
        "# Who decides, and answers for it.\n",
        given(&answers.sign_off),
        |name| format!("[sign_off]\nname = {name}\n# function = \"export control officer\"\n"),
        "\"A person's name\"",
    );
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Writes a section; where no answer was given, as a comment to fill in.
fn section(
    text: &mut String,
    about: &str,
    answer: Option<String>,
    body: impl Fn(&str) -> String,
    example: &str,
) {
    text.push_str(about);
    match answer {
        Some(answer) => text.push_str(&body(&answer)),
        None => {
            for line in body(example).lines() {
                let line = line.trim_start_matches("# ");
                // Writing to a String cannot fail.
                let _ = writeln!(text, "# {line}");
            }
        }
    }
    text.push('\n');
}

/// As TOML writes text on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' | '\r' | '\t' => quoted.push(' '),
            c if c.is_control() => {}
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
