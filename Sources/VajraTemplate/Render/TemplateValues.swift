// SPDX-License-Identifier: Apache-2.0

/// The source of a request's values: the scenario's seed and its feeds.
///
/// Each value without a name has a random stream of its own; they are numbered in the order of look-up. Values of one
/// name share a stream.
package struct TemplateValues: Sendable {
    /// The feeds, each name once.
    package let feeds: [Feed]
    private let seed: UInt64
    private let scenario: String
    private var unnamed = 0

    /// The values of a scenario.
    package init(seed: UInt64, scenario: String, feeds: [Feed]) {
        self.seed = seed
        self.scenario = scenario
        self.feeds = feeds
    }

    mutating func stream(_ name: String?) -> RandomStream {
        if let name { return RandomStream(seed: seed, scenario: scenario, name: "as \(name)") }
        unnamed += 1
        return RandomStream(seed: seed, scenario: scenario, name: "#\(unnamed)")
    }

    /// A stream that belongs to the given one: the second half of a UUID.
    func second(of stream: RandomStream) -> RandomStream {
        RandomStream(seed: stream.bits(.max), scenario: scenario, name: "second")
    }
}
