//! Legal forms of many jurisdictions and scripts are known, each as its kind.

use scruple_names::{LegalForms, PartKind, read};

/// The forms that a name is read with.
fn forms_of(name: &str) -> Vec<String> {
    let forms = LegalForms::built_in();
    read(name, forms).readings[0]
        .parts
        .iter()
        .filter_map(|part| match part.kind {
            PartKind::Form(no) => Some(forms.id(no).to_owned()),
            _ => None,
        })
        .collect()
}

#[test]
fn each_jurisdiction_has_its_limited_company() {
    let names = [
        ("United Kingdom", "Amber Ltd"),
        ("United States", "Amber L.L.C."),
        ("Germany", "Amber GmbH"),
        ("Austria", "Amber GesmbH"),
        ("Switzerland", "Amber Sagl"),
        ("France", "Amber S.A.R.L."),
        ("Spain", "Amber S.L.U."),
        ("Italy", "Amber S.r.l."),
        ("Portugal", "Amber Unipessoal Lda"),
        ("Brazil", "Amber Ltda."),
        ("Mexico", "Amber S. de R.L. de C.V."),
        ("Netherlands", "Amber B.V."),
        ("Poland", "Amber Sp. z o.o."),
        ("Czechia", "Amber s.r.o."),
        ("Hungary", "Amber Kft."),
        ("Serbia", "Amber d.o.o."),
        ("North Macedonia", "Амбер ДООЕЛ"),
        ("Albania", "Amber Shpk"),
        ("Bulgaria", "Амбер ООД"),
        ("Romania", "Amber SRL"),
        ("Lithuania", "UAB Amber"),
        ("Latvia", "SIA Amber"),
        ("Estonia", "Amber OÜ"),
        ("Denmark", "Amber ApS"),
        ("Iceland", "Amber ehf"),
        ("Russia", "ООО «Янтарь»"),
        ("Ukraine", "ТОВ «Бурштин»"),
        ("Belarus", "ОДО «Янтарь»"),
        ("Kazakhstan", "ТОО «Кәріптас»"),
        ("Kyrgyzstan", "ОсОО «Янтарь»"),
        ("Uzbekistan", "Qahrabo MChJ"),
        ("Azerbaijan", "Kəhrəba MMC"),
        ("Georgia", "შპს ქარვა"),
        ("Armenia", "Սաթ ՍՊԸ"),
        ("Mongolia", "Хув ХХК"),
        ("Turkey", "Kehribar Ltd. Şti."),
        ("China", "琥珀科技有限公司"),
        ("Korea", "호박 유한회사"),
        ("Japan", "琥珀合同会社"),
        ("Vietnam", "Công ty TNHH Hổ Phách"),
        ("Thailand", "บริษัท อำพัน จำกัด"),
        ("Malaysia", "Amber Sdn. Bhd."),
        ("Singapore", "Amber Pte. Ltd."),
        ("India", "Amber Pvt. Ltd."),
        ("Australia", "Amber Pty Ltd"),
        ("Israel", "ענבר בע\"מ"),
        ("Greece", "Ήλεκτρο ΕΠΕ"),
        ("Iran", "کهربا با مسئولیت محدود"),
    ];
    for (place, name) in names {
        assert!(
            forms_of(name).contains(&"limited".to_owned()),
            "{place}: {name} {:?}",
            forms_of(name)
        );
    }
    assert!(names.len() >= 40);
}

#[test]
fn each_kind_of_form_is_kept_apart_from_the_others() {
    let cases = [
        ("Amber PJSC", "joint-stock"),
        ("Amber Aktiengesellschaft", "joint-stock"),
        ("ПАО «Янтарь»", "joint-stock"),
        ("琥珀股份有限公司", "joint-stock"),
        ("琥珀株式会社", "joint-stock"),
        ("PT Amber Tbk", "joint-stock"),
        ("Amber K.S.C.P.", "joint-stock"),
        ("სს ქარვა", "joint-stock"),
        ("Սաթ ՓԲԸ", "joint-stock"),
        ("Amber GmbH & Co. KG", "partnership"),
        ("琥珀有限合伙", "partnership"),
        ("ФГУП «Янтарь»", "state-enterprise"),
        ("РУП «Янтарь»", "state-enterprise"),
        ("Amber FZE", "free-zone"),
        ("ИП Иванов", "establishment"),
        ("琥珀专业合作社", "cooperative"),
        ("一般財団法人琥珀", "foundation"),
        ("Yayasan Amber", "foundation"),
        ("一般社団法人琥珀", "association"),
        ("НПО «Янтарь»", "research-association"),
        ("琥珀集團", "group"),
    ];
    for (name, want) in cases {
        assert!(
            forms_of(name).contains(&want.to_owned()),
            "{name}: {:?}",
            forms_of(name)
        );
    }
}
