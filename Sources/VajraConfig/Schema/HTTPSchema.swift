// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraModel

/// The `http` task.
enum HTTPSchema {
    static let http = ConfigType.mapping(
        HTTPTaskConfig(url: ""),
        [
            .required("url", "The target, http[s]://HOST[:PORT]/PATH.", url, \.url),
            .optional("method", "The request's method.", method, \.method),
            .optional(
                "headers", "The request's headers: a value, or a list of them, by name.",
                headers(
                    names: "^(?![Tt][Rr][Aa][Nn][Ss][Ff][Ee][Rr]-[Ee][Nn][Cc][Oo][Dd][Ii][Nn][Gg]$)" + token,
                    check: requestFault), \.headers),
            .optional("body", "The request's body.", .text(), \.body),
            .optional("expect", "What makes a response a success.", expect, \.expect),
            .optional(
                "timeout", "From an iteration's start to its response's last byte.", .positiveLength(example: "10s"),
                \.timeout),
            .optional(
                "connect_timeout", "For establishing a connection, within the timeout.", .positiveLength(example: "5s"),
                \.connectTimeout),
            .optional(
                "connections", "The most connections open at once.", .integer(1...1_000_000, example: 64), \.connections
            ),
            .optional(
                "unix_socket", "The path of a Unix socket to connect to instead of the URL's host.", unixSocket,
                \.unixSocket),
            .optional("tls", "How an https target proves who it is, and the client to it.", TLSSchema.tls, \.tls),
        ],
        example: "{url: \"http://127.0.0.1:8080/\"}",
        finish: { node, http, reading in
            TLSSchema.warnIfUnused(node, http, &reading)
            guard http.connectTimeout > http.timeout, let place = node["connect_timeout"]?.place else { return }
            reading.warn(
                "connect_timeout is above timeout, \(http.timeout), which ends it first", at: place,
                hint: "write \"\(http.timeout)\", or a longer timeout")
        })

    private static let expect = ConfigType.mapping(
        HTTPTaskConfig.Expectation(),
        [
            .optional(
                "status", "Accepted codes and ranges of them.", .oneOrMore(of: statuses, example: "[200, 201]"),
                \.statuses),
            .optional("body_contains", "What the response's body must contain.", .text(), \.bodyContains),
            .optional(
                "headers", "Headers that the response must have, with that value unless it is empty.",
                headers(names: "^" + token, check: nameFault), \.headers),
        ],
        example: "{status: 200}")

    private static let statuses = ConfigType<ClosedRange<Int>>.statuses

    private static let url = ConfigType.text(example: "http://127.0.0.1:8080/").checked(
        shape: .text(ConfigShape.TextForm(patterns: [urlPattern], bare: .none)), urlFault)

    private static let urlPattern =
        "^[Hh][Tt][Tt][Pp]([Ss]|\\+[Uu][Nn][Ii][Xx])?://[^/?#\\u0000-\\u0020\\u007F][^\\u0000-\\u0020\\u007F]*$"

    /// What can be told of a URL without taking it apart, which is the task's business.
    @Sendable private static func urlFault(_ url: String) -> String? {
        guard let separator = url.firstRange(of: "://") else { return "must begin with http:// or https://" }
        switch url[..<separator.lowerBound].lowercased() {
        case "http", "https", "http+unix": break
        default: return "must begin with http:// or https://"
        }
        let endsAuthority = "/?#".utf8
        guard let first = url.utf8[separator.upperBound...].first, !endsAuthority.contains(first) else {
            return "must name a host"
        }
        return url.utf8.contains { $0 <= 0x20 || $0 == 0x7F } ? "must not contain spaces or control characters" : nil
    }

    private static let method = ConfigType.text(example: "POST").checked(matching: "^(?!CONNECT$)" + token) {
        if !isToken($0) { return "must be a word such as GET or POST" }
        return $0 == "CONNECT" ? "cannot be CONNECT, which opens a tunnel" : nil
    }

    /// `sun_path` holds 108 bytes, the last of them NUL (unix(7)).
    private static let unixSocket = ConfigType.text(example: "/run/app.sock").checked(
        matching: "^[^\\u0000]*$", longest: 107
    ) {
        $0.utf8.count > 107 || $0.utf8.contains(0) ? "must be a path of at most 107 bytes" : nil
    }

    /// Headers by name, each with one value or a list of them; a secret one is hidden by its name.
    private static func headers(
        names: String, check: @escaping @Sendable (String) -> String?
    ) -> ConfigType<[HTTPTaskConfig.Header]> {
        let values = ConfigType<[String]>.oneOrMore(of: .text().singleLine(), example: "[text/html]")
        return .named(
            "header", values, example: "{Accept: text/html}", names: ConfigShape.TextForm(patterns: [names]),
            check: check,
            join: { named in
                named.flatMap { name, values in values.map { HTTPTaskConfig.Header(name: name, value: $0) } }
            },
            split: grouped,
            writeElement: { name, list, writing in
                if Redaction.hidesValue(of: name) {
                    writing.json.value(Redaction.mark)
                } else {
                    values.write(list, &writing)
                }
            })
    }

    @Sendable private static func grouped(_ headers: [HTTPTaskConfig.Header]) -> [(name: String, value: [String])] {
        var groups: [(name: String, value: [String])] = []
        var places: [String: Int] = [:]
        for header in headers {
            if let place = places[header.name] {
                groups[place].value.append(header.value)
            } else {
                places[header.name] = groups.count
                groups.append((header.name, [header.value]))
            }
        }
        return groups
    }

    @Sendable private static func nameFault(_ name: String) -> String? {
        isToken(name) ? nil : "must be of letters, digits and -"
    }

    @Sendable private static func requestFault(_ name: String) -> String? {
        name.lowercased() == "transfer-encoding"
            ? "cannot be given; bodies are sent with Content-Length" : nameFault(name)
    }

    /// RFC 9110 5.6.2.
    private static let token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+$"

    /// RFC 9110 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        let marks = "!#$%&'*+-.^_`|~".utf8
        return !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || marks.contains(byte)
            }
    }
}
