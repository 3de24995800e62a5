// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraHTTP
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// How an exchange, or the attempt to connect for one, has ended.
enum ExchangeEnd: Sendable {
    /// The response is complete; its last byte was read at this instant.
    case complete(MonotonicInstant)
    /// It failed.
    case failed(FailureKind, String)
}

/// One connection, which carries one exchange at a time. Lane-confined, which is what makes it `Sendable`, and lets it do
/// without checks of exclusive access.
///
///     connecting ──▶ idle ⇄ exchanging
///         └────────────┴───────┴──▶ closed
final class HTTPConnection: ReadinessHandler, DeadlineMember, @unchecked Sendable {
    private enum State {
        /// The kernel is connecting; the continuation waits for the result. Exits: idle, closed.
        case connecting(UnsafeContinuation<ExchangeEnd?, Never>)
        /// Nothing is expected from the server; whatever comes means the end. Exits: exchanging, closed.
        case idle
        /// A response is awaited. Exits: idle, closed.
        case exchanging(UnsafeContinuation<ExchangeEnd, Never>)
        /// The socket is gone. No exit.
        case closed
    }

    @exclusivity(unchecked) var deadline = MonotonicInstant.distantFuture
    @exclusivity(unchecked) var isQueued = false
    @exclusivity(unchecked) var earlier: Unmanaged<HTTPConnection>?
    @exclusivity(unchecked) var later: Unmanaged<HTTPConnection>?

    @exclusivity(unchecked) private(set) var response: HTTPResponseScanner
    private let socket: Socket
    private var source: LaneSource?
    /// The pool holds it too, until either has been closed.
    private let pool: HTTPConnectionPool
    @exclusivity(unchecked) private var state = State.idle
    @exclusivity(unchecked) private var unsent: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    @exclusivity(unchecked) private var search: BodySearch?

    @exclusivity(unchecked) private var hasServed = false

    /// Whether an exchange may begin.
    var isUsable: Bool {
        if case .idle = state { return response.keepsAlive || !hasServed }
        return false
    }

    init(socket: Socket, pool: HTTPConnectionPool, watchedHeaders: [String], search: BodySearch?) {
        self.socket = socket
        self.pool = pool
        self.search = search
        response = HTTPResponseScanner(watchedHeaders: watchedHeaders)
    }

    // MARK: Connecting

    /// Connects; nil when it has succeeded.
    func connect(to address: SocketAddress) async -> ExchangeEnd? {
        let code = socket.connect(to: address)
        guard code == 0 || code == EINPROGRESS else { return refuse(code, address) }
        do {
            source = try pool.lane.add(self, descriptor: socket.descriptor, code == 0 ? .readable : .writable)
        } catch {
            return refuse(error.code, address)
        }
        if code == 0 { return nil }
        let end = await withUnsafeContinuation { state = .connecting($0) }
        guard case .failed(let kind, let reason) = end else { return end }
        return .failed(kind, "connect to \(address): \(reason)")
    }

    private func refuse(_ code: Int32, _ address: SocketAddress) -> ExchangeEnd {
        close()
        return .failed(SocketFailure.kind(connecting: code), SocketFailure.message("connect to \(address)", code))
    }

    private func connected(_ waiter: UnsafeContinuation<ExchangeEnd?, Never>) {
        let code = socket.pendingError()
        if code == 0 {
            state = .idle
            watch(.readable)
            waiter.resume(returning: nil)
        } else {
            close()
            let message = SocketFailure.reason(code)
            waiter.resume(returning: .failed(SocketFailure.kind(connecting: code), message))
        }
    }

    // MARK: Exchanging

    /// Sends the request, and waits for the complete response. The bytes must stay valid until then.
    func exchange(_ request: UnsafeRawBufferPointer, isHead: Bool) async -> ExchangeEnd {
        response.begin(isHeadRequest: isHead)
        search?.reset()
        hasServed = true
        unsent = request
        if let failure = sendRest() { return failure }
        return await withUnsafeContinuation { state = .exchanging($0) }
    }

    /// Whether the body contained what was looked for; true when nothing was.
    var bodyMatched: Bool { search?.isFound ?? true }

    private func sendRest() -> ExchangeEnd? {
        switch socket.send(unsent) {
        case .bytes(let count) where count == unsent.count:
            unsent = UnsafeRawBufferPointer(start: nil, count: 0)
        case .bytes(let count):
            unsent = UnsafeRawBufferPointer(rebasing: unsent.dropFirst(count))
            watch(.both)
        case .wouldBlock:
            watch(.both)
        case .failed(let code):
            close()
            return .failed(SocketFailure.kind(transferring: code), SocketFailure.message("send", code))
        }
        return nil
    }

    func ready(_ readiness: Readiness) {
        switch state {
        case .connecting(let waiter): connected(waiter)
        case .idle: pool.discard(self)
        case .exchanging(let waiter):
            if !unsent.isEmpty, readiness.intersects(.writable) {
                if let failure = sendRest() { return waiter.resume(returning: failure) }
                if unsent.isEmpty { watch(.readable) }
            }
            if readiness.intersects(.input), let end = receive() {
                if case .exchanging = state { state = .idle }
                waiter.resume(returning: end)
            }
        case .closed: break
        }
    }

    /// Reads what has arrived; nil while the response is not complete.
    private func receive() -> ExchangeEnd? {
        switch socket.receive(into: pool.readBuffer) {
        case .wouldBlock: return nil
        case .failed(let code): return fail(SocketFailure.kind(transferring: code), "receive", code)
        case .bytes(0): return receiveEnd()
        case .bytes(let count):
            let bytes = UnsafeRawBufferPointer(rebasing: pool.readBuffer[0..<count])
            do throws(HTTPParseError) {
                let used = try scan(bytes)
                guard response.isComplete else { return nil }
                // Bytes beyond the response answer nothing that was asked: the connection cannot be trusted further.
                if used < count || !response.keepsAlive || !unsent.isEmpty { close() }
                return .complete(Clock.now())
            } catch {
                return malformed(error)
            }
        }
    }

    private func scan(_ bytes: UnsafeRawBufferPointer) throws(HTTPParseError) -> Int {
        guard search != nil else { return try response.consume(bytes) }
        return try response.consume(bytes) { search?.consume($0) }
    }

    private func receiveEnd() -> ExchangeEnd {
        defer { close() }
        do throws(HTTPParseError) {
            try response.endOfInput()
            return .complete(Clock.now())
        } catch {
            return malformed(error)
        }
    }

    private func malformed(_ error: HTTPParseError) -> ExchangeEnd {
        close()
        switch error {
        case .closedBeforeResponse: return .failed(.closed, "\(error)")
        case .truncatedHead: return .failed(.closed, "\(error)")
        case .shortBody, .truncatedChunkedBody: return .failed(.shortBody, "\(error)")
        default: return .failed(.malformedResponse, "\(error)")
        }
    }

    private func fail(_ kind: FailureKind, _ action: String, _ code: Int32) -> ExchangeEnd {
        close()
        return .failed(kind, SocketFailure.message(action, code))
    }

    // MARK: Ending

    /// The deadline has passed: gives up, whatever is going on.
    func expire() {
        let previous = state
        close()
        switch previous {
        case .connecting(let waiter): waiter.resume(returning: .failed(.connectTimeout, "no connection in time"))
        case .exchanging(let waiter):
            let heard = response.hasReceivedAnything ? "an incomplete response" : "no response"
            waiter.resume(returning: .failed(.timeout, "\(heard) in time"))
        case .idle, .closed: break
        }
    }

    /// Closes the socket; harmless when it is closed already.
    func close() {
        if case .closed = state { return }
        state = .closed
        removeSource()
        socket.close()
    }

    private func removeSource() {
        if let source { pool.lane.remove(source) }
        source = nil
    }

    private func watch(_ interest: Readiness) {
        if let source { pool.lane.modify(source, interest) }
    }
}
