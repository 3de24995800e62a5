// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraLifecycle
import VajraModel

/// Requests that differ by values of the iteration, by the user's cookies, or along redirects.
///
/// `Sendable` because only the lane's thread uses it.
final class HTTPSession: @unchecked Sendable {
    let pools: HTTPOriginPools
    let renderer: HTTPRequestRenderer
    let jars: CookieJars?
    let judge: HTTPJudge
    let url: HTTPURL
    let method: String
    let isHead: Bool
    let isSecure: Bool
    /// How many redirects of an iteration are followed.
    let redirects: Int
    /// Whether an answer may bring more than an outcome: cookies, or a redirect.
    let keepsMore: Bool
    /// The chain of each slot, used for one iteration after the other.
    @exclusivity(unchecked) private var chains: [HTTPChain] = []

    init(_ config: HTTPTaskConfig, _ request: HTTPTaskRequest, _ pools: HTTPOriginPools, _ judge: HTTPJudge) {
        self.pools = pools
        self.judge = judge
        renderer = HTTPRequestRenderer(request)
        jars = config.sendsCookies ? CookieJars(request) : nil
        url = request.url
        method = config.method
        isHead = method == "HEAD"
        isSecure = url.scheme == .https
        redirects = config.redirects
        keepsMore = config.sendsCookies || redirects > 0
    }

    /// Begins an iteration in its slot: one exchange, and another for each redirect that is followed, before the
    /// deadline.
    func begin(_ iteration: Iteration, until deadline: MonotonicInstant) {
        while chains.count <= iteration.slot { chains.append(HTTPChain(self)) }
        chains[iteration.slot].begin(iteration, until: deadline)
    }

    /// The requests of the iteration in a slot.
    func chain(_ slot: Int) -> HTTPChain { chains[slot] }
}
