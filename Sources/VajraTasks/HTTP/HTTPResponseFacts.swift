// SPDX-License-Identifier: Apache-2.0

import VajraHTTP

/// What a response is judged by, whatever version of HTTP it came in.
protocol HTTPResponseFacts {
    /// The status of the final head.
    var status: Int { get }
    /// The values of the watched headers.
    var watched: WatchedFields { get }
    /// Whether the body contained what was looked for; true when nothing was.
    var bodyMatched: Bool { get }
}
