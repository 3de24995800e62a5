// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
import VajraEngine
import VajraHTTP
package import VajraLane
package import VajraLifecycle
import VajraModel
import VajraSystem

/// The `http` task on one lane: one request and its expected response per iteration.
package struct HTTPTask: BuiltInTask {
    private let pool: HTTPConnectionPool
    private let request: StableBytes
    private let isHead: Bool
    private let timeout: Int64
    private let expect: HTTPTaskConfig.Expectation

    /// A task instance for the given lane.
    ///
    /// - Throws: ``HTTPTaskError`` when the config cannot be turned into a request.
    package init(_ config: HTTPTaskConfig, lane: Lane, toolVersion: String) throws(HTTPTaskError) {
        let prepared = try HTTPTaskRequest(config, toolVersion: toolVersion)
        request = prepared.encoded()
        isHead = config.method == "HEAD"
        timeout = config.timeout.nanoseconds
        expect = config.expect
        pool = HTTPConnectionPool(
            lane: lane, endpoint: prepared.endpoint, security: prepared.security, connectTimeout: config.connectTimeout,
            watchedHeaders: config.expect.headers.map(\.name),
            search: config.expect.bodyContains.isEmpty ? nil : BodySearch(Array(config.expect.bodyContains.utf8)))
    }

    /// Whether the config can be turned into a request, before there is any lane.
    ///
    /// - Throws: ``HTTPTaskError`` when it cannot.
    package static func check(_ config: HTTPTaskConfig) throws(HTTPTaskError) {
        _ = try HTTPTaskRequest(config, toolVersion: "")
    }

    /// One exchange on an idle connection, or on a new one.
    package func execute(_ iteration: Iteration) async throws -> Outcome {
        let deadline = iteration.started.advanced(byNanoseconds: timeout)
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
        return ended(connection, await connection.exchange(request.bytes, isHead: isHead))
    }

    /// Closes all connections.
    package mutating func teardown() async {
        pool.closeAll()
    }

    /// Not part of ``execute(_:)``, so that the frame that every request in flight holds stays small.
    @inline(never)
    private func ended(_ connection: HTTPConnection, _ end: ExchangeEnd) -> Outcome {
        defer { pool.ended(connection) }
        var outcome: Outcome
        switch end {
        case .complete(let instant):
            outcome = judge(connection)
            outcome.completedAt = instant
        case .failed(let kind, let message):
            outcome = .failure(kind, message: message)
        }
        outcome.bytesSent = UInt64(request.bytes.count)
        outcome.bytesReceived = UInt64(connection.response.headBytes + connection.response.bodyBytes)
        return outcome
    }

    private func judge(_ connection: HTTPConnection) -> Outcome {
        let status = connection.response.status
        guard expect.accepts(status: status) else {
            return .failure(.status, status: .code(status), message: "status \(status) is not an expected one")
        }
        for (index, header) in expect.headers.enumerated() {
            let value = connection.response.watchedValue(index)
            guard let value, header.value.isEmpty || value == header.value else {
                let found = value.map { "is '\($0.prefix(200))'" } ?? "is missing"
                return .failure(.header, status: .code(status), message: "header '\(header.name)' \(found)")
            }
        }
        guard connection.bodyMatched else {
            return .failure(
                .body, status: .code(status), message: "the body lacks what it is expected to contain")
        }
        return .success(status: .code(status))
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
