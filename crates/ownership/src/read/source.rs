//! What a file says, by its first bytes: which source it is, so that a newer edition
//! of it takes the place of the older.

use super::Format;

/// The id and title of the source that a file belongs to. `name` tells files apart
/// whose layout anybody may write: a person's own word or the file's name.
pub fn source_of(format: Format, head: &[u8], name: &str) -> (String, String) {
    let head = String::from_utf8_lossy(&head[..head.len().min(1 << 16)]);
    let own = |scheme: &str, title: &str| {
        (
            format!("{scheme}-{}", slug(name)),
            format!("{title}, {name}"),
        )
    };
    match format {
        Format::GleifXml | Format::GleifCsv => {
            let (id, title) = if head.contains("Relationship.StartNode")
                || head.contains("RelationshipData")
                || head.contains("RelationshipRecord")
            {
                ("gleif-rr", "GLEIF level 2, who consolidates whom")
            } else if head.contains("Exception") {
                ("gleif-exceptions", "GLEIF reporting exceptions")
            } else {
                ("gleif-lei", "GLEIF level 1, who is who")
            };
            (id.to_owned(), title.to_owned())
        }
        Format::Psc => (
            "gb-psc".to_owned(),
            "Companies House, people with significant control".to_owned(),
        ),
        Format::Bods => own("bods", "Beneficial Ownership Data Standard"),
        Format::FollowTheMoney => own("ftm", "FollowTheMoney"),
        Format::Plain => own("plain", "holdings by id"),
    }
}

/// Lower case, digits and single dashes; `own` where nothing is left.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    match slug.trim_matches('-') {
        "" => "own".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_of_a_register_are_one_source_and_files_of_the_users_are_not() {
        let of = |format, head: &str, name| source_of(format, head.as_bytes(), name).0;
        let rr = "Relationship.StartNode.NodeID,";
        assert_eq!(of(Format::GleifCsv, rr, "20260101-rr"), "gleif-rr");
        assert_eq!(
            of(Format::GleifCsv, "LEI,Entity.LegalName", "x"),
            "gleif-lei"
        );
        assert_eq!(
            of(Format::GleifCsv, "LEI,Exception.Category", "x"),
            "gleif-exceptions"
        );
        assert_eq!(of(Format::Bods, "[", "Registry (new)"), "bods-registry-new");
        assert_eq!(slug("客户"), "own");
    }
}
