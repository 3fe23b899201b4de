//! Characters of names as Hong Kong and Macau romanise them.
//!
//! There is no one system: the table holds the spelling that Hong Kong's registers
//! and passports give most often, for the characters that surnames and given names
//! use. A name with a character that is not here has no Cantonese reading.

use std::sync::OnceLock;

use crate::traditional::simplified;

/// The syllable of a character, if it is one that names use.
pub(crate) fn syllable(c: char) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<(char, &'static str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: Vec<(char, &str)> = READINGS
            .split_whitespace()
            .filter_map(|row| row.split_once(':'))
            .flat_map(|(syllable, chars)| chars.chars().map(move |c| (c, syllable)))
            .collect();
        table.sort_by_key(|(c, _)| *c);
        table
    });
    let c = simplified(c);
    let at = table.binary_search_by_key(&c, |(known, _)| *known).ok()?;
    Some(table[at].1)
}

/// Syllable and characters, in simplified form.
const READINGS: &str = "
chan:陈灿珍 wong:黄王旺 lee:李利莉 cheung:张章祥昌璋翔 lam:林蓝 ng:吴伍五 leung:梁良亮 lau:刘柳楼 ho:何浩河豪好可
ip:叶 yip:业 cheng:郑静 chung:钟忠宗聪松中 tsang:曾 kwok:郭国 chow:周邹 chu:朱柱珠 hui:许 so:苏 lo:罗卢劳
tang:邓 ma:马麻 mak:麦 mok:莫 fung:冯凤峰锋丰枫风 fong:方芳房 yuen:袁阮原源远媛元 yeung:杨阳扬洋 yu:余俞于儒汝如
yue:宇雨语 to:杜陶 tong:唐汤 tsui:徐翠 choi:蔡彩财 kwan:关君坤昆均群钧军 kwong:邝光广矿 kan:简 kong:江刚康港
kwai:贵桂 koo:古顾 ko:高 pang:彭鹏 poon:潘 sin:冼仙 siu:萧少小邵兆 sham:岑 sit:薛 sze:施思诗史司 shek:石硕
shum:沈深琛 tam:谭 tin:田天 ting:丁定庭婷 tse:谢 tsoi:采 wai:韦伟惠慧威维卫为 wan:尹云温运韵 woo:胡 wu:邬 yam:任
yan:甄欣恩人 yau:邱丘友有佑 yim:严艳 yiu:姚耀瑶 yung:翁容荣勇蓉 yick:易益 yik:亦 ching:程清青晴正政贞 chiu:赵超照朝潮
chin:钱展前 chui:崔 chun:秦俊春进晋津振 chuen:全泉传 chai:齐仔 chak:泽翟 chau:秋洲 chi:志智子芝之池 che:车
cho:左初楚祖 choy:才 fan:范帆凡 fai:辉晖 fat:发 fu:傅夫富虎扶 fuk:福复 fun:欢宽 hang:幸恒杏 hau:侯厚孝 hei:希喜熙曦
heung:香乡向 him:谦 hin:轩显宪 hing:兴庆 hoi:海开凯恺 hok:学鹤 hon:韩汉 hong:洪航红 hung:孔雄鸿虹 kai:佳启继
ka:家嘉加 kam:金锦甘琴 kei:祺奇琪基纪 kit:杰洁 king:景敬琼竞 kin:健建坚 kiu:乔娇桥 ki:其 kuen:权娟 kun:冠官观贯
kwun:灌 lai:黎赖丽礼 lap:立 lei:理 lim:廉 lin:莲连 ling:凌玲灵龄岭令 lit:烈 lok:乐洛骆 long:朗 luk:陆
lui:雷吕蕾 lun:伦 lung:龙隆聋 lik:力 lan:兰 man:文敏曼万民汶 may:美媚 mei:薇 ming:明铭鸣名 miu:妙苗 mo:武慕
mui:梅 mun:满门 muk:木 mou:毛 nam:南男 nga:雅亚 ngai:魏艺毅 ngan:颜银 nin:年 ning:宁 on:安 pak:柏伯白
ping:平萍屏炳 po:宝保波普布 pui:佩培沛贝 pik:碧壁 pun:本 sai:世西细 san:生新山 sau:秀寿修 sang:盛胜 sheung:尚双
shing:成诚城承升声 shuk:淑 shun:信顺纯 shui:水瑞 sum:森心 sun:孙辛 sung:宋崇 suk:叔 suet:雪 suen:宣
shan:珊姗 tai:戴大泰太 tak:德得 tat:达 tik:迪 tim:添 tsz:梓紫资 tuen:段端 tung:董东同彤 tze:芷 wa:华 wah:桦
wing:永泳颖咏 wang:宏弘 wo:和 wun:焕援 yat:日一逸 yee:仪儿宜怡义意 yi:以 ying:英莹盈瑛应 yin:贤燕言妍彦然现 yuk:玉育煜旭
yun:润闰 yuet:月悦越 au:欧区 cham:湛 wat:屈 shiu:绍肇 sui:穗 wui:会汇 lut:律 ngo:娥 keung:强 cheuk:卓
nok:诺 tsan:赞 chit:哲 kuk:谷
";

#[cfg(test)]
mod tests {
    use super::syllable;

    #[test]
    fn names_as_hong_kong_prints_them() {
        let cases = [
            ("李家超", "lee ka chiu"),
            ("林鄭月娥", "lam cheng yuet ngo"),
            ("鄧炳強", "tang ping keung"),
            ("陳國基", "chan kwok kei"),
            ("黃之鋒", "wong chi fung"),
            ("梁振英", "leung chun ying"),
            ("吳慧敏", "ng wai man"),
            ("曾偉雄", "tsang wai hung"),
        ];
        for (name, want) in cases {
            let got: Vec<&str> = name.chars().map(|c| syllable(c).unwrap_or("?")).collect();
            assert_eq!(got.join(" "), want, "{name}");
        }
    }

    #[test]
    fn a_character_is_one_syllable_of_ascii() {
        for c in super::READINGS.chars().filter(|c| !c.is_ascii()) {
            let syllable = syllable(c).unwrap_or_else(|| panic!("{c} is lost"));
            assert!(syllable.bytes().all(|b| b.is_ascii_lowercase()), "{c}");
        }
    }
}
