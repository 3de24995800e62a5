// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraLane
import VajraLifecycle
import VajraModel

/// What the `http` task of one lane sends, over which connections, and how it judges the answers.
///
/// `Sendable` because only the lane's thread uses it.
final class HTTPExchanges: @unchecked Sendable {
    private enum Requests {
        /// The same for every iteration.
        case fixed(HTTPFixedRequest)
        case made(HTTPSession)
    }

    private let clients: HTTPOriginPools
    private let requests: Requests
    private let timeout: Int64
    private let judge: HTTPJudge

    init(_ config: HTTPTaskConfig, request: HTTPTaskRequest, lane: Lane) throws(HTTPTaskError) {
        var config = config
        if request.closes { config.keepsAlive = false }
        let judge = HTTPJudge(config)
        let security = try HTTPTransportSecurity(config, request.tlsFiles, to: request.url)
        clients = HTTPOriginPools(config, request.tlsFiles, request.endpoint, security) { [config] endpoint, security in
            let destination = HTTPDestination(config, to: endpoint, security: security)
            return HTTPClient(config, destination, judge, lane: lane)
        }
        self.judge = judge
        timeout = config.timeout.nanoseconds
        if request.isFixed {
            let isHead = config.method == "HEAD"
            requests = .fixed(HTTPFixedRequest(request, isHead: isHead, isSecure: security != nil))
        } else {
            requests = .made(HTTPSession(config, request, clients, judge))
        }
    }

    // MARK: Iterations

    /// Begins an iteration in its slot, and returns the iteration's deadline.
    @inline(__always)
    func begin(_ iteration: Iteration) -> MonotonicInstant {
        let deadline = iteration.started.advanced(byNanoseconds: timeout)
        if case .made(let session) = requests { session.begin(iteration, until: deadline) }
        return deadline
    }

    /// Sends the slot's next request.
    func send(_ slot: Int, until deadline: MonotonicInstant, _ waiter: UnsafeContinuation<HTTPAnswer, Never>) {
        switch requests {
        case .fixed(let request): clients.own.exchange(request, until: deadline, waiter)
        case .made(let session): session.chain(slot).send(waiter)
        }
    }

    /// Whether the answer leads to another request of the slot's iteration.
    @inline(__always)
    func goesOn(_ slot: Int, after answer: HTTPAnswer) -> Bool {
        guard case .made(let session) = requests else { return false }
        return session.chain(slot).goesOn(after: answer)
    }

    /// The outcome of the slot's iteration after its last answer. It releases the answer's connection or exchange.
    @inline(never)
    func outcome(_ slot: Int, of answer: HTTPAnswer) -> Outcome {
        if case .made(let session) = requests { return session.chain(slot).outcome }
        defer { answer.release() }
        return answer.outcome(by: judge)
    }

    func closeAll() {
        clients.closeAll()
    }
}
