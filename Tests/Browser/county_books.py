"""The workbooks of a small county that has never met the portal: its register as its own lists say it, and the extract
of a bureau. Nobody in them exists."""

import openpyxl

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
# Two estates of six homes each, all let: an applicant and a spouse in each household.
ESTATES = [("河滨公租房", "龙津镇"), ("嵩溪安居苑", "嵩溪镇")]
HOUSEHOLDS = range(1, 13)


def id_number(sequence, birth):
    """A number computed from the standard (GB 11643)."""
    seventeen = f"350423{birth}{sequence:03}"
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS))
    return seventeen + "10X98765432"[total % 11]


def applicant(number):
    return id_number(number * 2 + 1, "19750312")


def spouse(number):
    return id_number(number * 2, "19780624")


def household_number(number):
    return f"QL{number:04}"


def place(number):
    estate, town = ESTATES[(number - 1) // 6]
    return estate, town, "1", f"{(number - 1) % 6 + 1}01"


def register(folder):
    """The four workbooks, by kind, in the order in which they go in. Titles and headings are a county's own."""
    homes, people, leases = [], [], []
    for number in HOUSEHOLDS:
        estate, town, building, room = place(number)
        own = household_number(number)
        homes.append([estate, building, room, "50.5", "出租"])
        people.append([own, town, "低收入家庭", "户主", f"陈甲{number}", applicant(number), "13850000000", "已婚"])
        people.append([own, town, "低收入家庭", "妻子", f"林乙{number}", spouse(number), "", "已婚"])
        leases.append([
            f"HT2020-{number:03}", own, estate, building, room, "2020-01-01", "2030-12-31", 160, 500])
    sheets = {
        "estates": (["小区名称", "所属乡镇", "地址", "产权性质"], [
            [name, town, f"{town}人民路1号", "政府投资"] for name, town in ESTATES]),
        "homes": (["小区", "幢", "房间号", "面积", "使用状态"], homes),
        "households": (
            ["户编号", "乡镇", "家庭类别", "与户主关系", "姓名", "身份证号码", "手机", "婚姻"], people),
        "leases": (
            ["合同号", "户编号", "小区", "幢", "房间号", "起始日期", "截止日期", "月租", "保证金"], leases),
    }
    return {kind: write(folder / f"{kind}.xlsx", head, rows) for kind, (head, rows) in sheets.items()}


def property_extract(folder, owner):
    """What a bureau's own register says: of one tenant, and of many who are nobody's."""
    rows = [[id_number(number, "19660101"), f"外人{number}", f"闽（2019）清流县不动产权第{number:07}号", "龙津镇桥头路9号", "101.2"]
            for number in range(100, 140)]
    rows.insert(7, [applicant(owner), f"陈甲{owner}", "闽（2020）清流县不动产权第0000007号", "嵩溪镇新城3栋", "89.5"])
    return write(folder / "不动产登记.xlsx", ["身份证号", "权利人", "不动产权证号", "坐落", "建筑面积"], rows)


def write(path, head, rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["清流县公租房登记表"])
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def fill_accounts(path, rows):
    """Fills the portal's own template in."""
    book = openpyxl.load_workbook(path)
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def fill_work_list(path, values=None):
    """Fills a work list in: nothing was found, but for `values`, by ID number: the cells of somebody's row."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "核查结果" for cell in row))
    columns = {cell.value: cell.column - 1 for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        found = (values or {}).get(row[columns["身份证号"]].value)
        row[columns["核查结果"]].value = "有情况" if found else "无异常"
        for title, value in (found or {}).items():
            row[columns[title]].value = value
    book.save(path)
    return path
