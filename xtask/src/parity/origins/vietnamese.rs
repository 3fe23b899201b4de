//! Family, middle and given names; with their marks, as at home, or without, as in
//! most files elsewhere.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "vietnamese",
    country: ["VN", "VN"],
    listed_under: &["vn"],
    person,
    organisation,
};

parts! {
    FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm
        Trịnh Mai Đào Cao Hà Tạ Châu Lương Tô Trương Thái Vương Quách Phùng Kiều La Thân Triệu";
    MIDDLE_MAN = "Văn Đức Minh Quang Hữu Ngọc Thanh Anh Xuân Quốc Đình Hoàng Công Tuấn Trung Duy
        Tiến Gia Bảo Nhật Hải Việt Thành Trọng Khắc Mạnh Bá Chí Phước Tấn";
    MIDDLE_WOMAN = "Thị Ngọc Thu Minh Thanh Phương Kim Hồng Bích Mỹ Diệu Thúy Khánh Quỳnh Hoài Mai
        Lan Như Bảo Tường Xuân Cẩm Tuyết Hải Vân";
    MAN = "Hùng Dũng Tuấn Minh Hải Nam Sơn Long Thành Đức Quang Hiếu Anh Cường Bình Phúc Khánh Trung
        Huy Kiên Thắng Việt Tùng Hoàng Duy Tài Khoa Phong Tiến Lâm Quân Nghĩa Vinh Đạt Bảo Toàn
        Thịnh Hưng Khang Thái Trí Lộc Tâm An Hà Nhân Hậu Luân Chiến Phương Trường Giang Quý Vũ
        Lợi Danh Tân Kha Thiện Sang Công Hòa Thuận Nhật";
    WOMAN = "Hương Lan Mai Hoa Linh Thảo Phương Trang Hà Thu Nga Hằng Ngọc Yến Anh Nhung Thủy Hạnh
        Huyền Dung My Vân Loan Oanh Hiền Quyên Trinh Thúy Giang Ngân Châu Tuyết Liên Diễm Bích
        Chi Vy Nhi Hồng Thư Quỳnh Ánh Tâm Trâm Uyên Như Kim Xuân Đào Sen Phượng Nguyệt Tú Thơ
        Hân Mỹ Cúc Lụa Duyên Tiên";
    BRAND = "Viet_Tien Hoang_Long Hoa_Binh Song_Hong Phuong_Nam Dai_Phat Minh_Phu Thanh_Cong An_Phat
        Hong_Ha Truong_Son Tan_Phat Bao_Long Kim_Long Dong_A Nam_Viet Thien_Long Binh_Minh Sao_Mai
        Phu_Hung Hai_Dang Viet_Thang Quang_Minh Dong_Tam Nhat_Minh Tam_Duc Ngoc_Anh Thanh_Binh
        Duc_Giang Hung_Thinh Cuu_Long Vinh_Hoan Bac_Ha Hai_Au Sao_Vang Ha_Long Hung_Vuong Gia_Dinh
        Lam_Son Dai_Nam Thang_Long Huong_Giang Tien_Phong Hoa_Sen Rang_Dong Bach_Dang Tay_Do
        Dong_Phuong Tan_Thanh Phuoc_Loc Hiep_Phat Loc_Phat Minh_Duc Thuan_An Viet_Hung Ngoc_Linh";
    CITY = "Saigon Hanoi Da_Nang Hai_Phong Can_Tho Dong_Nai Binh_Duong Nha_Trang Hue Vung_Tau Quang_Ninh
        Long_An Bac_Ninh Da_Lat Nam_Dinh Thai_Nguyen Vinh Quy_Nhon";
    TRADE = "Import_Export Footwear Furniture Seafood Trading_and_Services Textile Garment Construction
        Rice Coffee Wood_Products Plastics Logistics Electronics Investment Foods Mechanical Packaging
        Steel Tourism Pharmaceutical Production_and_Trading Cashew Handicraft Rubber Ceramics
        Technology Transport Real_Estate Fertilizer Agricultural_Products Engineering";
    FORM = "Company_Limited JSC Co.,_Ltd Joint_Stock_Company Corporation Co.,_Ltd. Group_JSC One_Member_Co.,_Ltd";
}

fn person(dice: &mut Dice) -> String {
    let family = dice.pick(&FAMILY);
    let (middles, givens) = if dice.chance(50) {
        (&MIDDLE_MAN, &MAN)
    } else {
        (&MIDDLE_WOMAN, &WOMAN)
    };
    let middle = if dice.chance(90) {
        dice.pick(middles)
    } else {
        ""
    };
    let more = if dice.chance(15) {
        dice.pick(givens)
    } else {
        ""
    };
    let given = dice.pick(givens);
    let more = if more == given { "" } else { more };
    let name = if dice.chance(80) {
        phrase(&[family, middle, more, given])
    } else {
        phrase(&[given, family])
    };
    if dice.chance(50) { plain(&name) } else { name }
}

/// Without marks, as a machine that knows no Vietnamese writes it.
fn plain(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    name.nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .map(|letter| match letter {
            'Đ' => 'D',
            'đ' => 'd',
            other => other,
        })
        .collect()
}

fn organisation(dice: &mut Dice) -> String {
    let city = if dice.chance(35) {
        dice.pick(&CITY)
    } else {
        ""
    };
    let brand = dice.pick(&BRAND);
    let trade = dice.pick(&TRADE);
    phrase(&[city, brand, trade, dice.pick(&FORM)])
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_leave_and_letters_stay() {
        assert_eq!(super::plain("Đặng Thị Hường"), "Dang Thi Huong");
    }
}
