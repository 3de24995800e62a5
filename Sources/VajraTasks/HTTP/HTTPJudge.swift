// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraLifecycle

/// Judges an exchange by what the config expects of a response. It is a class to keep a task small, because the frame
/// of every request in flight holds the task.
final class HTTPJudge: Sendable {
    private let expect: HTTPTaskConfig.Expectation
    /// For each expected header its index among the watched ones, and its value; empty for any.
    private let expectedHeaders: [(place: Int, value: [UInt8])]

    /// The search in the body; nil for none.
    let search: BodySearch?
    /// The headers that a connection has to keep: those expected, `location` and `set-cookie`.
    let watchedHeaders: [String]
    /// The index of Location, if redirects are followed.
    let locationPlace: Int?
    /// The index of Set-Cookie, if cookies are kept.
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

    /// The outcome of an exchange, without its byte counts.
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
        // The searched text may be a secret, so no message may hold it.
        guard response.bodyMatched else {
            return .failure(
                .body, status: .code(status), message: "the body lacks what it is expected to contain")
        }
        return .success(status: .code(status))
    }
}
