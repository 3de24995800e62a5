// SPDX-License-Identifier: Apache-2.0

/// Words of other tools for what a threshold measures.
enum ThresholdWord {
    private static let measures = [
        "error_rate": "failure_rate", "errors": "failed", "error": "failure_rate", "failures": "failed",
        "failed_rate": "failure_rate", "success_rate": "failure_rate", "rps": "achieved_rate", "qps": "achieved_rate",
        "rate": "achieved_rate", "throughput": "achieved_rate", "requests": "completed", "iterations": "completed",
    ]
    private static let times = [
        "latency": "response_time", "duration": "response_time", "http_req_duration": "response_time",
        "response": "response_time", "service": "service_time",
    ]
    private static let statistics = ["avg": "mean", "average": "mean", "med": "p50", "median": "p50", "p100": "max"]

    /// Whether it is another tool's word for a distribution of times.
    static func isTime(_ word: String) -> Bool { times[word] != nil }

    /// The measure that the user probably means; nil for a word that no other tool uses.
    static func meant(by text: String) -> String? {
        if let measure = measures[text] { return measure }
        let parts = text.cut(at: ".")
        let name = parts?.before ?? text
        let statistic = parts.map { statistics[$0.after] ?? $0.after } ?? "p99"
        if let time = times[name] { return "\(time).\(statistic)" }
        if let statistic = statistics[text] { return "response_time.\(statistic)" }
        if parts == nil, text.first == "p", text.dropFirst().allSatisfy(\.isNumber), text.count > 1 {
            return "response_time.\(text)"
        }
        // A figure of a known time that has another name here.
        guard let parts, let known = statistics[parts.after] else { return nil }
        return "\(parts.before).\(known)"
    }
}
