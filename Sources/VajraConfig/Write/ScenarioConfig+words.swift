// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// A scenario in the words of a report's reader.
extension ScenarioConfig {
    /// What is put under load: a URL, or a command. Empty where the task's name says it all.
    ///
    /// - Parameter disguises: What may be shown in place of texts that came from files.
    package func target(disguises: [String: String]) -> String {
        let shown = { (text: String) in Redaction.withoutUserInfo(disguises[text] ?? text) }
        switch task {
        case .none, .custom: return ""
        case .command(let command): return command.arguments.map(shown).joined(separator: " ")
        case .http(let http):
            let method = http.method == "GET" ? "" : "\(http.method) "
            return method + shown(http.url) + (http.unixSocket.isEmpty ? "" : " at unix:\(shown(http.unixSocket))")
        }
    }

    /// The load of the whole run: `ramp 0/s to 1k/s in 10s, 1k/s for 1m`, `16 users for 5s`.
    package var loadInWords: String {
        var parts: [String]
        switch load {
        case .open(let phases, let arrivals):
            parts = phases.map(\.words)
            if case .poisson = arrivals { parts.append("poisson") }
        case .closed(let concurrency, let thinkTime, let duration, let iterations):
            let length = [duration.map { "for \($0)" }, iterations.map { "\($0) iterations" }].compactMap(\.self)
            parts = ["\(concurrency) \(concurrency == 1 ? "user" : "users") \(length.joined(separator: ", "))"]
            if thinkTime > .zero { parts.append("think time \(thinkTime)") }
        }
        if start > .zero { parts.append("from \(start) on") }
        return parts.joined(separator: ", ")
    }
}

extension LoadPhase {
    fileprivate var words: String {
        switch self {
        case .constant(let rate, let length): "\(rate) for \(length)"
        case .ramp(let from, let to, let length): "ramp \(from) to \(to) in \(length)"
        case .pause(let length): "pause \(length)"
        }
    }
}
