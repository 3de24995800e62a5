// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraLifecycle

/// Says how an exchange went, by what the config expects of a response. A class, so that a task is a few words: its fields
/// are in the frame of every request in flight.
final class HTTPJudge: Sendable {
    private let expect: HTTPTaskConfig.Expectation
    /// For each expected header its place among those that are watched, and its value; empty for any.
    private let expectedHeaders: [(place: Int, value: [UInt8])]

    /// What is looked for in the body; nil for nothing.
    let search: BodySearch?
    /// The headers that a connection has to keep: those expected, `location` and `set-cookie`.
    let watchedHeaders: [String]
    /// The place of the Location, if redirects are followed.
    let locationPlace: Int?
    /// The place of Set-Cookie, if cookies are kept.
    let cookiePlace: Int?

    init(_ config: HTTPTaskConfig) {
        expect = config.expect
        search = config.expect.bodyContains.isEmpty ? nil : BodySearch(Array(config.expect.bodyContains.utf8))
        var watched: [String] = []
        func place(_ name: String) -> Int {
            if let known = watched.firstIndex(of: name) { return known }
            watched.append(name)
            return watched.count - 1
        }
        cookiePlace = config.sendsCookies ? place("set-cookie") : nil
        expectedHeaders = config.expect.headers.map { (place($0.name.lowercased()), Array($0.value.utf8)) }
        locationPlace = config.redirects > 0 ? place("location") : nil
        watchedHeaders = watched
    }

    /// The outcome of an exchange, but for its bytes.
    func outcome(of end: ExchangeEnd, on response: some HTTPResponseFacts) -> Outcome {
        switch end {
        case .complete(let instant):
            var outcome = judge(response)
            outcome.completedAt = instant
            return outcome
        case .failed(let kind, let message): return .failure(kind, message: message)
        }
    }

    private func judge(_ response: some HTTPResponseFacts) -> Outcome {
        let status = response.status
        guard expect.accepts(status: status) else {
            return .failure(.status, status: .code(status), message: "status \(status) is not an expected one")
        }
        for (index, header) in expectedHeaders.enumerated()
        where !response.watched.contains(header.place, header.value) {
            let found = response.watched.list(header.place).map {
                "is '\(String(decoding: $0.prefix(200), as: UTF8.self))'"
            }
            let message = "header '\(expect.headers[index].name)' \(found ?? "is missing")"
            return .failure(.header, status: .code(status), message: message)
        }
        // What was looked for may be a secret, which no message may hold.
        guard response.bodyMatched else {
            return .failure(
                .body, status: .code(status), message: "the body lacks what it is expected to contain")
        }
        return .success(status: .code(status))
    }
}
