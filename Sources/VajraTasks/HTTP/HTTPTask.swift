// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
import VajraEngine
import VajraHTTP
package import VajraLane
package import VajraLifecycle
import VajraModel
import VajraSystem

/// The `http` task on one lane: one request and its expected response per iteration, or a chain of them along redirects.
package struct HTTPTask: BuiltInTask {
    private let pool: HTTPConnectionPool
    /// The request's bytes, if it is the same for every iteration; else `session` makes it.
    private let request: StableBytes?
    private let session: HTTPSession?
    private let isHead: Bool
    private let timeout: Int64
    private let judge: HTTPJudge

    /// A task instance for the given lane, which sends `request`, made from the same config.
    ///
    /// - Throws: ``HTTPTaskError`` when a file that TLS needs cannot be used any more.
    package init(_ config: HTTPTaskConfig, request: HTTPTaskRequest, lane: Lane) throws(HTTPTaskError) {
        let judge = HTTPJudge(config)
        let search = config.expect.bodyContains.isEmpty ? nil : BodySearch(Array(config.expect.bodyContains.utf8))
        let security = try HTTPTransportSecurity(config, to: request.url)
        let pools = HTTPOriginPools(config, request.endpoint, security) { endpoint, security in
            HTTPConnectionPool(
                lane: lane, endpoint: endpoint, security: security, connectTimeout: config.connectTimeout,
                watchedHeaders: judge.watchedHeaders, search: search)
        }
        self.judge = judge
        pool = pools.own
        isHead = config.method == "HEAD"
        timeout = config.timeout.nanoseconds
        let isPlain = !config.sendsCookies && config.redirects == 0
        self.request = isPlain ? request.encoded : nil
        session = self.request == nil ? HTTPSession(config, request, pools, judge) : nil
    }

    /// One exchange on an idle connection, or on a new one.
    package func execute(_ iteration: Iteration) async throws -> Outcome {
        let deadline = iteration.started.advanced(byNanoseconds: timeout)
        guard let request else { return await executeInSession(iteration, deadline) }
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
        return ended(connection, await connection.exchange(request.bytes, isHead: isHead), request)
    }

    /// Closes all connections.
    package mutating func teardown() async {
        pool.closeAll()
        session?.pools.closeAll()
    }

    /// Not part of ``execute(_:)``, so that the frame that every request in flight holds stays small.
    @inline(never)
    private func ended(_ connection: HTTPConnection, _ end: ExchangeEnd, _ request: StableBytes) -> Outcome {
        defer { pool.ended(connection) }
        var outcome = judge.outcome(of: end, on: connection)
        outcome.bytesSent = UInt64(request.bytes.count)
        outcome.bytesReceived = UInt64(connection.response.headBytes + connection.response.bodyBytes)
        return outcome
    }

    private func executeInSession(_ iteration: Iteration, _ deadline: MonotonicInstant) async -> Outcome {
        guard let session else { preconditionFailure("a task without fixed bytes has a session") }
        return await session.execute(iteration, until: deadline)
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
