package import Domain
package import Spreadsheet

/// One row of the sheet 房源.
package struct HomeRecord: Hashable, Sendable {
  package var estate: String?
  /// Tells two estates of one name apart.
  package var township: String?
  package var building: String?
  package var unit: String?
  package var room: String?
  package var floorArea: Hundredths?
  package var state: HomeState?

  package static let map = ColumnMap<HomeRecord>(
    sheet: RegisterSheet.homes.title,
    columns: [
      SheetColumn(
        SheetTitles.estate, synonyms: SheetTitles.estateSynonyms, .place(max: 100), required: true,
        width: 24, at: \.estate),
      SheetColumn(
        SheetTitles.township, synonyms: SheetTitles.townshipSynonyms, .place(max: 60),
        hint: "有同名项目时填写：乡镇名称，或9位行政区划代码", at: \.township),
      SheetColumn(
        SheetTitles.building, synonyms: SheetTitles.buildingSynonyms, .code(max: 20), width: 10,
        at: \.building),
      SheetColumn(
        SheetTitles.unit, synonyms: SheetTitles.unitSynonyms, .code(max: 20), width: 10,
        at: \.unit),
      SheetColumn(
        SheetTitles.room, synonyms: SheetTitles.roomSynonyms, .code(max: 20), required: true,
        width: 10, at: \.room),
      SheetColumn(
        "建筑面积", synonyms: ["面积", "建筑面积平方米", "住房面积", "房屋面积", "套内面积"],
        .hundredths(Hundredths(count: 1)...Hundredths(count: 99_999_99), .squareMetres),
        required: true, width: 12,
        at: \.floorArea),
      SheetColumn(
        "房源状态", synonyms: ["状态", "房屋状态", "使用状态", "出租状态"],
        .choice([
          (.vacant, HomeState.vacant.title, ["空", "未出租", "未配租", "空闲"]),
          (.leased, HomeState.leased.title, ["出租", "在租", "已租", "已配租", "已入住"]),
          (.inRepair, HomeState.inRepair.title, ["维修", "修缮", "修缮中", "在修"]),
          (.awaitingRecovery, HomeState.awaitingRecovery.title, ["待腾退", "应收回", "待回收"]),
        ]), required: true, at: \.state),
    ],
    blank: { HomeRecord() })
}
