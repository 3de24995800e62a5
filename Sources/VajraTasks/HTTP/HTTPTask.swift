// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
import VajraEngine
import VajraHTTP
import VajraHTTP2
package import VajraLane
package import VajraLifecycle
import VajraModel
import VajraSystem

/// The `http` task on one lane: one request and its expected response per iteration, or a chain of them along redirects.
package struct HTTPTask: BuiltInTask {
    private let clients: HTTPOriginPools
    /// The connections and the request's bytes, if it is the same for every iteration.
    private let plain: (pool: HTTPConnectionPool, request: StableBytes)?
    /// The same over HTTP/2.
    private let multiplexed: (pool: HTTP2Pool, request: HTTP2Request)?
    /// Makes the requests that differ.
    private let session: HTTPSession?
    private let isHead: Bool
    private let timeout: Int64
    private let judge: HTTPJudge

    /// A task instance for the given lane, which sends `request`, made from the same config.
    ///
    /// - Throws: ``HTTPTaskError`` when a file that TLS needs cannot be used any more.
    package init(_ config: HTTPTaskConfig, request: HTTPTaskRequest, lane: Lane) throws(HTTPTaskError) {
        let judge = HTTPJudge(config)
        let security = try HTTPTransportSecurity(config, to: request.url)
        clients = HTTPOriginPools(config, request.endpoint, security) { endpoint, security in
            let destination = HTTPDestination(config, to: endpoint, security: security)
            return HTTPClient(config, destination, judge, lane: lane)
        }
        self.judge = judge
        isHead = config.method == "HEAD"
        timeout = config.timeout.nanoseconds
        session = request.isFixed ? nil : HTTPSession(config, request, clients, judge)
        switch clients.own {
        case .http1(let pool):
            plain = request.fixed.map { (pool, $0) }
            multiplexed = nil
        case .http2(let pool):
            plain = nil
            multiplexed = request.isFixed ? (pool, HTTP2Request(request.parts, isSecure: security != nil)) : nil
        }
    }

    /// One exchange on an idle connection, or on a new one.
    package func execute(_ iteration: Iteration) async throws -> Outcome {
        let deadline = iteration.started.advanced(byNanoseconds: timeout)
        guard let (pool, request) = plain else { return await executeOtherwise(iteration, deadline) }
        let connection: HTTPConnection
        if let idle = pool.takeIdle() {
            connection = idle
        } else {
            switch await pool.connect(until: deadline) {
            case .success(let new): connection = new
            case .failure(let failure): return .failure(failure.kind, message: failure.message)
            }
        }
        pool.began(connection, deadline: deadline)
        return ended(connection, await connection.exchange(request.bytes, isHead: isHead), pool, request)
    }

    /// Closes all connections.
    package mutating func teardown() async {
        clients.closeAll()
    }

    /// Not part of ``execute(_:)``, so that the frame that every request in flight holds stays small.
    @inline(never)
    private func ended(
        _ connection: HTTPConnection, _ end: ExchangeEnd, _ pool: HTTPConnectionPool, _ request: StableBytes
    ) -> Outcome {
        defer { pool.ended(connection) }
        var outcome = judge.outcome(of: end, on: connection)
        outcome.bytesSent = UInt64(request.bytes.count)
        outcome.bytesReceived = UInt64(connection.response.headBytes + connection.response.bodyBytes)
        return outcome
    }

    private func executeOtherwise(_ iteration: Iteration, _ deadline: MonotonicInstant) async -> Outcome {
        guard let (pool, request) = multiplexed else {
            guard let session else { preconditionFailure("a task without a fixed request has a session") }
            return await session.execute(iteration, until: deadline)
        }
        let exchange = pool.takeExchange()
        let end = await pool.perform(on: exchange, until: deadline) { request }
        defer { pool.giveBack(exchange) }
        var outcome = judge.outcome(of: end, on: exchange)
        outcome.bytesSent = UInt64(exchange.stream.bytesSent)
        outcome.bytesReceived = UInt64(exchange.stream.bytesReceived)
        return outcome
    }
}

/// Bytes at an address of their own, for as long as anyone holds this.
final class StableBytes: Sendable {
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    init(_ content: UnsafeRawBufferPointer) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 16)
        copy.copyMemory(from: content)
        bytes = UnsafeRawBufferPointer(copy)
    }

    deinit {
        bytes.deallocate()
    }
}
