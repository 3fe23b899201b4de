//! Given name, patronymic and family name, with the endings of men and women, in the
//! orders and spellings of papers and passports.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "russian",
    country: ["RU", "RU"],
    listed_under: &["ru", "by"],
    person,
    organisation,
};

parts! {
    MAN = "Aleksandr Sergey Dmitry Andrey Aleksey Vladimir Mikhail Ivan Nikolay Igor Evgeny Maksim Oleg
        Yuri Viktor Pavel Roman Denis Anton Konstantin Ilya Artem Vitaly Vadim Kirill Anatoly Vyacheslav
        Nikita Ruslan Stanislav Valery Grigory Boris Leonid Timur Vasily Egor Gleb Stepan Petr
        Gennady Fedor Timofey Yaroslav Danil Valentin Semyon Marat Rustam Eduard Arkady Lev Matvey
        Sergei Alexander Alexey Andrei Dmitrii Eugene Nikolai";
    WOMAN = "Elena Olga Tatyana Irina Natalya Anna Svetlana Maria Yulia Ekaterina Lyudmila Galina
        Marina Anastasia Larisa Oksana Nadezhda Daria Victoria Valentina Nina Ksenia Alina Polina
        Vera Lyubov Alla Inna Zhanna Raisa Kristina Margarita Evgenia Alexandra Veronika Lidia";
    FATHER = "Aleksandr Vladimir Nikolay Sergey Viktor Anatoly Mikhail Ivan Yury Andrey Aleksey Vasily
        Petr Boris Valentin Evgeny Dmitry Oleg Igor Gennady Pavel Vyacheslav Leonid Grigory Konstantin
        Fedor Stepan Valery Semyon Eduard Maksim Roman Stanislav Vadim Arkady Ruslan";
    FAMILY = "Ivanov Smirnov Kuznetsov Popov Vasilyev Petrov Sokolov Mikhailov Novikov Fedorov Morozov
        Volkov Alekseev Lebedev Semenov Egorov Pavlov Kozlov Stepanov Nikolaev Orlov Andreev Makarov
        Nikitin Zakharov Zaitsev Solovyov Borisov Yakovlev Grigoryev Romanov Vorobyov Sergeev Kuzmin
        Frolov Aleksandrov Dmitriev Korolev Gusev Kiselev Ilyin Maksimov Polyakov Sorokin Vinogradov
        Kovalev Belov Medvedev Antonov Tarasov Zhukov Baranov Filippov Komarov Davydov Belyaev
        Gerasimov Bogdanov Osipov Sidorov Matveev Titov Markov Mironov Krylov Kulikov Karpov Vlasov
        Melnikov Denisov Gavrilov Tikhonov Kazakov Afanasyev Danilov Savelyev Timofeev Fomin Chernov
        Abramov Martynov Efimov Fedotov Shcherbakov Nazarov Kalinin Isaev Chernyshev Bykov Maslov
        Rodionov Konovalov Lazarev Voronin Klimov Filatov Ponomarev Golubev Kudryavtsev Prokhorov
        Naumov Potapov Zhuravlev Ovchinnikov Trofimov Leonov Sobolev Ermakov Kolesnikov Goncharov
        Emelyanov Nikiforov Grachev Kotov Grishin Efremov Arkhipov Gromov Kirillov Malyshev Panov
        Moiseev Rumyantsev Akimov Kondratyev Biryukov Gorbunov Anisimov Eremin Tikhomirov Galkin
        Lukyanov Mikheev Skvortsov Yudin Belousov Nesterov Simonov Prokofyev Kharitonov Knyazev
        Tsvetkov Levin Mitrofanov Voronov Aksenov Sofronov Maltsev Loginov Gorshkov Savchenko
        Bondarenko Kravchenko Shevchenko Marchenko Tkachenko";
    BRAND = "Impuls Polyus Stroyinvest Gidromash Tekhnosila Khimprom Energomash Sputnik Vektor Orion
        Rassvet Progress Kristall Almaz Granit Soyuz Zarya Avangard Kontakt Pribor Metallist Lesprom
        Agrosnab Transles Tekhnopark Neftegazstroy Stroymontazh Elektropribor Promsnab Sibtrans
        Uralmet Volgastroy Baltprom Severstroy Medtekhnika Agroinvest Rostorg Spetsstroy Mostostroy
        Kvant Luch Meridian Signal Vympel Titan Neva Kama Onega Ladoga Elbrus Altair Sirius
        Tekhnotrade Rusinvest Inprom Teploenergo Vodokanal Ekostroy Interlogistik Meridiantrans
        Kontur Spektr Garant Stimul Start Zenit Fregat Briz Yantar";
    PLACE = "Moskovsky Volzhsky Uralsky Sibirsky Baltiysky Tverskoy Omsky Kazansky Samarsky Permsky
        Kubansky Donskoy Severny Yuzhny Tomsky Ryazansky Tulsky Penzensky Saratovsky Vladimirsky";
    TRADE = "Plant Trading_House Holding Zavod Research_and_Production_Enterprise Torgovy_Dom Group
        Engineering Logistics Design_Bureau Construction_Company Factory Production_Association
        Industrial_Company Service Management_Company Stroy Trade Agro Energo Trans Invest";
    FORM = "LLC OOO JSC AO PAO ZAO Limited_Liability_Company Joint_Stock_Company OAO Ltd";
}

/// Family names that do not change with who bears them.
fn feminine(family: &str) -> String {
    if family.ends_with("ko") {
        family.to_owned()
    } else {
        format!("{family}a")
    }
}

/// The patronymic of a given name, in the spelling of passports.
fn patronymic(father: &str, is_man: bool) -> String {
    let stem = match father {
        "Ivan" => "Ivanov",
        "Petr" => "Petrov",
        "Lev" => "Lvov",
        "Pavel" => "Pavlov",
        "Ilya" | "Nikita" => return format!("{father}{}", if is_man { "ch" } else { "chna" }),
        _ if father.ends_with("iy") || father.ends_with("ey") || father.ends_with("ay") => {
            return format!(
                "{}{}",
                &father[..father.len() - 1],
                if is_man { "evich" } else { "evna" }
            );
        }
        _ if father.ends_with('y') => {
            return format!(
                "{}{}",
                &father[..father.len() - 1],
                if is_man { "ievich" } else { "ievna" }
            );
        }
        _ => return format!("{father}{}", if is_man { "ovich" } else { "ovna" }),
    };
    format!("{stem}{}", if is_man { "ich" } else { "na" })
}

fn person(dice: &mut Dice) -> String {
    let is_man = dice.chance(58);
    let given = dice.pick(if is_man { &MAN } else { &WOMAN });
    let family = dice.pick(&FAMILY);
    let family = if is_man {
        family.to_owned()
    } else {
        feminine(family)
    };
    let father = if dice.chance(70) {
        patronymic(dice.pick(&FATHER), is_man)
    } else {
        String::new()
    };
    if dice.chance(55) {
        phrase(&[given, &father, &family])
    } else {
        phrase(&[&family, given, &father])
    }
}

fn organisation(dice: &mut Dice) -> String {
    let form = dice.pick(&FORM);
    let place = if dice.chance(30) {
        dice.pick(&PLACE)
    } else {
        ""
    };
    let brand = dice.pick(&BRAND);
    let trade = dice.pick(&TRADE);
    let more = if dice.chance(10) {
        dice.pick(&TRADE)
    } else {
        ""
    };
    let more = if more == trade { "" } else { more };
    if dice.chance(40) {
        phrase(&[form, place, brand, trade, more])
    } else {
        phrase(&[place, brand, trade, more, form])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patronymics_have_their_endings() {
        for (father, man, woman) in [
            ("Ivan", "Ivanovich", "Ivanovna"),
            ("Sergey", "Sergeevich", "Sergeevna"),
            ("Vasily", "Vasilievich", "Vasilievna"),
            ("Pavel", "Pavlovich", "Pavlovna"),
            ("Oleg", "Olegovich", "Olegovna"),
        ] {
            assert_eq!(patronymic(father, true), man);
            assert_eq!(patronymic(father, false), woman);
        }
        assert_eq!(feminine("Petrov"), "Petrova");
        assert_eq!(feminine("Savchenko"), "Savchenko");
    }
}
