//! Uyghur names (own and father's), Kazakh, Kyrgyz and Uzbek ones (family names with
//! Russian endings, patronymics), and Turkish ones.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "turkic_uyghur",
    country: ["KZ", "TR"],
    listed_under: &["tr", "kz", "uz", "kg", "tm", "az"],
    person,
    organisation,
};

parts! {
    UYGHUR = "Memet Ablikim Perhat Tursun Anwar Ghulam Yasin Osman Ömer Ablet Abdulla Rozi Ekber Turghun
        Qadir Ismail Hesen Hüseyin Mutellip Nurmemet Obulqasim Sadir Tahir Yusup Zunun Adil Alim Barat
        Dolqun Elyar Erkin Ghojaehmet Imin Jappar Kerem Mahmut Niyaz Polat Rehim Semet Weli Abdureshid
        Abdukerim Ablajan Eziz Enver Eli Haji Jume Kamil Muhter Nijat Omerjan Qeyser Shöhret Shawket
        Sidiq Tayir Tohti Yalqun Aynur Gülnar Patigul Rena Zohre Mihray Arzugul Dilnur Gulbahar Hejer
        Mahire Nurgul Reyhan Rizwangul Tursunay Xeyrinisa Zeynep Zulpiye Buzeynep Ayshem Dilber";
    STEPPE_MAN = "Nursultan Yerlan Askar Bakyt Daniyar Ruslan Marat Serik Kanat Almaz Azamat Bauyrzhan
        Talgat Timur Dauren Aidar Nurlan Yerbol Kairat Bolat Murat Aibek Bekzat Ulan Temirlan Adilet
        Maksat Samat Islam Sultan Zhandos Rustam Bobur Jasur Sherzod Otabek Dilshod Farrukh Alisher
        Sardor Ulugbek Akmal Bakhtiyor Jamshid Nodir Anvar Ravshan Shukhrat Ilhom Botir Mirzo";
    STEPPE_WOMAN = "Aigul Aliya Dinara Gulnara Saule Zhanar Madina Asel Ainur Botagoz Gaukhar Kamila
        Nazgul Cholpon Aizhan Meerim Zarina Nargiza Dilfuza Gulchehra Feruza Malika Shahnoza Umida
        Zulfiya Lola Nigora Sevara Barno Aida";
    STEPPE_FAMILY = "Akhmetov Omarov Ospanov Iskakov Suleimenov Aliev Abdullaev Ibragimov Kim Karimov
        Rakhimov Nurmagambetov Sadykov Kaliev Zhumabaev Bekov Serikbaev Nazarov Yusupov Mamedov
        Tulegenov Abdrakhmanov Baimukhanov Dzhaksybekov Esenov Kasymov Mukhametov Nurpeisov Rysbekov
        Satpaev Tokaev Umarov Zhaksylykov Alimov Ergashev Islamov Khodjaev Mirzaev Normatov Saidov
        Toshmatov Usmanov Yuldashev Asanov Bakirov Isaev Mambetov Osmonov Sydykov Toktogulov Turdubaev
        Arslanov Gafurov Khasanov Madrakhimov Salimov Tursunov";
    TURKISH_MAN = "Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Ramazan
        Halil Süleyman Abdullah Mahmut Recep Salih Fatih Kadir Emre Hakan Adem Kemal Yaşar Bekir Musa
        Metin Orhan Serkan Burak Cem Deniz Erdem Furkan Gökhan İlker Kaan Levent Onur Selim Tolga Ufuk
        Volkan Yiğit Berk Can Barış Cengiz";
    TURKISH_WOMAN = "Fatma Ayşe Emine Hatice Zeynep Elif Meryem Şerife Zehra Sultan Hanife Merve Havva
        Zeliha Esra Özlem Yasemin Hülya Derya Sevgi Pınar Gül Ebru Dilek Songül Ceren Büşra Tuğba Aslı
        Selin İrem Melike Nur Gamze";
    TURKISH_FAMILY = "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan
        Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Korkmaz Özcan Çakır Erdoğan Yavuz Can Acar
        Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin Ünal Turan Gül Özer Işık Kaplan Avcı Sarı
        Tekin Taş Köse Yüksel Ateş Aksoy Karaca Uçar Uysal Duman Toprak Ekinci Eren Coşkun Karakaya";
    BRAND = "Nur Ak_Bulut Bozkurt Ipek_Yolu Tianshan Altin Dostluk Anadolu Yildiz Marmara Kervan Tengri
        Arman Shanyrak Alatau Turan Ala_Too Ay_Yildiz Bereket Demir_Kol Ege Firat Gökkusagi Hilal
        Istikbal Karadeniz Lale Mavi_Deniz Navruz Oguz Pamir Registan Samruk_Nur Toros Umit Vatan Yesil
        Zafer Altay Baikonur_Trade Caspian Dala Erciyes Golden_Steppe Issyk_Kul Jibek_Joly Kapadokya
        Manas Orda Sary_Arka Semerkand Tulpar Uludag Zerafshan Boreas Kuzey Güney Yeni_Ufuk Akdeniz
        Truva Selcuk Ay_Tas Kok_Bori";
    CITY = "Istanbul Ankara Izmir Almaty Astana Tashkent Bishkek Samarkand Bursa Gaziantep Konya Mersin
        Shymkent Baku Kayseri Osh Urumqi Kashgar Adana Karaganda";
    TRADE = "Dis_Ticaret Trading Lojistik Insaat Tekstil Pamuk Makina Tourism Elektronik Gida Otomotiv
        Kimya Plastik Metal Import_Export Enerji Mobilya Nakliyat Logistics Construction Tarim Madencilik
        Medikal Ambalaj Savunma_Sanayi Kagit Agro Trade_House Stroy Service Cotton Textile Halı";
    FORM = "A.S. Ltd._Sti. LLP Limited_Sirketi San._ve_Tic._A.S. Co.,_Ltd. LLC TOO Anonim_Sirketi Group
        San._ve_Tic._Ltd._Sti.";
}

fn person(dice: &mut Dice) -> String {
    match dice.below(100) {
        0..40 => {
            let own = dice.pick(&UYGHUR);
            let father = dice.pick(&UYGHUR);
            phrase(&[own, if father == own { "Turdi" } else { father }])
        }
        40..72 => {
            let is_man = dice.chance(55);
            let own = dice.pick(if is_man { &STEPPE_MAN } else { &STEPPE_WOMAN });
            let family = dice.pick(&STEPPE_FAMILY);
            let family = match (is_man, family.ends_with('v')) {
                (false, true) => format!("{family}a"),
                _ => family.to_owned(),
            };
            let father = dice.pick(&STEPPE_MAN);
            let patronymic = match dice.below(100) {
                0..25 => format!("{father}{}", if is_man { "ovich" } else { "ovna" }),
                25..32 => format!("{father}{}", if is_man { "uly" } else { "kyzy" }),
                _ => String::new(),
            };
            if dice.chance(40) {
                phrase(&[&family, own, &patronymic])
            } else {
                phrase(&[own, &patronymic, &family])
            }
        }
        _ => {
            let table = if dice.chance(55) {
                &TURKISH_MAN
            } else {
                &TURKISH_WOMAN
            };
            let own = dice.pick(table);
            let more = if dice.chance(20) {
                dice.pick(table)
            } else {
                ""
            };
            let more = if more == own { "" } else { more };
            let name = phrase(&[own, more, dice.pick(&TURKISH_FAMILY)]);
            if dice.chance(50) {
                without_marks(&name)
            } else {
                name
            }
        }
    }
}

/// As it is written where the Turkish letters are not at hand.
fn without_marks(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    name.nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .map(|letter| if letter == 'ı' { 'i' } else { letter })
        .collect()
}

fn organisation(dice: &mut Dice) -> String {
    let city = if dice.chance(30) {
        dice.pick(&CITY)
    } else {
        ""
    };
    let brand = dice.pick(&BRAND);
    let trade = dice.pick(&TRADE);
    let more = if dice.chance(20) {
        dice.pick(&TRADE)
    } else {
        ""
    };
    let more = if more == trade { "" } else { more };
    phrase(&[city, brand, trade, more, dice.pick(&FORM)])
}
