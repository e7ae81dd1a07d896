import NIOSSL

/// The files that a server needs to speak TLS itself.
public struct TLSFiles: Sendable {
  let certificate: String
  let privateKey: String

  /// - Parameters:
  ///   - certificate: path of the certificate chain in PEM, the server's own first
  ///   - privateKey: path of the private key in PEM
  public init(certificate: String, privateKey: String) {
    self.certificate = certificate
    self.privateKey = privateKey
  }

  /// TLS 1.2 or later.
  func configuration() throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMFile(certificate).map {
      NIOSSLCertificateSource.certificate($0)
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain,
      privateKey: .privateKey(try NIOSSLPrivateKey(file: privateKey, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    return configuration
  }
}
