//! Mainland names in pinyin: family first, one or two syllables for the given name,
//! joined, parted or hyphenated.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "chinese",
    country: ["CN", "CN"],
    listed_under: &["cn", "hk", "tw"],
    person,
    organisation,
};

parts! {
    FAMILY = "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo
        Zheng Liang Xie Song Tang Deng Han Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang
        Yu Du Ye Cheng Wei Su Lu Ding Ren Yao Shen Zhong Cui Tan Fan Liao Shi Jin Jia Xia Fu Fang
        Zou Xiong Bai Meng Qin Qiu Hou Jiang Yin Xue Yan Lei Long Tao Hao Mao Gu Gong Shao Wan
        Qian Dai Kong Mo Chang Wen Kang Qiao Lai Xing Ou Pang Shang Ni Niu Zuo Qi Ge Nie Zhai
        Mei Bao Ouyang Sima Zhuge Shangguan";
    SYLLABLE = "Wei Fang Min Jing Li Qiang Lei Jun Yang Yong Yan Jie Juan Tao Ming Chao Xiu Xia
        Ping Gang Gui Ying Hua Hong Yu Xin Hui Jian Ling Xiao Bo Hao Yi Zhi Wen Guo Chun Mei Lan
        Dong Bin Hai Feng Long Peng Cheng Xiang Rui Jia Hong Zhen Ting Ning Kai Liang Bing Shan
        Qing Yue Xue Lin Lu Ya Na Dan Yun Han Fei Rong Jin Yuan Shu Ke Tian Zhong De Guang Sheng
        Xing Hang Shuai Ai Zi Ze Hui Chen Rong Si Tong Xuan Meng Qi Ru Lian Shi Zhe Yao Song Huan
        Bao Fu Da Sen Mao Jiang Heng Cai Bei Zhuo Qiong Man Chang Ran";
    CITY = "Shanghai Shenzhen Beijing Guangzhou Hangzhou Suzhou Ningbo Qingdao Tianjin Wuhan Chengdu
        Nanjing Xiamen Dongguan Foshan Wenzhou Wuxi Yiwu Zhejiang Jiangsu Guangdong Shandong Hebei
        Fujian Jinan Zhengzhou Changsha Dalian Xi'an Chongqing Hefei Taizhou Shijiazhuang Changzhou
        Kunming Zhongshan Jiaxing Weifang Anhui Henan Nantong Yantai Harbin Shenyang Nanchang";
    BRAND = "Huaxin Tianyi Jinhe Ruifeng Xinlong Yongxin Jiali Hongda Hengtong Xinda Haoyu Dongfang
        Zhongtai Shunfa Mingyang Jinding Kangtai Yuhang Longxing Huayuan Chuangxin Baoli Deli Fulin
        Guanghua Hairun Jiahe Kaixuan Lianhe Meida Ningtai Pengcheng Qixing Runhe Shengda Taihua
        Wanli Xiangyu Yida Zhengda Anbang Boya Chenguang Dingsheng Fengyuan Guohong Hezhong Jingwei
        Kelong Lihua Minghao Ouya Puxin Rongsheng Senyuan Tongda Weiye Xingye Yongfa Zhaoyang
        Aoxing Beiming Changtai Dayu Enhua Fuda Gaosheng Honghai Jiuzhou Kaili Leyuan Mingrui
        Nanhai Qiangsheng Ruihong Sanhe Tengfei Wanda Xinghe Yinhe Zhonghe Lanhai Baihe Tiancheng";
    TRADE = "Trading Technology Electronics Import_and_Export Textile Machinery Plastic_Products
        Industrial Chemical Garment Hardware International_Trade Auto_Parts Electronic_Technology
        Furniture Packaging Logistics New_Materials Lighting Biotechnology Precision_Instrument
        Electric Metal_Products Medical_Equipment Optoelectronics Paper Foods Building_Materials
        Solar_Technology Mould Rubber Arts_and_Crafts Environmental_Protection_Technology Ceramics
        Information_Technology Toys Shoes Supply_Chain_Management Valve Bearing Printing";
    FORM = "Co.,_Ltd. Co_Ltd Company_Limited Co.,_Ltd Limited Group_Co.,_Ltd. Co.,Ltd Corporation
        (Group)_Co.,_Ltd.";
}

fn person(dice: &mut Dice) -> String {
    let family = dice.pick(&FAMILY);
    let first = dice.pick(&SYLLABLE);
    if dice.chance(22) {
        let parts = [family, first];
        return if dice.chance(25) {
            phrase(&[parts[1], parts[0]])
        } else {
            phrase(&parts)
        };
    }
    let second = dice.pick(&SYLLABLE);
    let small = second.to_lowercase();
    // Pinyin parts a syllable that begins with a vowel.
    let joined = if small.starts_with(['a', 'e', 'o']) {
        format!("{first}'{small}")
    } else {
        format!("{first}{small}")
    };
    match dice.below(100) {
        0..60 => phrase(&[family, &joined]),
        60..80 => phrase(&[&joined, family]),
        80..90 => phrase(&[family, first, second]),
        90..96 => phrase(&[family, &format!("{first}-{small}")]),
        _ => phrase(&[&format!("{first}-{second}"), family]),
    }
}

fn organisation(dice: &mut Dice) -> String {
    let city = if dice.chance(70) {
        dice.pick(&CITY)
    } else {
        ""
    };
    let brand = dice.pick(&BRAND);
    let trade = dice.pick(&TRADE);
    phrase(&[city, brand, trade, dice.pick(&FORM)])
}
