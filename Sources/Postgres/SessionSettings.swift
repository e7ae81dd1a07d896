import CLibPQ

/// What every connection is set to when it opens.
struct SessionSettings: Sendable {
  var applicationName: String
  var statementTimeout: Duration = .zero
  var idleInTransactionTimeout: Duration = .zero
  /// Whether a statement outside BEGIN may not write.
  var isReadOnly = false

  /// How soon the server gives a statement up whose program is gone. It would end it otherwise, and hold its locks,
  /// although nobody waits for it: a query over many rows went on for hours.
  private static let connectionCheck = Duration.seconds(2)

  /// Sets the formats that the decoders read and the limits, and asks what kind of database it is.
  var script: String {
    """
    SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601';
    SET bytea_output = 'hex'; SET extra_float_digits = 1; SET cursor_tuple_fraction = 1;
    SET standard_conforming_strings = on; SET xmloption = 'content';
    SET statement_timeout = \(statementTimeout.wholeMilliseconds);
    SET idle_in_transaction_session_timeout = \(idleInTransactionTimeout.wholeMilliseconds);
    SET client_connection_check_interval = \(Self.connectionCheck.wholeMilliseconds);
    SET default_transaction_read_only = \(isReadOnly ? "on" : "off");
    SELECT pg_catalog.getdatabaseencoding(), datctype::pg_catalog.text
    FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
    """
  }
}

extension Duration {
  var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

/// The first line that says something; libpq breaks its messages over several.
func oneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
    .joined(separator: "; ")
}
