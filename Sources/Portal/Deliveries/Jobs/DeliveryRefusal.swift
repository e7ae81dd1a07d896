package import Domain
import Postgres
import Reviews
import Spreadsheet

/// Why something asked of a delivery is not done; the text says what to do.
package enum DeliveryRefusal: Error, Equatable, CustomStringConvertible {
  /// It stands elsewhere meanwhile.
  case state(DeliveryState)
  /// So many rows without an ID number are still to be decided.
  case undecided(Int)
  /// So many answers differ from the bureau's own earlier ones, and nobody said why.
  case reasonNeeded(Int)
  /// Its round ended before it was confirmed.
  case roundClosed
  /// Others answered since the preview was shown.
  case overtaken
  /// A work list, while no round runs.
  case noRound
  /// Several rounds run in the area, and nobody said which is meant.
  case severalRounds
  case dayInFuture
  /// So many others wait already.
  case crowded

  package var description: String {
    switch self {
    case .state(let state): "这次报送现在是“\(state.title)”，不能这样操作"
    case .undecided(let rows): "还有 \(rows) 行没有身份证号的内容等待认定，认定完才能确认"
    case .reasonNeeded(let count): "有 \(count) 户与本单位以前的答复不一致，请说明原因"
    case .roundClosed: "这一轮复核已经结束，不再接受答复；请放弃这次报送，有新的一轮时再报"
    case .overtaken: "看过差异以后又有了新的答复，差异已重新列出，请再看一遍"
    case .noRound: "现在没有进行中的资格复核，核查清单无处可填；登记数据可以作为定期交换报送"
    case .severalRounds: "有几轮资格复核正在进行，请选择是哪一轮"
    case .dayInFuture: "数据截止日期在今天之后，请核对"
    case .crowded: "前面还有几份数据在比对，请等它们完成再上传"
    }
  }
}

/// Why a delivery came to nothing, for whoever sent it; nil for a fault of the program.
func deliveryMessage(_ error: any Error) -> String? {
  switch error {
  case let error as WorkbookError: return error.description
  case let error as DeliveryRefusal: return error.description
  case let error as AnswerRefusal: return error.message
  case let error as PostgresError where error.isUnavailable: return "数据库暂时不可用，请稍后再试"
  default: return nil
  }
}
