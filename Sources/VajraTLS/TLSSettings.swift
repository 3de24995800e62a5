// SPDX-License-Identifier: Apache-2.0

/// How a client proves who the server is, and who it is itself.
package struct TLSSettings: Sendable, Equatable {
    /// PEM certificates to trust in place of the system's; empty for the system's.
    package var caFile = ""
    /// The client's own certificate chain, PEM; empty for none.
    package var certFile = ""
    /// The key of that certificate, PEM; empty when it stands in the same file.
    package var keyFile = ""
    /// Whether any certificate is taken as it comes.
    package var isInsecure = false
    /// Protocols to offer, the first preferred (RFC 7301); each of 1 to 255 bytes.
    package var protocols: [String] = []

    /// Verified by the system's certificates, without one of its own.
    package init() {}
}

/// A file of the settings cannot be used.
package struct TLSSettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which of the settings.
    package enum Setting: String, Sendable {
        case caFile = "ca_file"
        case certFile = "cert_file"
        case keyFile = "key_file"

        var noun: String {
            switch self {
            case .caFile: "the CA file"
            case .certFile: "the certificate file"
            case .keyFile: "the key file"
            }
        }
    }

    /// The setting that names the file.
    package let setting: Setting
    /// The file, the cause and the remedy.
    package let description: String
}
