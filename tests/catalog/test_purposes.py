"""Words people use for what ails them, and the drugs of the shipped sheet they must lead to."""

import csv

import pytest

from backend.catalog.diseases import called, diseases
from backend.catalog.naming import core
from backend.demo.sheets import shipped

LEADS = {
    "血压高": "氨氯地平 缬沙坦 特拉唑嗪", "降压片": "厄贝沙坦 卡托普利",
    "胆固醇高": "阿托伐他汀 瑞舒伐他汀", "甘油三酯高": "辛伐他汀",
    "心绞痛": "单硝酸异山梨酯 曲美他嗪", "心慌": "美托洛尔", "心梗": "氯吡格雷 替格瑞洛",
    "心脏支架": "氯吡格雷", "心衰": "比索洛尔 依那普利 恩格列净", "房颤": "达比加群酯 利伐沙班",
    "脑梗": "氯吡格雷", "深静脉血栓": "利伐沙班 阿哌沙班", "肺动脉高压": "安立生坦",
    "烧心": "奥美拉唑 铝碳酸镁", "胃溃疡": "泮托拉唑 米索前列醇",
    "幽门螺旋杆菌": "阿莫西林 克拉霉素 奥美拉唑", "胃动力药": "多潘立酮 莫沙必利",
    "跑肚": "蒙脱石", "痢疾": "诺氟沙星", "大便干": "聚乙二醇4000 普芦卡必利",
    "止吐药": "帕洛诺司琼", "晕车药": "异丙嗪", "大三阳": "恩替卡韦 阿德福韦酯 替诺福韦二吡呋酯",
    "老慢支": "布地奈德 异丙托溴铵", "化痰药": "氨溴索 福多司坦", "肺炎": "左氧氟沙星 头孢曲松",
    "支原体": "阿奇霉素", "风疙瘩": "氯雷他定 西替利嗪", "过敏性鼻炎": "孟鲁司特 奥洛他定",
    "尿糖高": "二甲双胍 阿卡波糖", "糖网": "羟苯磺酸钙", "糖尿病手脚麻": "硫辛酸",
    "甲旁亢": "西那卡塞", "尿酸高": "非布司他", "骨松": "阿法骨化醇",
    "膝盖疼": "氨基葡萄糖 塞来昔布", "类风湿": "托法替布 美洛昔康",
    "止疼药": "布洛芬 对乙酰氨基酚", "退烧药": "对乙酰氨基酚 布洛芬", "牙疼": "甲硝唑 布洛芬",
    "痛经": "布洛芬", "带状疱疹后神经痛": "普瑞巴林 加巴喷丁", "手脚麻木": "甲钴胺",
    "消炎药": "阿莫西林 头孢拉定", "膀胱炎": "诺氟沙星 左氧氟沙星", "霉菌性阴道炎": "氟康唑",
    "缠腰龙": "阿昔洛韦", "艾滋病": "恩曲他滨替诺福韦", "灰指甲": "特比萘芬",
    "肺结核": "异烟肼 吡嗪酰胺 乙胺丁醇", "抑郁症": "舍曲林 艾司西酞普兰", "强迫症": "帕罗西汀",
    "幻听": "利培酮 氨磺必利", "躁狂": "奥氮平 喹硫平", "睡不着": "右佐匹克隆",
    "羊癫疯": "左乙拉西坦", "手抖": "普拉克索", "不安腿": "普拉克索",
    "老年痴呆": "多奈哌齐 美金刚", "尿等待": "坦索罗辛 非那雄胺 度他雄胺", "尿频": "索利那新",
    "肾结石": "枸橼酸氢钾钠", "蛋白尿": "氯沙坦 厄贝沙坦", "阳痿": "西地那非 他达拉非",
    "早泄": "达泊西汀", "掉头发": "非那雄胺", "肺癌": "吉非替尼 培美曲塞",
    "乳腺癌": "来曲唑 阿那曲唑", "前列腺癌": "比卡鲁胺 阿比特龙", "肠癌": "奥沙利铂 卡培他滨",
    "胃癌": "替吉奥", "肝癌": "索拉非尼", "胰腺癌": "吉西他滨", "脑瘤": "替莫唑胺",
    "白血病": "伊马替尼", "骨髓瘤": "硼替佐米", "淋巴瘤": "苯达莫司汀", "红眼病": "左氧氟沙星",
    "眼睛干涩": "玻璃酸钠", "眼睛痒": "奥洛他定", "补钾": "氯化钾", "维生素": "维生素B6",
    "营养液": "脂肪乳氨基酸葡萄糖", "麻药": "罗哌卡因 丙泊酚", "造影剂": "碘海醇 碘克沙醇",
    "免疫力低": "胸腺法新", "缺钙": "阿法骨化醇",
}  # fmt: skip

NEVER = {
    "乙肝": "阿昔洛韦 更昔洛韦", "艾滋病": "恩替卡韦", "疱疹": "恩替卡韦",
    "退烧药": "塞来昔布 普瑞巴林", "灰指甲": "伏立康唑", "尿频": "西地那非", "眩晕": "贝他斯汀",
    "止疼药": "氨基葡萄糖", "胃痛": "格隆溴铵", "肺癌": "来曲唑", "前列腺增生": "比卡鲁胺",
    "高血压": "安立生坦",
}  # fmt: skip


@pytest.fixture(scope="module")
def listed():
    """The substances of the shipped sheet by disease."""
    found = {one.name: set() for one in diseases()}
    with shipped("drugs").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in row["病种"].split("；"):
                found[name].add(core(row["通用名"]))
    return found


@pytest.mark.parametrize("words", LEADS)
def test_what_people_say_leads_to_the_drugs(listed, words):
    assert set(LEADS[words].split()) <= listed[called(words).name]


@pytest.mark.parametrize("words", NEVER)
def test_what_people_say_does_not_lead_to_others(listed, words):
    assert not set(NEVER[words].split()) & listed[called(words).name]


def test_every_disease_has_a_drug_in_the_sheet_or_says_why_not(listed):
    assert [one.name for one in diseases() if bool(listed[one.name]) == bool(one.missing)] == []


def test_every_drug_of_the_sheet_is_listed_where_it_is_named():
    with shipped("drugs").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert row["病种"], row["通用名"]
        named = {one.name for one in diseases() if row["通用名"] in one.named}
        named |= {one.name for one in diseases() if core(row["通用名"]) in one.named}
        # 1 mg against baldness and 5 mg for the prostate are one name.
        assert named - {"脱发"} <= set(row["病种"].split("；")), row["通用名"]


def test_common_diseases_are_called_by_many_names():
    few = {one.name: len(one.also) for one in diseases() if len(one.also) < 6}
    assert not set(few) & {
        "高血压", "糖尿病", "高血脂", "冠心病", "胃病", "痛风", "前列腺增生", "细菌感染",
        "过敏", "哮喘慢阻肺", "咳嗽咳痰", "便秘", "失眠", "疼痛", "发热", "抑郁焦虑", "肿瘤",
    }  # fmt: skip
