"""The tables that the tests send, each row with the faults that it has to be told of."""

import datetime
from dataclasses import dataclass

from makers import Formula, Serial, Sheet
from people import full_width, id_number, id_numbers, masked, old_form, wrong_check

JUNE = datetime.date(2021, 6, 1)
ESTATE = "验收小区"
TOWNSHIP = "龙津镇"

# Numbers that a program can only have written whole: no binary number is equal to them.
WHOLE = next(n for n in id_numbers("19810203") if n.isdigit() and int(n) % 64 and not n.endswith("000"))
# Numbers that a spreadsheet keeps only the first 15 digits of.
LOST = [float(n[:15] + "000") for n in id_numbers("19820304") if n.isdigit()]
ENDING_IN_X = id_numbers("19830405", ending="X")


AGAINST_REGISTER = {"household_unknown", "row_twice", "lease_overlaps"}


@dataclass
class Line:
    cells: list
    errors: tuple = ()  # (column, cause)
    warnings: tuple = ()


class Table:
    """A sheet with its faults: `above` are rows before the header; `header_warnings` and
    `header_errors` are (column, cause)."""

    def __init__(self, name, header, lines, above=(), header_errors=(), header_warnings=(), merged=()):
        self.rows = [list(row) for row in above] + [list(header)]
        self.merged = list(merged)
        self.name = name
        self.errors = [(len(self.rows), *fault) for fault in header_errors]
        self.warnings = [(len(self.rows), *fault) for fault in header_warnings]
        for line in lines:
            self.rows.append(list(line.cells))
            self.errors += [(len(self.rows), *fault) for fault in line.errors]
            self.warnings += [(len(self.rows), *fault) for fault in line.warnings]

    def sheet(self):
        return Sheet(self.name, self.rows, self.merged)


def expected(tables, which, is_csv):
    return sorted(
        ("" if is_csv else table.name, *fault) for table in tables for fault in getattr(table, which)
    )


# ---------------------------------------------------------------- the register they are checked against

def estates(name=ESTATE):
    return Table(
        "项目", ["项目名称", "乡镇", "地址", "产权"],
        [Line([name, TOWNSHIP, "龙津镇验收路1号", "政府投资"])],
    )


def homes(building, rooms, estate=ESTATE):
    return Table(
        "房源", ["项目名称", "楼栋", "单元", "房号", "建筑面积", "房源状态"],
        [Line([estate, building, "1单元", room, 52.5, "空置"]) for room in rooms],
    )


def households(prefix, people):
    return Table(
        "家庭与成员", ["家庭编号", "乡镇", "保障类别", "与申请人关系", "姓名", "身份证号", "联系电话"],
        [
            Line([f"{prefix}-{place}", TOWNSHIP, "低保", "申请人", "验收甲", number, "13800000000"])
            for place, number in enumerate(people, 1)
        ],
    )


# ---------------------------------------------------------------- faults

def faulty_estates():
    header = ["产权性质", "项目（全称）*", "序号", "所在乡镇", "详细地址", "备注"]
    return Table(
        "公租房项目", header,
        [
            Line(["政府投资", "甲苑", 1, TOWNSHIP, "验收路2号", "好"]),
            Line(["政府", "乙苑", 2, "350423101", "验收路3号"]),
            Line(["国有", "丙苑", 3, 350423102, "　验收路４号 "]),
            Line(["个人", "丁苑", 4, TOWNSHIP, "验收路5号"], [("产权", "choice_unknown")]),
            Line(["政府投资", None, 5, TOWNSHIP, "验收路6号"], [("项目名称", "value_missing")]),
            Line(["政府投资", "戊苑", 6, "无此镇", "验收路7号"], [("乡镇", "township_unknown")]),
            Line(["政府投资", "己苑", 7, TOWNSHIP, "　"], [("地址", "value_missing")]),
            Line([None] * 6),
            Line(["政府投资", "甲苑", 8, TOWNSHIP, "验收路8号"], [("项目名称", "row_twice")]),
            Line(["政府投资", "长" * 101, 9, TOWNSHIP, "验收路9号"], [("项目名称", "text_too_long")]),
            Line(["政府投资", "庚苑", 10, TOWNSHIP, JUNE], [("地址", "text_became_date")]),
        ],
        above=[["清流县公共租赁住房项目一览表", *[None] * 5], [None] * 6],
        header_warnings=[("备注", "column_unknown")],
        merged=[(0, 0, 0, 5)],
    )


def faulty_estates_csv():
    """A CSV file has no dates of its own: what was one arrives as its text."""
    table = faulty_estates()
    table.errors = [fault for fault in table.errors if fault[2] != "text_became_date"]
    return table


def faulty_homes():
    header = ["小区名称", "幢", "单元", "室", "建筑面积（平方米）", "使用状态"]
    place = [ESTATE, "乙栋", "2"]
    return Table(
        "房源表", header,
        [
            Line([*place, 101, 52.5, "空置"]),
            Line([*place, "１０２", "52.50㎡", "未出租"]),
            Line([*place, "103", Formula("=50+2.25", 52.25), "维修"]),
            Line([*place, "104", "五十", "空置"], [("建筑面积", "number_invalid")]),
            Line([*place, "105", 52.345, "空置"], [("建筑面积", "number_decimals")]),
            Line([*place, "106", 0, "空置"], [("建筑面积", "number_range")]),
            Line([*place, "107", 52.5, "拆了"], [("房源状态", "choice_unknown")]),
            Line([*place, None, 52.5, "空置"], [("房号", "value_missing")]),
            Line(["无此小区", "1", "1", "101", 52.5, "空置"], [("项目名称", "estate_unknown")]),
            Line([*place, "101", 60, "空置"], [("房号", "row_twice")]),
            Line([*place, "108", -3, "空置"], [("建筑面积", "number_range")]),
        ],
        above=[["房源登记表"]],
    )


def faulty_households(maker):
    """The maker matters for one cell: a number of 18 digits, which only a CSV file keeps whole."""
    whole = () if maker.startswith("csv") else (("身份证号", "id_number_lost_digits"),)
    header = [
        "证件号码", "姓 名", "关系", "保障对象类别", "手机", "所属乡镇", "户编号（没有可不填）", "婚姻", "迁出日期",
        "迁出原因", "户籍地",
    ]

    def line(number, name, relation="申请人", errors=(), warnings=(), **more):
        """A household of its own, unless another place is given."""
        line.count += 1
        household = more.get("household", f"YS-{line.count}")
        applicant = relation == "申请人"
        return Line(
            [
                number, name, relation, more.get("category", "低保" if applicant else None),
                more.get("phone"), more.get("township", TOWNSHIP if applicant else None), household,
                more.get("married"), more.get("left"), more.get("reason"), more.get("area"),
            ],
            errors, warnings,
        )

    line.count = 0
    people = iter(id_numbers("19840506"))
    twice = next(people)
    lines = [
        # Every way in which a good number is written.
        line(next(people), "王　芳", phone=13800000001, married="已婚", area=350423100),
        line(ENDING_IN_X[0].lower(), "李 四", phone="138 0000 0002"),
        line(full_width(ENDING_IN_X[1].lower()), "王五", phone=full_width("13800000003")),
        line(old_form(id_number(11, "19490102")), "赵六", category="低保户", phone="0598-5326612"),
        line(int(old_form(id_number(12, "19490102"))), "孙七", category="中低收入", township="350423101"),
        line(f" {next(people)}　", "周八·阿里", phone="+86 13800000004"),
        line(int(WHOLE), "吴九", errors=whole),
        # Numbers that cannot be taken, each for its own reason.
        line(LOST[0], "郑十", errors=[("身份证号", "id_number_lost_digits")]),
        line(f"{LOST[1]:.5E}", "冯一", errors=[("身份证号", "id_number_lost_digits")]),
        line(masked(next(people)), "陈二", errors=[("身份证号", "id_number_masked")]),
        line(wrong_check(next(people)), "褚三", errors=[("身份证号", "id_number_check")]),
        line(next(people)[:16], "卫四", errors=[("身份证号", "id_number_length")]),
        line("35042319841399001X", "蒋五", errors=[("身份证号", "id_number_birth")]),
        line("35042319840506O01X", "沈六", errors=[("身份证号", "id_number_character")]),
        line(None, "韩七", errors=[("身份证号", "value_missing")]),
        # The other columns.
        line(next(people), None, errors=[("姓名", "value_missing")]),
        line(next(people), "杨八", phone="138****5678", errors=[("联系电话", "phone_masked")]),
        line(next(people), "朱九", phone=5326611, errors=[("联系电话", "phone_invalid")]),
        line(next(people), "秦十", category="高收入", errors=[("保障类别", "choice_unknown")]),
        line(next(people), "尤一", township="无此镇", errors=[("乡镇", "township_unknown")]),
        line(next(people), "许二", married="也许", errors=[("婚姻状况", "choice_unknown")]),
        line(next(people), "何三", area="350423x", errors=[("户籍地代码", "area_invalid")]),
        line(next(people), "吕四", category=None, errors=[("保障类别", "value_missing")]),
        line(next(people), "施五", township=None, errors=[("乡镇", "value_missing")]),
        Line([None] * 11),
        # A household of several, and what may be wrong among them.
        line(twice, "张大", household="YS-甲"),
        line(next(people), "张二", "配偶", household="YS-甲", left="2021.06.01", reason="离婚迁出",
             errors=[("离开原因", "choice_unknown")]),
        line(next(people), "张三", "子", household="YS-甲", left="2021年6月", reason="其他",
             errors=[("离开日期", "date_incomplete")]),
        line(next(people), "张四", "长女", household="YS-甲", left=JUNE,
             errors=[("离开日期", "leaving_incomplete")]),
        line(next(people), "张五", "亲家", household="YS-甲", errors=[("与申请人关系", "choice_unknown")]),
        line(twice, "张大", household="YS-乙", warnings=[("身份证号", "person_elsewhere")]),
        line(twice, "张大", "其他", household="YS-乙", errors=[("身份证号", "person_twice")],
             warnings=[("身份证号", "person_elsewhere")]),
    ]
    return Table(
        "家庭情况", header, lines,
        above=[["清流县公共租赁住房保障家庭情况表", *[None] * 10], ["填报单位：住建局", *[None] * 10]],
        merged=[(0, 0, 0, 10)],
    )


def faulty_leases(rooms, prefix):
    """Against homes 1…n of building 甲栋 and the households of `prefix`, all without a lease."""
    header = [
        "合同号", "保障家庭编号", "小区", "栋", "单元", "门牌号", "开始日期", "截止日期", "租金", "保证金", "合同状态",
        "退租日期",
    ]
    end = datetime.date(2024, 5, 31)

    def line(place, start=JUNE, errors=(), **more):
        line.count += 1
        # What is wrong in a cell keeps the row from being compared with the register.
        is_compared = all(cause in AGAINST_REGISTER for _, cause in errors)
        is_leased = is_compared and "room" not in more and "ended" not in more
        return Line(
            [
                more.get("contract", f"YS合同-{line.count}"), more.get("household", f"{prefix}-{place}"),
                ESTATE, "甲栋", "1单元", more.get("room", rooms[place - 1]), start, more.get("end", end),
                more.get("rent", 350.5), more.get("deposit", 1000), more.get("state"), more.get("ended"),
            ],
            errors, [("房号", "home_vacant")] if is_leased else [],
        )

    line.count = 0
    start = "起租日期"
    return Table(
        "租约", header,
        [
            line(1), line(2, Serial(JUNE), rent="￥350.50"), line(3, "2021/6/1", rent="350.5元"),
            line(4, "2021.06.01", rent="1,350.50"), line(5, "2021年6月1日", deposit="0"),
            line(6, "20210601"), line(7, 20210601), line(8, full_width("2021-06-01")),
            line(9, "2021-06-01 00:00:00", state="在租"),
            line(10, "2021年6月", errors=[(start, "date_incomplete")]),
            line(10, 2021, errors=[(start, "date_incomplete")]),
            line(10, "2021-02-29", errors=[(start, "date_no_such_day")]),
            line(10, "六月一日", errors=[(start, "date_invalid")]),
            line(10, "21/6/1", errors=[(start, "date_incomplete")]),
            line(10, None, errors=[(start, "value_missing")]),
            line(10, rent="面议", errors=[("月租金", "number_invalid")]),
            line(10, rent=350.555, errors=[("月租金", "number_decimals")]),
            line(10, room="999", errors=[("房号", "home_unknown")]),
            line(10, household="无此户", errors=[("家庭编号", "household_unknown")]),
            line(10, contract="YS合同-1", errors=[("合同编号", "row_twice")]),
            line(10, state="暂停", errors=[("租约状态", "choice_unknown")]),
            line(11, datetime.date(2018, 6, 1), end=datetime.date(2021, 5, 31), ended=datetime.date(2021, 5, 31),
                 state="已终止"),
            line(11, datetime.date(2021, 6, 1)),
            line(12, errors=[(start, "lease_overlaps")]),
            line(12, household=f"{prefix}-13", errors=[(start, "lease_overlaps")]),
            line(14, errors=[(start, "lease_overlaps")]),
            line(15, household=f"{prefix}-14", errors=[(start, "lease_overlaps")]),
        ],
        above=[["租赁合同台账"]],
    )
