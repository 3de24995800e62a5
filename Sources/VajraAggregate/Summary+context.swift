// SPDX-License-Identifier: Apache-2.0

import VajraWire

extension Summary.Context {
    /// How many different words of a kind are kept: a damaged stream must not fill the report.
    private static let limit = 256

    /// What the sources say of themselves.
    init(_ sources: [RunStarted]) {
        for source in sources {
            startUnixMicroseconds = min(startUnixMicroseconds ?? .max, source.startUnixMicroseconds)
            Summary.Context.add("\(source.tool) \(source.toolVersion)", to: &tools)
            Summary.Context.add(source.host, to: &hosts)
            for (name, value) in source.labels { add(label: name, value) }
            for scenario in source.scenarios {
                Summary.Context.add(scenario.target, to: &plans[scenario.name, default: Summary.Plan()].targets)
                Summary.Context.add(scenario.load, to: &plans[scenario.name, default: Summary.Plan()].loads)
            }
        }
    }

    private mutating func add(label name: String, _ value: String) {
        if let place = labels.firstIndex(where: { $0.name == name }) {
            Summary.Context.add(value, to: &labels[place].values)
        } else if labels.count < Summary.Context.limit {
            labels.append((name, [value]))
        }
    }

    private static func add(_ word: String, to list: inout [String]) {
        if list.count < limit, word.contains(where: { $0 != " " }), !list.contains(word) { list.append(word) }
    }
}
