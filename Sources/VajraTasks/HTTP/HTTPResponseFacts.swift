// SPDX-License-Identifier: Apache-2.0

import VajraHTTP

/// The facts by which a response is judged, in any version of HTTP.
protocol HTTPResponseFacts {
    /// The status of the final head.
    var status: Int { get }
    /// The values of the watched headers.
    var watched: WatchedFields { get }
    /// Whether the body contained the searched text; true without a search.
    var bodyMatched: Bool { get }
}
