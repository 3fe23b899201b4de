//! Which column means what, and from rows to parties.

use scruple_model::deal::{Format, Role};
use scruple_table::{Kind, guess_columns, read};

fn headers(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn guessed(texts: &[&str]) -> Vec<&'static str> {
    let headers = headers(texts);
    let mapping = guess_columns(&headers, &[]).unwrap_or_else(|p| panic!("{p:#?}"));
    (0..texts.len())
        .map(|index| {
            let found = mapping.columns.iter().find(|column| column.index == index);
            found.map_or("-", |column| column.field)
        })
        .collect()
}

#[test]
fn headers_are_recognised_in_many_languages() {
    for (texts, wanted) in [
        (
            &["ID", "Company Name", "Country", "Address", "LEI"][..],
            &["id", "name", "country", "address", "lei"][..],
        ),
        (
            &["编号", "名称", "国家", "地址", "统一社会信用代码"],
            &["id", "name", "country", "address", "uscc"],
        ),
        (
            &["№", "Наименование", "Страна", "Адрес", "ИНН"],
            &["id", "name", "country", "address", "inn"],
        ),
        (
            &["Numéro", "Nom", "Pays", "Adresse", "N° TVA"],
            &["id", "name", "country", "address", "-"],
        ),
        (
            &[
                "Nummer",
                "Firma",
                "Land",
                "Anschrift",
                "Handelsregisternummer",
            ],
            &["id", "name", "country", "address", "registration_number"],
        ),
        (
            &["الاسم", "الدولة", "العنوان"],
            &["name", "country", "address"],
        ),
        (
            &["Supplier", "Alias 1", "Alias2", "Other name", "Notes"],
            &["name", "names", "names", "names", "-"],
        ),
        (
            &["companyName", "date_of_birth", "Английское название"],
            &["name", "birth_date", "names"],
        ),
        (&["Name", "Company"], &["name", "names"]),
        (
            &["registration_number", "aircraft_registration"],
            &["registration_number", "aircraft_registration"],
        ),
    ] {
        assert_eq!(guessed(texts), wanted, "{texts:?}");
    }
}

#[test]
fn an_explicit_map_goes_before_any_guess() {
    let headers = headers(&["Name", "Real name", "X"]);
    let map = [
        ("name".to_owned(), "real NAME".to_owned()),
        ("country".to_owned(), "3".to_owned()),
    ];
    let mapping = guess_columns(&headers, &map).unwrap();
    let found: Vec<_> = mapping.columns.iter().map(|c| (c.index, c.field)).collect();
    assert_eq!(found, [(0, "names"), (1, "name"), (2, "country")]);
    let wrong = [
        ("nmae".to_owned(), "Name".to_owned()),
        ("name".to_owned(), "Nmae".to_owned()),
    ];
    let problems = guess_columns(&headers, &wrong).unwrap_err();
    assert_eq!(problems[0].nearest.as_deref(), Some("name"));
    assert_eq!(problems[1].nearest.as_deref(), Some("Name"));
}

#[test]
fn columns_about_what_a_person_is_are_refused_all_at_once() {
    let headers = headers(&[
        "name",
        "民族",
        "Religion",
        "trace",
        "Национальность",
        "Вероисповедание",
    ]);
    let problems = guess_columns(&headers, &[]).unwrap_err();
    let columns: Vec<usize> = problems.iter().map(|p| p.at.column).collect();
    assert_eq!(columns, [2, 3, 6]);
    assert!(
        problems[0]
            .what
            .contains("keeps no field for what a person is")
    );
}

const DEAL: &str = "title = \"x\"\nparties_file = \"parties.csv\"\n[[parties]]\nid = \"owner\"\nrole = \"owner\"\nname = \"A\"\nof = \"row-2\"\n";

#[test]
fn rows_become_parties_of_the_deal() {
    let csv = "Name;Alias;Role;Country;Registration number;Notes\nAcme;Akme; end-user;Kazakhstan;123;n\nBeta;\"B1; B2\";bank;unknown;;\n";
    let table = read(csv.as_bytes(), Kind::Csv).unwrap();
    let mapping = guess_columns(&table.headers, &[]).unwrap();
    assert_eq!(mapping.unused, ["Notes"]);
    let deal = scruple_model::deal::read(DEAL, Format::Toml).unwrap();
    let alone = deal.hash.clone();
    let deal = deal.with_parties(&table.parties(&mapping), "0123").unwrap();
    assert_ne!(deal.hash, alone);
    let [owner, acme, beta] = &deal.parties[..] else {
        panic!("{:?}", deal.parties)
    };
    assert_eq!(owner.of.as_ref().map(|of| of.as_str()), Some("row-2"));
    assert_eq!(acme.id.as_str(), "row-2");
    assert_eq!(acme.roles, [Role::EndUser]);
    assert_eq!(acme.country.known().unwrap().code(), "kz");
    assert_eq!(acme.identifiers["registrationNumber"], "123");
    assert_eq!(beta.names, ["B1", "B2"]);
    assert!(beta.country.known().is_none());
}

#[test]
fn every_problem_of_every_row_is_told_with_its_cell() {
    let csv =
        "id,Name,Role,Country,of\nowner,Acme,end user,UK,\nb,,bank,kz,nobody\nb,Beta,,Atlantis,\n";
    let table = read(csv.as_bytes(), Kind::Csv).unwrap();
    let mapping = guess_columns(&table.headers, &[]).unwrap();
    let deal = scruple_model::deal::read(DEAL, Format::Toml).unwrap();
    let problems = deal.with_parties(&table.parties(&mapping), "").unwrap_err();
    let told: Vec<String> = problems
        .iter()
        .map(|p| {
            format!(
                "{}:{} {}: {} ({:?})",
                p.at.line, p.at.column, p.field, p.what, p.nearest
            )
        })
        .collect();
    insta::assert_debug_snapshot!(told);
}

#[test]
fn a_table_without_roles_is_told_once() {
    let table = read(b"name\nAcme\nBeta\n", Kind::Csv).unwrap();
    let mapping = guess_columns(&table.headers, &[]).unwrap();
    let deal = scruple_model::deal::read(DEAL, Format::Toml).unwrap();
    let problems = deal.with_parties(&table.parties(&mapping), "").unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].what.contains("no column stands for `role`"));
}

#[test]
fn given_and_family_names_make_one_name() {
    let table = read(
        "Фамилия,First name,Role\nИванова,Анна,director\n".as_bytes(),
        Kind::Csv,
    )
    .unwrap();
    let mapping = guess_columns(&table.headers, &[]).unwrap();
    assert!(mapping.has_names());
    assert_eq!(
        mapping.name(&table.rows[0]).as_deref(),
        Some("Анна Иванова")
    );
    let parties = table.parties(&mapping);
    assert_eq!(parties.rows[0].cells[0], "Анна Иванова");
}
