//! Given name, often the father's and the grandfather's, then a family name with or
//! without the article; kunyas, bin and compounds of servant; the spellings of several
//! countries side by side.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "arabic",
    country: ["JO", "AE"],
    listed_under: &[
        "sy", "iq", "lb", "sa", "ae", "jo", "eg", "ye", "ly", "ps", "tn", "dz", "ma", "qa", "kw",
    ],
    person,
    organisation,
};

parts! {
    MAN = "Mohammed Ahmed Ali Omar Hassan Khaled Ibrahim Mahmoud Hussein Youssef Mustafa Abdullah Samir
        Tariq Said Karim Nabil Faisal Hamza Salem Majed Walid Adel Rami Bilal Hisham Nasser Fahad
        Mohamed Ahmad Khalid Muhammad Yousef Sami Jamal Saleh Hamad Sultan Rashid Ziad Bashar Fadi
        Marwan Osama Ammar Anas Zaid Yasser Ghassan Munir Imad Amer Basel Haitham Ayman Hani Issa
        Musa Dawood Suleiman Idris Nizar Fares Jaber Qasim Anwar Badr Saad Turki Mansour Ashraf
        Tamer Sherif Maher Raed Jihad Louay Qusay Zakaria Yahya Ismail Othman Taha Mazen Sufyan
        Mutaz Laith Rayan Saif Hatem Wael Nader Shadi Raif Amin Talal Riyad Habib Kamal Farid";
    WOMAN = "Fatima Aisha Maryam Sara Nour Layla Huda Amal Rania Dina Salma Hanan Noura Zainab Khadija
        Reem Lina Yasmin Mona Samira Nadia Suha Rana Dalia Hind Asma Abeer Ghada Maha Wafa Iman
        Najwa Rasha Lamia Sawsan Hala Manal Shaima Nisreen Jamila Haya Latifa Moza Afaf Intisar
        Basma Mariam Leila Nawal Rima";
    SERVANT = "Rahman Aziz Karim Rahim Latif Hamid Majid Salam Qadir Wahab Malik Hadi Jabbar Razzaq
        Ghani Khaliq Nasser Hakim Halim Moneim";
    NISBA = "Masri Harbi Shami Rashid Ahmad Qahtani Otaibi Ghamdi Zahrani Maliki Dosari Shehri Ansari
        Husseini Tamimi Najjar Khatib Omari Sayed Hashimi Mutairi Khalidi Jabouri Dulaimi Maktoum
        Mansouri Mazrouei Ketbi Suwaidi Nuaimi Kaabi Balushi Hinai Busaidi Hariri Halabi Baghdadi
        Kurdi Zoubi Momani Majali Tarawneh Rifai Sharif Qudah Hamdan Saadi Bayati Ubaidi Janabi
        Rubaie Tikriti Mosuli Basri Yemeni Sanaani Hadrami Maghribi Tunisi Fassi Alaoui Idrissi
        Marri Kuwari Hajri Attiyah Thani Sabah Enezi Rasheed Shammari Anzi Juhani Subaie Sulami";
    FAMILY = "Haddad Khoury Mansour Saleh Darwish Qasim Shaheen Hamdan Nasser Jaber Awad Barakat Salameh
        Khalil Odeh Hijazi Zidan Saad Farah Nassar Daher Hamad Issa Abboud Saleem Ghanem Kassab
        Sabbagh Samaan Tawil Maalouf Najm Zaher Sleiman Karam Badawi Fawzi Gamal Shafik Abdallah
        Mourad Ramadan Bakr Hegazy Fouad Benali Bouzid Cherif Ziani Mebarki Belkacem Trabelsi
        Gharbi Jlassi Bensalem Amrani Bennani Chraibi Tazi Ouali";
    BRAND = "Nakheel Manar Amal Noor Rawda Wadi Jazira Watania Salam Fajr Waha Bahr Khaleej Madina
        Hilal Najm Sahara Diyar Burj Masar Safwa Barakah Yaqout Zahra Rimal Shams Ittihad Majd
        Tawfeeq Rayan Aman Basma Fanar Hayat Mawared Qimma Rabee Sadaf Taj Wafa Bayan Dana Etihad
        Firdaus Ghazal Hikma Ibtikar Jawhara Karama Lulu Muntada Nahda Ofuq Qasr Ruwad Shorouk
        Thuraya Usool Wisam Yamama Zaytoun Asala Bustan Dhafra Emar Furat Dijla Nile Yarmouk";
    CITY = "Dubai Sharjah Amman Beirut Baghdad Muscat Doha Riyadh Jeddah Kuwait Manama Cairo Abu_Dhabi
        Alexandria Ajman Basra Tripoli Tunis Casablanca Dammam Erbil Zarqa";
    TRADE = "Trading General_Trading Contracting Electronics_Trading Shipping Textiles Foodstuff_Trading
        Building_Materials Petroleum_Services Money_Exchange Logistics Auto_Spare_Parts Jewellery
        Transport Medical_Supplies Real_Estate Engineering Investment Cargo Industries Steel
        Technical_Services Perfumes Travel_and_Tourism Import_and_Export Agriculture Construction
        Consulting Marine_Services Chemicals Furniture Ready_Made_Garments Cement Plastics";
    FORM = "LLC Co. W.L.L. FZE FZCO Est. Company L.L.C Group FZC SAL Co._LLC Establishment PJSC Sarl";
}

fn given(dice: &mut Dice, is_man: bool) -> String {
    if is_man && dice.chance(12) {
        let of = dice.pick(&SERVANT);
        let small = of.to_lowercase();
        return match dice.below(4) {
            0 => format!("Abdul{small}"),
            1 => format!("Abdul {of}"),
            2 => format!("Abd al-{of}"),
            _ => format!("Abdel {of}"),
        };
    }
    let table = if is_man { &MAN } else { &WOMAN };
    dice.pick(table).to_owned()
}

fn family(dice: &mut Dice) -> String {
    if dice.chance(40) {
        return dice.pick(&FAMILY).to_owned();
    }
    let nisba = dice.pick(&NISBA);
    let article = match dice.below(100) {
        0..55 => "Al-",
        55..70 => "Al ",
        70..80 => "El-",
        80..88 => "al-",
        88..94 => "Al",
        _ => "",
    };
    // Written as one word, the second part is small.
    if article == "Al" {
        format!("Al{}", nisba.to_lowercase())
    } else {
        format!("{article}{nisba}")
    }
}

fn person(dice: &mut Dice) -> String {
    let is_man = dice.chance(60);
    let own = given(dice, is_man);
    let father = if dice.chance(60) {
        given(dice, true)
    } else {
        String::new()
    };
    let grandfather = if !father.is_empty() && dice.chance(30) {
        given(dice, true)
    } else {
        String::new()
    };
    let link = match dice.below(100) {
        0..8 if !father.is_empty() => "bin",
        8..11 if !father.is_empty() => "ibn",
        _ => "",
    };
    let kunya = if is_man && dice.chance(3) {
        format!("Abu {}", dice.pick(&MAN))
    } else {
        String::new()
    };
    let family = family(dice);
    phrase(&[&kunya, &own, link, &father, &grandfather, &family])
}

fn organisation(dice: &mut Dice) -> String {
    let city = if dice.chance(25) {
        dice.pick(&CITY)
    } else {
        ""
    };
    let article = match dice.below(4) {
        0 | 1 => "Al-",
        2 => "Al ",
        _ => "",
    };
    let brand = format!("{article}{}", dice.pick(&BRAND));
    let trade = dice.pick(&TRADE);
    phrase(&[city, &brand, trade, dice.pick(&FORM)])
}
