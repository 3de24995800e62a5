// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraTestSupport

/// The summary of lines in the order given.
func summary(of lines: [WrittenSource.Line], badLines: Int = 0) throws -> Summary {
    var aggregator = Aggregator()
    for line in lines { try aggregator.take(line.envelope, line.body) }
    for _ in 0..<badLines { aggregator.takeBadLine() }
    return aggregator.summary()
}
