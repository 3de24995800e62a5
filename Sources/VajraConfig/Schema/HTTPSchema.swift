// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraModel
import VajraTemplate

enum HTTPSchema {
    static let http = ConfigType.mapping(
        HTTPTaskConfig(url: ""),
        [
            .required("url", "The target, http[s]://HOST[:PORT]/PATH.", url, \.url),
            .optional("method", "The request's method.", method, \.method),
            .optional(
                "headers", "The request's headers: a value, or a list of them, by name.",
                headers(
                    .text().singleLine().templated(),
                    names: "^(?![Tt][Rr][Aa][Nn][Ss][Ff][Ee][Rr]-[Ee][Nn][Cc][Oo][Dd][Ii][Nn][Gg]$)" + token,
                    check: requestFault), \.headers),
            .optional("body", "The request's body.", .text().templated(), \.body),
            .optional(
                "body_file", "A file that is the body as it stands, instead of body.", bodyFile, \.bodyFile),
            .optional("feeds", "CSV files with a row for each iteration, by name.", feeds, \.feeds),
            .optional(
                "seed", "The seed of random values and rows.", .integer(0...9_007_199_254_740_991, example: 1), \.seed),
            .optional(
                "cookies", "Whether each user keeps cookies and sends them.", .truth(example: true),
                \.sendsCookies),
            .optional(
                "redirects", "How many redirects of an iteration are followed.", .integer(0...50, example: 5),
                \.redirects),
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
            .optional(
                "version", "Which HTTP is spoken: 1 for HTTP/1.1, or 2.", .integer(1...2, example: 2), \.versionNumber),
            .optional(
                "streams", "With version 2, how many requests a connection carries at a time.",
                .integer(1...10_000, example: 100), \.ownStreams),
            .optional(
                "keepalive", "Whether a connection carries further requests.", .truth(example: false, usually: true),
                \.keepsAlive),
            .optional(
                "max_requests_per_connection", "After how many requests a connection is closed.",
                .integer(1...1_000_000_000, example: 1000), \.requestsPerConnection),
            .optional(
                "connect_to", "Another place to connect to, HOST:PORT:TO:TO_PORT, or a list of them.",
                .oneOrMore(of: connectTo, example: "[\"api.example:443:127.0.0.1:8443\"]"), \.connectTo),
            .optional(
                "dns_refresh", "How long the addresses of a name are taken as known; the whole run by default.",
                .positiveLength(example: "30s"), \.dnsRefresh),
            .optional(
                "source_address", "The local address to connect from, or a list of them, used in turn.",
                .oneOrMore(of: sourceAddress, example: "[192.0.2.1, 192.0.2.2]"), \.sourceAddresses),
            .optional("tls", "How an https target proves who it is, and the client to it.", TLSSchema.tls, \.tls),
        ],
        example: "{url: \"http://127.0.0.1:8080/\"}",
        finish: finish)

    private static let bodyFile: ConfigType<String> = {
        var path = ConfigType.openText(example: "body.json").notEmpty().singleLine()
        path.isEmpty = \.isEmpty
        return path
    }()

    private static let feed = ConfigType.mapping(
        HTTPTaskConfig.FeedSource(name: ""),
        [
            .required(
                "file", "The CSV file, whose first row names the columns.",
                .openText(example: "users.csv").notEmpty().singleLine(), \.file),
            .optional(
                "order", "Which row iteration k has: k mod the number of rows, or any.", .words(example: .sequential),
                \.order),
        ],
        example: "{file: users.csv}")

    private static let feeds = ConfigType<[HTTPTaskConfig.FeedSource]>.named(
        "feed", feed, example: "{users: {file: users.csv}}",
        names: ConfigShape.TextForm(patterns: ["^[A-Za-z0-9_-]{1,64}$"]),
        check: { TemplateReference.isName($0) ? nil : "must be 1 to 64 of A-Z a-z 0-9 _ -" },
        join: { named in
            named.map { name, source in
                HTTPTaskConfig.FeedSource(name: name, file: source.file, order: source.order)
            }
        },
        split: { $0.map { ($0.name, $0) } },
        writeElement: { _, source, writing in feed.write(source, &writing) }
    )
    .checked { $0.count > 16 ? "must have at most 16 feeds" : nil }

    private static let expect = ConfigType.mapping(
        HTTPTaskConfig.Expectation(),
        [
            .optional(
                "status", "Accepted codes and ranges of them.", .oneOrMore(of: statuses, example: "[200, 201]"),
                \.statuses),
            .optional("body_contains", "What the response's body must contain.", .text(), \.bodyContains),
            .optional(
                "headers", "Headers that the response must have, with that value unless it is empty.",
                headers(.text().singleLine(), names: "^" + token, check: nameFault), \.headers),
        ],
        example: "{status: 200}")

    private static let statuses = ConfigType<ClosedRange<Int>>.statuses

    private static let url = ConfigType.text(example: "http://127.0.0.1:8080/").templated().checked(
        shape: .text(ConfigShape.TextForm(patterns: [urlPattern], bare: .none)), urlFault)

    /// Between double braces there may be spaces.
    private static let urlPattern =
        "^[Hh][Tt][Tt][Pp]([Ss]|\\+[Uu][Nn][Ii][Xx])?://[^/?#\\u0000-\\u0020\\u007F]"
        + "([^\\u0000-\\u0020\\u007F]|\\{\\{[^}\\u0000-\\u001F\\u007F]*\\}\\})*$"

    /// What is wrong with a URL as a text; the task parses it.
    @Sendable private static func urlFault(_ url: String) -> String? {
        guard let separator = url.utf8.firstRange(of: "://".utf8) else { return "must begin with http:// or https://" }
        switch url[..<separator.lowerBound].lowercased() {
        case "http", "https", "http+unix": break
        default: return "must begin with http:// or https://"
        }
        let endsAuthority = "/?#".utf8
        guard let first = url.utf8[separator.upperBound...].first, !endsAuthority.contains(first) else {
            return "must name a host"
        }
        guard let template = try? Template(parsing: url), case .text(let base)? = template.pieces.first else {
            return "must begin with http://"
        }
        let afterScheme = base.utf8.firstRange(of: "://".utf8).map { base.utf8[$0.upperBound...] }
        if !template.references.isEmpty, afterScheme?.contains(where: endsAuthority.contains) != true {
            return "must not have a value such as {{iteration}} before its path"
        }
        let isClean = template.pieces.allSatisfy { piece in
            guard case .text(let text) = piece else { return true }
            return !text.utf8.contains { $0 <= 0x20 || $0 == 0x7F }
        }
        return isClean ? nil : "must not contain spaces or control characters"
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

    /// Headers by name, each with one value or a list. The name decides whether the value is secret.
    private static func headers(
        _ value: ConfigType<String>, names: String, check: @escaping @Sendable (String) -> String?
    ) -> ConfigType<[HTTPTaskConfig.Header]> {
        let values = ConfigType<[String]>.oneOrMore(of: value, example: "[text/html]")
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
        var indices: [String: Int] = [:]
        for header in headers {
            if let index = indices[header.name] {
                groups[index].value.append(header.value)
            } else {
                indices[header.name] = groups.count
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

extension HTTPTaskConfig {
    /// The version as configs write it; nil for HTTP/1.1, the default.
    fileprivate var versionNumber: Int? {
        get { version == .http2 ? 2 : nil }
        set { version = newValue == 2 ? .http2 : .http1 }
    }

    /// The streams of a connection; nil without HTTP/2.
    fileprivate var ownStreams: Int? {
        get { version == .http2 ? streams : nil }
        set { if let newValue { streams = newValue } }
    }
}
