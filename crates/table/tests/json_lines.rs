//! JSON lines.

use scruple_table::{Kind, read};

#[test]
fn keys_of_all_lines_make_the_columns() {
    let text = "{\"id\":1,\"name\":\"Acme\"}\n\n{\"name\":\"Шахта\",\"country\":\"ru\",\"id\":\"2\",\"aka\":[\"A\",\"B\"]}\r\n";
    let table = read(text.as_bytes(), Kind::JsonLines).unwrap();
    assert_eq!(table.headers, ["id", "name", "country", "aka"]);
    assert_eq!(table.rows[0].cells, ["1", "Acme", "", ""]);
    assert_eq!(table.rows[1].cells, ["2", "Шахта", "ru", "A; B"]);
    assert_eq!(table.rows[1].line, 3);
}

#[test]
fn each_bad_line_is_told() {
    let text = "{\"name\":\"Acme\"}\nAcme\n{\"name\":{\"x\":1}}\n{\"name\":\"a\",\"name\":\"b\"}\n[1]\n{\"id\":1e300}\n{\"name\":\"cut";
    let problems = read(text.as_bytes(), Kind::JsonLines).unwrap_err();
    let told: Vec<String> = problems
        .iter()
        .map(|p| format!("{}:{} {}", p.at.line, p.at.column, p.what))
        .collect();
    insta::assert_debug_snapshot!(told);
}
