//! Yoruba, Igbo, Hausa, Akan and Sahelian names; English, French and Muslim given
//! names beside the local ones.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "west_african",
    country: ["NG", "NG"],
    listed_under: &[
        "ng", "ml", "gh", "sn", "ci", "lr", "sl", "gm", "bf", "ne", "bj", "tg", "gn",
    ],
    person,
    organisation,
};

parts! {
    YORUBA = "Adebayo Babatunde Olumide Oluwaseun Adewale Ayodele Folake Kehinde Taiwo Temitope Bukola
        Olayinka Abiodun Tunde Segun Femi Yetunde Titilayo Adeola Bolanle Damilola Funmilayo Gbenga
        Kayode Kunle Mojisola Olufemi Oluwatobi Omolara Rotimi Sade Tolulope Wale Yemi Modupe";
    YORUBA_FAMILY = "Adeyemi Adebayo Ogunleye Balogun Akinola Ogundipe Adeleke Oyelaran Fashola Olaniyan
        Akande Adeniyi Afolabi Ajayi Akintola Alabi Awolowo Bankole Coker Durojaiye Fagbenle Idowu
        Ojo Oladipo Olatunji Onifade Oyedepo Salako Shonibare Sowande Adegoke Ademola Adesanya Ayinde";
    IGBO = "Chukwuemeka Ngozi Emeka Chinedu Obinna Ifeoma Chioma Nnamdi Uche Amaka Kelechi Ikenna Chidi
        Adaeze Obiora Nkechi Ebere Ugochukwu Chinwe Okechukwu Ifeanyi Kenechukwu Nneka Oluchi Somto
        Tochukwu Uzoma Zikora Chibuzo Azubuike";
    IGBO_FAMILY = "Okafor Nwachukwu Eze Okonkwo Nwosu Obi Okoro Onyekachi Nwankwo Uzor Anyanwu Chukwu
        Ezeigbo Ibe Igwe Mbah Nnadi Nwafor Obiakor Odili Ogbonna Okeke Okoye Onwuka Opara Orji
        Udeh Ugwu Umeh Agu";
    HAUSA = "Musa Ibrahim Abubakar Usman Aliyu Sani Yakubu Aminu Bello Garba Umar Kabiru Nasiru Zainab
        Aisha Hauwa Fatima Maryam Hadiza Rabi Sadiq Lawal Suleiman Idris Danladi Bala Shehu Tanko";
    HAUSA_FAMILY = "Mohammed Bello Abdullahi Danjuma Abubakar Sani Lawal Gambo Dogara Shagari Tanko
        Ribadu Dangote Yar'Adua Kwankwaso Wada Maigari Adamu Ringim Dutse Zango Kaita Buhari Ganduje
        Bichi Katsina Gusau Zaria";
    AKAN = "Kwame Kofi Kwaku Yaw Kojo Akua Abena Ama Efua Esi Afia Adwoa Akosua Kwabena Kwadwo Yaa Kwasi
        Nana Ebo Fiifi";
    AKAN_FAMILY = "Mensah Owusu Boateng Asante Agyeman Appiah Osei Addo Amoah Ansah Acheampong Antwi
        Asamoah Badu Bonsu Darko Donkor Frimpong Gyasi Kuffour Nkrumah Ofori Opoku Quartey Sarpong
        Tetteh Yeboah Adjei Ampofo Baidoo";
    SAHEL = "Mamadou Amadou Ousmane Ibrahima Moussa Fatoumata Aminata Mariama Abdoulaye Cheikh Oumar
        Seydou Aissatou Kadiatou Boubacar Alassane Souleymane Bakary Modou Lamine Adama Idrissa Issa
        Drissa Salif Awa Binta Coumba Djeneba Hawa Khady Ndeye Rokia Sira Yacouba Demba Samba Alioune";
    SAHEL_FAMILY = "Diallo Traore Coulibaly Diop Ndiaye Keita Toure Kone Ouattara Diarra Camara Sow Ba
        Fall Cisse Konate Sissoko Dembele Bah Barry Balde Sylla Conde Sangare Sidibe Samake Fofana
        Doumbia Bamba Kouyate Gueye Faye Mbaye Sarr Seck Niang Sy Thiam Kane Ly Ouedraogo Sawadogo
        Kabore Compaore Zongo Ilboudo Kouassi Kouame Yao Koffi Ceesay Jallow Jobe Njie Kamara Sesay
        Koroma Bangura Conteh Kargbo Mansaray Turay";
    ENGLISH = "Grace Patience Emmanuel Samuel Blessing Joseph Comfort Daniel Mercy Peter Esther Michael
        Ruth Victoria Godwin Sunday Charity Felix Gloria Isaac Joy Kingsley Precious Solomon Stephen
        Gift Faith Godfrey Innocent Monday Festus Clement Augustine Beatrice Celestine Dorcas";
    BRAND = "Akwaaba Baobab Teranga Kente Niger_Delta Oluwa_Nla Blessed Sahel Gold_Coast Savannah Lagoon
        Unity Zuma Iroko Obudu Golden_Star Harmattan Sankofa Adinkra Djembe Cowrie Palm_Grove Volta
        Benue Kora Royal_Palm Ashanti Tinubu_Square Jollof Mandara Jos_Plateau Eko Atlantic_Coast
        God's_Grace Divine_Favour Good_Shepherd Alheri Ife Nok Sokoto Songhai Wari Ubuntu Kilimanjaro
        Shea Cocoa_Belt Green_Savannah Odua Arewa Anambra Calabar Bonny_Light New_Dawn Rising_Sun
        Morning_Star Peace Prosperity Victory Dangana Kakaki Gele Asabi Sunu Jappo Yelen Faso";
    PLACE = "Lagos Accra Abuja Dakar Abidjan Lome Cotonou Kano Port_Harcourt Bamako Kumasi Ibadan Nigeria
        Ghana Freetown Monrovia Conakry Ouagadougou Niamey Enugu";
    TRADE = "Farms Construction Cocoa Mining Investments Trading Ventures Oil_and_Gas Foods Logistics
        Shipping Enterprises Motors Textiles Pharmaceuticals Agro_Allied Engineering Telecoms Fishing
        Timber Properties Cement Microfinance Import_Export Transport Petroleum Cashew Energy Services
        Beverages Gold Hospitality Communications Industries";
    FORM = "Limited Ltd SARL SA Enterprises PLC Nigeria_Limited Company_Ltd Ghana_Ltd &_Sons_Ltd SUARL
        Nig._Ltd";
}

fn person(dice: &mut Dice) -> String {
    let (givens, families, share_english) = match dice.below(100) {
        0..28 => (&YORUBA, &YORUBA_FAMILY, 30),
        28..50 => (&IGBO, &IGBO_FAMILY, 35),
        50..64 => (&HAUSA, &HAUSA_FAMILY, 3),
        64..78 => (&AKAN, &AKAN_FAMILY, 45),
        _ => (&SAHEL, &SAHEL_FAMILY, 4),
    };
    let own = dice.pick(givens);
    let family = dice.pick(families);
    let family = if family == own {
        dice.pick(&ENGLISH)
    } else {
        family
    };
    let english = if dice.chance(share_english) {
        dice.pick(&ENGLISH)
    } else {
        ""
    };
    match dice.below(100) {
        // The two given names in either order, or one alone.
        0..45 if !english.is_empty() => phrase(&[english, own, family]),
        45..60 if !english.is_empty() => phrase(&[own, english, family]),
        60.. if !english.is_empty() => phrase(&[english, family]),
        0..12 => {
            let more = dice.pick(givens);
            phrase(&[
                own,
                if more == own || more == family {
                    ""
                } else {
                    more
                },
                family,
            ])
        }
        _ => phrase(&[own, family]),
    }
}

fn organisation(dice: &mut Dice) -> String {
    let place = if dice.chance(30) {
        dice.pick(&PLACE)
    } else {
        ""
    };
    let trade = dice.pick(&TRADE);
    let form = dice.pick(&FORM);
    let brand = if dice.chance(15) {
        dice.pick(&YORUBA_FAMILY)
    } else {
        dice.pick(&BRAND)
    };
    phrase(&[place, brand, trade, form])
}
