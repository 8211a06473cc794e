//! Made-up names of people: common surnames of the region and common given names, put together by lot. They name nobody.

use std::collections::BTreeSet;

use crate::dice::Dice;

const SURNAMES: [(&str, &str); 40] = [
    ("杨", "Yang"),
    ("吴", "Wu"),
    ("龙", "Long"),
    ("潘", "Pan"),
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("石", "Shi"),
    ("田", "Tian"),
    ("罗", "Luo"),
    ("欧", "Ou"),
    ("顾", "Gu"),
    ("邰", "Tai"),
    ("陈", "Chen"),
    ("周", "Zhou"),
    ("黄", "Huang"),
    ("赵", "Zhao"),
    ("姜", "Jiang"),
    ("金", "Jin"),
    ("万", "Wan"),
    ("廖", "Liao"),
    ("唐", "Tang"),
    ("文", "Wen"),
    ("余", "Yu"),
    ("胡", "Hu"),
    ("白", "Bai"),
    ("何", "He"),
    ("韦", "Wei"),
    ("蒋", "Jiang"),
    ("彭", "Peng"),
    ("梁", "Liang"),
    ("谢", "Xie"),
    ("邓", "Deng"),
    ("许", "Xu"),
    ("郭", "Guo"),
    ("马", "Ma"),
    ("徐", "Xu"),
    ("朱", "Zhu"),
    ("宋", "Song"),
];

const GIVEN: [(&str, &str); 72] = [
    ("秀英", "Xiuying"),
    ("桂花", "Guihua"),
    ("明", "Ming"),
    ("建国", "Jianguo"),
    ("建华", "Jianhua"),
    ("志强", "Zhiqiang"),
    ("丽", "Li"),
    ("敏", "Min"),
    ("静", "Jing"),
    ("伟", "Wei"),
    ("军", "Jun"),
    ("勇", "Yong"),
    ("杰", "Jie"),
    ("涛", "Tao"),
    ("艳", "Yan"),
    ("芳", "Fang"),
    ("娟", "Juan"),
    ("霞", "Xia"),
    ("燕", "Yan"),
    ("玲", "Ling"),
    ("昌荣", "Changrong"),
    ("光明", "Guangming"),
    ("胜利", "Shengli"),
    ("文华", "Wenhua"),
    ("文英", "Wenying"),
    ("正华", "Zhenghua"),
    ("正权", "Zhengquan"),
    ("通海", "Tonghai"),
    ("再兴", "Zaixing"),
    ("再芬", "Zaifen"),
    ("小红", "Xiaohong"),
    ("小平", "Xiaoping"),
    ("晓东", "Xiaodong"),
    ("晓燕", "Xiaoyan"),
    ("海燕", "Haiyan"),
    ("海波", "Haibo"),
    ("国庆", "Guoqing"),
    ("国平", "Guoping"),
    ("德明", "Deming"),
    ("德贵", "Degui"),
    ("启华", "Qihua"),
    ("启明", "Qiming"),
    ("安妮", "Anni"),
    ("佳", "Jia"),
    ("佳琪", "Jiaqi"),
    ("子涵", "Zihan"),
    ("雨欣", "Yuxin"),
    ("欣怡", "Xinyi"),
    ("思远", "Siyuan"),
    ("俊杰", "Junjie"),
    ("浩", "Hao"),
    ("浩然", "Haoran"),
    ("鹏", "Peng"),
    ("斌", "Bin"),
    ("波", "Bo"),
    ("超", "Chao"),
    ("健", "Jian"),
    ("辉", "Hui"),
    ("琴", "Qin"),
    ("梅", "Mei"),
    ("春梅", "Chunmei"),
    ("冬梅", "Dongmei"),
    ("兰", "Lan"),
    ("玉兰", "Yulan"),
    ("玉珍", "Yuzhen"),
    ("珍", "Zhen"),
    ("福", "Fu"),
    ("家福", "Jiafu"),
    ("家俊", "Jiajun"),
    ("天佑", "Tianyou"),
    ("世文", "Shiwen"),
    ("世龙", "Shilong"),
];

/// Names that are drawn without repeating any.
pub(super) struct Names {
    dice: Dice,
    used: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed, "names"), used: BTreeSet::new() }
    }

    /// A name in Chinese and in English spelling.
    pub(super) fn draw(&mut self) -> (String, String) {
        loop {
            let surname = SURNAMES[self.dice.below(SURNAMES.len())];
            let given = GIVEN[self.dice.below(GIVEN.len())];
            let name = format!("{}{}", surname.0, given.0);
            // There are far more names than posts.
            if self.used.len() >= SURNAMES.len() * GIVEN.len() / 2 || self.used.insert(name.clone()) {
                return (name, format!("{} {}", surname.1, given.1));
            }
        }
    }
}

/// A name in Chinese, drawn with others' dice; it may have been drawn before, as many people have one name.
pub(crate) fn any(dice: &mut Dice) -> String {
    let surname = SURNAMES[dice.below(SURNAMES.len())].0;
    let given = GIVEN[dice.below(GIVEN.len())].0;
    format!("{surname}{given}")
}
