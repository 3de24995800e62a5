// SPDX-License-Identifier: Apache-2.0

import VajraMetrics
import VajraWire

/// What the snapshots of one interval add up to.
func joined(_ pieces: [Snapshot]) -> Snapshot {
    var whole = pieces[0]
    for piece in pieces.dropFirst() { whole.append(piece) }
    return whole
}

/// What the parts of an end add up to, its line counts left out.
func joined(_ parts: [RunEnded]) -> RunEnded {
    var whole = parts[0]
    whole.lines = []
    whole.parts = 1
    whole.scenarios = []
    whole.health = Health()
    for part in parts {
        whole.health.merge(part.health)
        for scenario in part.scenarios {
            if let index = whole.scenarios.firstIndex(where: { $0.name == scenario.name }) {
                whole.scenarios[index].metrics.merge(scenario.metrics)
            } else {
                whole.scenarios.append(scenario)
            }
        }
    }
    return whole
}
