// SPDX-License-Identifier: Apache-2.0

/// How a client proves who the server is, and who it is itself.
package struct TLSSettings: Sendable, Equatable {
    /// A file in PEM form, as it was read.
    package struct PEMFile: Sendable, Equatable {
        /// Its path, for messages.
        package let path: String
        package let bytes: [UInt8]

        /// A file that was read.
        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// Certificates to trust in place of the system's; nil for the system's.
    package var ca: PEMFile?
    /// The client's own certificate chain; nil for none.
    package var cert: PEMFile?
    /// The key of that certificate; nil when it stands in the same file.
    package var key: PEMFile?
    /// Whether every certificate is accepted.
    package var isInsecure = false
    /// Protocols to offer, the first preferred (RFC 7301); each of 1 to 255 bytes.
    package var protocols: [String] = []

    /// Trusts the system's certificates; the client has none.
    package init() {}
}

/// A file of the settings cannot be used.
package struct TLSSettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which of the settings.
    package enum Setting: String, Sendable {
        case caFile = "ca_file"
        case certFile = "cert_file"
        case keyFile = "key_file"

        /// What people call the file.
        package var noun: String {
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
