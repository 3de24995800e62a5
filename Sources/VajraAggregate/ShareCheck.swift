// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Checks that the shares of each run make its whole plan, each share once. Without this check, a missing share would
/// leave no trace, and a repeated share would count twice. Several sources with the whole plan and one run id are
/// allowed: they multiply the load.
struct ShareCheck {
    /// How many shares a sentence names.
    private static let named = 10

    /// What is wrong, a sentence each; empty when all is there.
    let problems: [String]

    init(_ sources: [Summary.Source]) {
        let runs = Dictionary(grouping: sources, by: \.key.runID).mapValues { sources in
            sources.compactMap { source in
                (try? Segment(parsing: source.segment)).map { Share(source: source.key.source, segment: $0) }
            }
        }
        let faulty = runs.filter { !ShareCheck.problems(of: $0.value).isEmpty }
        // Without a given run id each share has its own; together they may still make the plan.
        guard faulty.count == 1 || !ShareCheck.problems(of: faulty.values.flatMap(\.self)).isEmpty else {
            problems = []
            return
        }
        problems = faulty.sorted { $0.key < $1.key }.flatMap { run, shares in
            ShareCheck.problems(of: shares).map { runs.count > 1 ? "run \(run): \($0)" : $0 }
        }
    }

    private struct Share {
        let source: String
        let segment: Segment
    }

    private static func problems(of shares: [Share]) -> [String] {
        let counts = Set(shares.map(\.segment.count)).sorted()
        guard let count = counts.first else { return [] }
        guard counts.count == 1 else {
            let kinds = counts.map { $0 == 1 ? "the whole" : "1/\($0)" }.joined(separator: ", ")
            return ["the sources have shares of different sizes (\(kinds)), which are not parts of one plan"]
        }
        var problems: [String] = []
        let owners = Dictionary(grouping: shares, by: \.segment.index).mapValues { $0.map(\.source) }
        for (index, sources) in owners.sorted(by: { $0.key < $1.key }) where sources.count > 1 && count > 1 {
            problems.append(
                "share \(index) of \(count) comes from \(sources.count) sources, and counts that often: \(list(sources))"
            )
        }
        let missing = (1...count).filter { owners[$0] == nil }
        if !missing.isEmpty {
            let shares = missing.count == 1 ? "share" : "shares"
            problems.append(
                "\(shares) \(list(missing.map(String.init))) of \(count) \(missing.count == 1 ? "is" : "are") missing")
        }
        return problems
    }

    private static func list(_ names: [String]) -> String {
        let rest = names.count > named ? " and \(names.count - named) more" : ""
        return names.prefix(named).joined(separator: ", ") + rest
    }
}
