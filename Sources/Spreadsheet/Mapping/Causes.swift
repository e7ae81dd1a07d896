extension ProblemCause {
  // The header.
  public static let headerMissing = ProblemCause("header_missing", "找不到表头")
  public static let columnMissing = ProblemCause("column_missing", "缺少必填的列")
  public static let columnDoubled = ProblemCause("column_doubled", "同一列出现两次")
  public static let columnUnknown = ProblemCause("column_unknown", "不认识的列（不会导入）")

  public static let unitConverted = ProblemCause("unit_converted", "列名写明了单位，已换算")
  public static let unitUnknown = ProblemCause("unit_unknown", "列名里的单位不能换算")
  public static let cellUntitled = ProblemCause("cell_untitled", "没有列名的列里有内容")
  public static let rowRagged = ProblemCause("row_ragged", "一行的格数比表头多")
  public static let sumRow = ProblemCause("sum_row", "合计行（不会导入）")
  public static let footerRow = ProblemCause("footer_row", "表尾的说明（不会导入）")

  // Any cell.
  public static let valueShownOtherwise = ProblemCause(
    "value_shown_otherwise", "单元格显示的与实际的值不同")
  public static let valueMissing = ProblemCause("value_missing", "必填项没有填写")
  public static let cellFailure = ProblemCause("cell_failure", "单元格里的公式出错")
  public static let valueKind = ProblemCause("value_kind", "单元格的类型不对")
  public static let columnsDisagree = ProblemCause("columns_disagree", "同名的两列内容不同")

  // Text.
  public static let textTooLong = ProblemCause("text_too_long", "文字太长")
  public static let textCharacter = ProblemCause("text_character", "含有不能保存的字符")
  public static let textBecameDate = ProblemCause("text_became_date", "编号被表格软件改成了日期")
  public static let numberLostDigits = ProblemCause("number_lost_digits", "编号丢失了最后几位数字")

  // Names.
  public static let characterLost = ProblemCause("character_lost", "有没能显示出来的字")
  public static let nameOfTwo = ProblemCause("name_of_two", "一格里有两个人")

  // ID numbers and phones.
  public static let otherDocument = ProblemCause("other_document", "不是居民身份证号")
  public static let idNumberLostDigits = ProblemCause(
    "id_number_lost_digits", "身份证号丢失了最后几位数字")
  public static let idNumberMasked = ProblemCause("id_number_masked", "身份证号是打了星号的")
  public static let idNumberLength = ProblemCause("id_number_length", "身份证号位数不对")
  public static let idNumberCharacter = ProblemCause("id_number_character", "身份证号里有不是数字的字符")
  public static let idNumberArea = ProblemCause("id_number_area", "身份证号的地区代码不对")
  public static let idNumberBirth = ProblemCause("id_number_birth", "身份证号里的出生日期不对")
  public static let idNumberCheck = ProblemCause("id_number_check", "身份证号校验位不对")
  public static let phoneMasked = ProblemCause("phone_masked", "电话号码是打了星号的")
  public static let phoneInvalid = ProblemCause("phone_invalid", "电话号码不对")

  // Days.
  public static let dateInvalid = ProblemCause("date_invalid", "不是日期")
  public static let dateIncomplete = ProblemCause("date_incomplete", "日期不完整")
  public static let dateNoSuchDay = ProblemCause("date_no_such_day", "没有这一天")
  public static let dateRange = ProblemCause("date_range", "日期超出范围")

  public static let dateMoved = ProblemCause("date_moved", "日期可能因时区差了一天")

  // Numbers.
  public static let numberInvalid = ProblemCause("number_invalid", "不是数字")
  public static let numberDecimals = ProblemCause("number_decimals", "小数超过两位")
  public static let numberRange = ProblemCause("number_range", "数字超出范围")

  // Choices and areas.
  public static let choiceUnknown = ProblemCause("choice_unknown", "不在可选的值之中")
  public static let areaInvalid = ProblemCause("area_invalid", "行政区划代码不对")
}
