// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
package import VajraModel

// The units of the command line. The parser reads them as arguments, so an error names the flag.

extension TimeSpan: ExpressibleByArgument {
    /// A length such as `250ms` or `1m30s`; nil when it is not one.
    package init?(argument: String) {
        guard let span = try? TimeSpan(parsing: argument) else { return nil }
        self = span
    }
}

extension ArrivalRate: ExpressibleByArgument {
    /// A rate such as `500/s` or `10k/s`; nil when it is not one.
    package init?(argument: String) {
        guard let rate = try? ArrivalRate(parsing: argument) else { return nil }
        self = rate
    }
}

extension Segment: ExpressibleByArgument {
    /// A share such as `2/5`; nil when it is not one.
    package init?(argument: String) {
        guard let segment = try? Segment(parsing: argument) else { return nil }
        self = segment
    }
}

extension ByteSize: ExpressibleByArgument {
    /// A size such as `64KiB` or `256MiB`; nil when it is not one.
    package init?(argument: String) {
        guard let size = try? ByteSize(parsing: argument) else { return nil }
        self = size
    }
}
