// SPDX-License-Identifier: Apache-2.0

/// The TLS of the `http` task.
enum TLSSchema {
    static let tls: ConfigType<HTTPTaskConfig.TLS> = {
        var tls = ConfigType.mapping(
            HTTPTaskConfig.TLS(),
            [
                .optional(
                    "ca_file", "PEM certificates to trust in place of the system's.", path(example: "ca.pem"), \.caFile),
                .optional(
                    "cert_file", "The client's own certificate chain, PEM.", path(example: "client.pem"), \.certFile),
                .optional(
                    "key_file", "That certificate's key, PEM, unless it stands in the same file.",
                    path(example: "client.key"), \.keyFile),
                .optional(
                    "server_name", "The name that the certificate must be for, in place of the URL's host.", serverName,
                    \.serverName),
                .optional(
                    "insecure", "Take any certificate; reports say so.", .truth(example: true), \.isInsecure),
            ],
            example: "{ca_file: ca.pem}", finish: finish)
        tls.isEmpty = { $0 == HTTPTaskConfig.TLS() }
        return tls
    }()

    private static func path(example: String) -> ConfigType<String> {
        let path = ConfigType.openText(example: example).checked(matching: "^[^\\u0000]*$") {
            $0.utf8.contains(0) ? "must be a path, without a NUL character" : nil
        }
        return path.leftOutWhenEmpty()
    }

    /// A name as it can stand in a certificate, or an address.
    private static let serverName = ConfigType.openText(example: "api.example.org").checked(
        matching: "^[A-Za-z0-9._:-]*$", longest: 253
    ) {
        let isPlain = $0.utf8.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "._-".utf8.contains(byte)
        }
        return isPlain && $0.utf8.count <= 253 ? nil : "must be a host name in ASCII (xn--… for others), or an address"
    }
    .leftOutWhenEmpty()

    @Sendable private static func finish(
        _ node: ConfigNode, _ tls: inout HTTPTaskConfig.TLS, _ reading: inout ConfigReading
    ) {
        if !tls.keyFile.isEmpty, tls.certFile.isEmpty, let member = node.member("key_file") {
            reading.fault(
                "key_file goes with cert_file, which is missing", at: member.place,
                hint: "add cert_file, or leave it out")
        }
        if tls.isInsecure, !tls.caFile.isEmpty, let member = node.member("ca_file") {
            reading.warn(
                "ca_file verifies nothing while insecure is true", at: member.place, hint: "leave one of the two out")
        }
    }

    /// Warns of settings that have no effect with the URL's scheme.
    static func warnIfUnused(_ node: ConfigNode, _ http: HTTPTaskConfig, _ reading: inout ConfigReading) {
        guard http.tls != HTTPTaskConfig.TLS(), !http.mayUseTLS,
            let member = node.member("tls")
        else { return }
        reading.warn(
            "tls has no effect without an https url", at: member.place, hint: "write https://, or leave it out")
    }
}
