"""How drug and place names are read where the general dictionary reads them otherwise."""

READINGS = {
    "参": "shen",  # 丹参、参松养心: not can
    "芎": "xiong",  # 川芎: not qiong
    "炔": "que",  # 炔雌醇: not gui
    "泊": "bo",  # 丙泊酚、依托泊苷: not po
    "茄": "qie",  # 颠茄: not jia
    "佛": "fo",  # 佛手、碘佛醇
    "藏": "zang",  # 藏药、藏茵陈
    "长": "chang",  # 长春西汀、长效
    "生长": "sheng zhang",
    "增长": "zeng zhang",
    "长大": "zhang da",
    "调": "tiao",  # 调经、调脂
    "调兵山": "diao bing shan",
    "莪术": "e zhu",
    "枳术": "zhi zhu",
    "阿胶": "e jiao",
    "东阿": "dong e",
    "吡咯": "bi luo",
    "蛤": "ge",  # 蛤蚧、黛蛤散
    "还": "huan",  # 还少丹
    "粘": "nian",  # 多粘菌素
    "呱": "gua",  # 呱西替柳
    "豉": "chi",
    "卜": "bo",  # 胡萝卜素
    "伽": "jia",  # 阿伽糖酶
    "得": "de",  # 芬必得
    "血": "xue",
    "仔": "zi",  # 片仔癀
    "和": "he",  # 清热和胃
    "槟": "bing",  # 槟榔
    "朴": "po",  # 厚朴
    "朝阳": "chao yang",
}
