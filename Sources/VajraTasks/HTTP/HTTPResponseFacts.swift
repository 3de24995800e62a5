// SPDX-License-Identifier: Apache-2.0

/// What a response is judged by, whatever version of HTTP it came in.
protocol HTTPResponseFacts {
    /// The status of the final head.
    var status: Int { get }
    /// The first value of the watched header with that index; nil when absent.
    func watchedValue(_ index: Int) -> String?
    /// Gives `body` the bytes of that value, nil when absent.
    func withWatchedValue<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result
    /// Whether the body contained what was looked for; true when nothing was.
    var bodyMatched: Bool { get }
}
