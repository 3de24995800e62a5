// SPDX-License-Identifier: Apache-2.0

extension HTTPSchema {
    /// A rule of curl's `--connect-to`.
    static let connectTo: ConfigType<ConnectTo> = {
        let texts = ConfigType<String>.openText(example: "api.example:443:127.0.0.1:8443")
        let form = ConfigShape.TextForm(
            patterns: [
                "^(\\[[0-9A-Fa-f:.]*\\]|[^:\\[\\]/\\u0000-\\u0020\\u007F]*):[0-9]*:"
                    + "(\\[[0-9A-Fa-f:.]*\\]|[^:\\[\\]/\\u0000-\\u0020\\u007F]*):[0-9]*$"
            ], bare: .none)
        return ConfigType(
            shape: .text(form), example: texts.example,
            read: { node, reading in
                guard let text = texts.read(node, &reading) else { return nil }
                if let rule = ConnectTo(text) { return rule }
                reading.fault(
                    "\(reading.label) must be HOST:PORT:TO:TO_PORT, not \(Quotation.quote(text))", at: node.place,
                    hint: "write \"\(texts.example)\"; IPv6 addresses in brackets")
                return nil
            },
            write: { $1.text($0.text) })
    }()

    /// A numeric address; the task checks whether it is one of this machine's.
    static let sourceAddress = ConfigType<String>.openText(example: "192.0.2.1").checked(
        matching: "^[0-9A-Fa-f.:]+(%[A-Za-z0-9._-]+)?$"
    ) { text in
        let isPlain = text.utf8.prefix { $0 != UInt8(ascii: "%") }.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || (0x61...0x66).contains(byte | 0x20) || byte == UInt8(ascii: ".")
        }
        return isPlain && !text.isEmpty && text.contains(where: { $0 == "." || $0 == ":" })
            ? nil : "must be an IPv4 or IPv6 address, not a name"
    }
}
