"""Files for the benches: a register of people who do not exist, as CSV and as a workbook."""

import datetime
import random
from pathlib import Path

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]
TITLES = ("家庭编号", "乡镇", "保障类别", "与申请人关系", "姓名", "身份证号", "联系电话", "婚姻状况")
BIRTHS = [(datetime.date(1960, 1, 1) + datetime.timedelta(day)).strftime("%Y%m%d") for day in range(14_000)]
CATEGORIES = ("低保", "低收入", "中等偏下收入", "新就业", "外来务工", "其他")


def id_number(person):
    """Valid in form, of nobody: no area of GB/T 2260 begins with 98."""
    sequence, day = divmod(person, len(BIRTHS))
    area, sequence = divmod(sequence, 1000)
    head = f"{980000 + area}{BIRTHS[day]}{sequence:03d}"
    return head + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS)) % 11]


def members(rows, townships, seed=1):
    """Rows of the sheet 家庭与成员: households of three."""
    draw = random.Random(seed)
    for person in range(rows):
        household, place = divmod(person, 3)
        name = draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)
        yield (
            f"B{household:07d}", townships[household % len(townships)], CATEGORIES[household % 6],
            ("申请人", "配偶", "子女")[place], name, id_number(person),
            f"13{household:09d}" if place == 0 else "", ("已婚", "已婚", "未婚")[place],
        )


def write_members(path: Path, rows, townships):
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(TITLES) + "\n")
        for row in members(rows, townships):
            file.write(",".join(row) + "\n")

