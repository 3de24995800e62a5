// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
package import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel
import VajraTasks
import VajraTemplate

/// `vajra-gen http URL`: HTTP requests.
package struct HTTPCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "http", abstract: "Put an HTTP server under load.",
        discussion: """
            vajra-gen http http://127.0.0.1:8080/ --rate 500/s --for 30s | vajra-agg
            vajra-gen http http://api/ --concurrency 64 --for 10s > raw.ndjson

            \(MoreHelp.text)
            """)

    // With nothing to offer zsh would show a message, which keeps it from inserting the flag that may stand here too.
    @Argument(help: ArgumentHelp("The target, http[s]://HOST[:PORT]/PATH.", valueName: "url"), completion: .list([]))
    var url: String

    @OptionGroup(title: "Load") var load: LoadOptions
    @OptionGroup(title: "Run") var options: RunOptions
    @OptionGroup(title: "TLS") var tls: TLSOptions
    @OptionGroup(title: "Connections") var policy: ConnectionOptions

    @Option(
        name: [.customShort("X"), .long],
        help: ArgumentHelp("The method (GET, or POST with --body).", valueName: "method"),
        completion: .list(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]))
    var method: String?

    @Option(name: [.customShort("H"), .long], help: ArgumentHelp("A header; repeat it.", valueName: "name: value"))
    var header: [String] = []

    @Option(
        name: [.short, .customShort("d"), .long],
        help: ArgumentHelp("The request's body, or @FILE, or @- for stdin.", valueName: "text"))
    var body: String?

    @Option(
        help: ArgumentHelp("Send this file as the body, byte for byte.", valueName: "path"),
        completion: .file())
    var bodyFile: String?

    @Option(
        help: ArgumentHelp("A CSV file for {{feed.NAME.COLUMN}}; repeat it.", valueName: "name=path"),
        completion: .file(extensions: ["csv"]))
    var feed: [String] = []

    @Option(
        help: ArgumentHelp("Which row of a feed an iteration has.", valueName: "order", visibility: .rare))
    var feedOrder = Feed.Order.sequential

    @Flag(help: ArgumentHelp("Each user keeps cookies, and sends them.", visibility: .rare))
    var cookies = false

    @Option(
        help: ArgumentHelp(
            "The most redirects that an iteration follows (0).", valueName: "number", visibility: .rare))
    var followRedirects: Int?

    @Option(help: ArgumentHelp("Accepted statuses: 200,201 or 200-299 (200-399).", valueName: "list"))
    var expectStatus: String?

    @Option(help: ArgumentHelp("The response's body must contain this.", valueName: "text"))
    var expectBody: String?

    @Option(
        help: ArgumentHelp(
            "The response must have this header, with that value if one is given; repeat it.",
            valueName: "name[: value]", visibility: .rare))
    var expectHeader: [String] = []

    @Option(help: ArgumentHelp("Give up on a response after this (10s).", valueName: "duration"))
    var timeout: TimeSpan?

    @Option(help: ArgumentHelp("For establishing a connection (5s).", valueName: "duration", visibility: .rare))
    var connectTimeout: TimeSpan?

    @Option(help: ArgumentHelp("The most connections at once.", valueName: "number", visibility: .rare))
    var connections: Int?

    @Flag(help: ArgumentHelp("Speak HTTP/2; without TLS by prior knowledge."))
    var http2 = false

    @Option(
        help: ArgumentHelp(
            "With --http2: the most requests at once on a connection (10).", valueName: "number", visibility: .rare))
    var streams: Int?

    @Option(
        help: ArgumentHelp(
            "Connect to this Unix socket instead of the URL's host.", valueName: "path", visibility: .rare),
        completion: .file())
    var unixSocket: String?

    package init() {}

    package func run() throws {
        let task = try task()
        let config = try options.config(task: .http(task), name: "http", load: load)
        let requests = ["http": try request(of: task)]
        throw ToolMessage.exit(
            Generator(config, settings: options.settings(tool: "vajra-gen"), requests: requests).run())
    }

    private func task() throws -> HTTPTaskConfig {
        var task = HTTPTaskConfig(url: url)
        task.method = method ?? (body == nil && bodyFile == nil ? "GET" : "POST")
        task.headers = try header.map { try HTTPCommand.parse(header: $0, flag: "--header", needsValue: true) }
        try setContent(of: &task)
        task.expect.bodyContains = expectBody ?? ""
        task.expect.headers = try expectHeader.map {
            try HTTPCommand.parse(header: $0, flag: "--expect-header", needsValue: false)
        }
        if let expectStatus { task.expect.statuses = try HTTPCommand.parse(statuses: expectStatus) }
        if let timeout { task.timeout = timeout }
        if let connectTimeout { task.connectTimeout = connectTimeout }
        if let connections, connections < 1 { throw ValidationError("--connections must be at least 1.") }
        try setVersion(of: &task)
        if task.timeout <= .zero { throw ValidationError("--timeout must be above 0.") }
        if task.connectTimeout <= .zero { throw ValidationError("--connect-timeout must be above 0.") }
        task.unixSocket = unixSocket ?? ""
        task.tls = try tls.config()
        try policy.apply(to: &task)
        return task
    }

    private func setVersion(of task: inout HTTPTaskConfig) throws {
        task.connections = connections
        if let streams {
            guard http2 else { throw ValidationError("--streams goes with --http2.") }
            guard (1...10_000).contains(streams) else { throw ValidationError("--streams must be from 1 to 10000.") }
            task.streams = streams
        }
        if http2 { task.version = .http2 }
        guard let connections, let users = load.concurrency, let places = task.places, places < users else { return }
        throw ValidationError(
            http2
                ? "--connections \(connections) of \(task.streams) streams have no room for \(users) users."
                : "--connections \(connections): each of \(users) users needs a connection of its own.")
    }

    private static func parse(header text: String, flag: String, needsValue: Bool) throws -> HTTPTaskConfig.Header {
        let parts = text.cut(at: ":")
        let name = parts?.before ?? text
        guard !name.isEmpty, parts != nil || !needsValue else {
            throw ValidationError("\(flag) '\(text)': write 'Name: value'.")
        }
        let value = parts?.after.utf8.drop { $0 == UInt8(ascii: " ") } ?? ""[...].utf8
        return HTTPTaskConfig.Header(name: name, value: String(Substring(value)))
    }

    private static func parse(statuses text: String) throws -> [ClosedRange<Int>] {
        guard !text.isEmpty else {
            throw ValidationError("--expect-status needs statuses, such as 200,201 or 200-299.")
        }
        return try text.split(separator: ",").map { part in
            guard let range = HTTPTaskConfig.Expectation.range(part) else {
                throw ValidationError(
                    "--expect-status '\(text)': write statuses from 100 to 999, such as 200,201 or 200-299.")
            }
            return range
        }
    }
}
