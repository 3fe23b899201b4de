//! Southern names in the spellings people use on passports and papers: one syllable
//! for the family, two for the given name, hyphenated, parted or joined.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "korean",
    country: ["KR", "KR"],
    listed_under: &["kr", "kp"],
    person,
    organisation,
};

parts! {
    FAMILY = "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Ryu
        Hong Jeon Ko Moon Son Yang Bae Baek Heo Yoo Nam Shim Noh Ha Jeong Kwak Sung Cha Joo Woo Koo
        Min Jin Na Ji Eom Chae Won Cheon Bang Gong Hyun Ham Byun Yeom Yeo Choo Do So Seok Sun Seol
        Ma Gil Wi Pyo Myung Ki Ban Ra Wang Geum Ok Yook In Maeng Je Mo Tak Kook Eun Pak Chung Yi
        Choe Jo Im Rhee Paek Cheong Yun No Gu";
    SYLLABLE = "Min Ji Seung Hyun Young Soo Jin Woo Jae Sung Kyung Ho Hee Eun Jun Hye Sang Dong Hwan
        Seo Yeon Mi Kyu In Chul Jung Won Sun Tae Yong Kwang Ki Su Ah Yoon Bin Hoon Han Ha Na Nam
        Suk Myung Byung Jong Chan Bo Ra Hyung Geun Joon Ye Sik Beom Gyu Moon Joo Il Uk Hwa Suk Do
        Gil Sook Ja Rim Yul Chang Deok Man Pil Hong Sam Oh Cheol Mo Gun Guk Ran Seon Ok Kyun Shik
        Bok Sol Da Hyeon Seok Jeong Yeong Gyeong Hui";
    BRAND = "Hanil Daesung Sejong Dongwon Shinhan Korea Hansung Daeyang Samjin Woori Dongbang Sinwon
        Taekwang Hyosan Kumho Youngjin Jinsung Seongil Hankook Cheil Poongsan Dongil Kyungdong
        Sungwoo Hwaseung Namyang Daehan Samwon Mirae Hanbit Nuri Saehan Taeyang Dongshin Yuhan
        Kwangil Shinil Ilshin Donghae Hanmaek Jeil Sambo Seorin Wooil Taeyoung Sungjin Hanjin
        Daewon Kukje Chungmu Samyang Dongkuk Hwashin Kiturami Ilsung Yeonhap Saebyuk Baekdu Halla
        Nakdong Jirisan Taebaek Mugunghwa Onnuri Saerom";
    CITY = "Seoul Busan Incheon Daegu Ulsan Gwangju Daejeon Suwon Changwon Gyeonggi Ansan Cheonan
        Jeonju Pohang Gumi Gimhae Jeju Cheongju Anyang Yongin";
    TRADE = "Semiconductor Electronics Shipping Precision Textile Bio Industrial Trading Machinery
        Chemical Steel Pharmaceutical Engineering Motors Construction Metal Food Cosmetics Display
        Logistics Systems Tech Plastics Optics Heavy_Industries Medical Energy Materials Software
        Packaging Tool Marine Battery Glass Paper";
    FORM = "Co.,_Ltd. Corporation Inc. Corp. Co.,Ltd. Co._Ltd Ltd. Holdings";
}

fn person(dice: &mut Dice) -> String {
    let family = dice.pick(&FAMILY);
    let (first, second) = (dice.pick(&SYLLABLE), dice.pick(&SYLLABLE));
    let small = second.to_lowercase();
    let given = match dice.below(100) {
        0..40 => format!("{first}-{small}"),
        40..50 => format!("{first}-{second}"),
        50..75 => format!("{first} {second}"),
        75..80 => format!("{first} {small}"),
        80..97 => format!("{first}{small}"),
        _ => first.to_owned(),
    };
    if dice.chance(70) {
        phrase(&[family, &given])
    } else {
        phrase(&[&given, family])
    }
}

fn organisation(dice: &mut Dice) -> String {
    let city = if dice.chance(25) {
        dice.pick(&CITY)
    } else {
        ""
    };
    let brand = dice.pick(&BRAND);
    let trade = dice.pick(&TRADE);
    let more = if dice.chance(25) {
        dice.pick(&TRADE)
    } else {
        ""
    };
    let more = if more == trade { "" } else { more };
    phrase(&[city, brand, trade, more, dice.pick(&FORM)])
}
