// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// One connection, which carries one exchange at a time. Only the lane's thread uses it: so it is `Sendable`, and needs
/// no checks of exclusive access.
///
///     connecting ──▶ idle ⇄ exchanging
///         └────────────┴───────┴──▶ closed
final class HTTPConnection: ReadinessHandler, HTTPDialed, HTTPResponseFacts, @unchecked Sendable {
    private enum State {
        /// The transport is being opened for the attempt, which is told of the result. Exits: idle, closed.
        case connecting(HTTPDial<HTTPConnection>.Attempt)
        /// The server should send nothing; any input ends the connection. Exits: exchanging, closed.
        case idle
        /// A response is awaited. Exits: idle, closed.
        case exchanging(UnsafeContinuation<HTTPAnswer, Never>)
        /// The socket is gone. No exit.
        case closed
    }

    @exclusivity(unchecked) var deadline = MonotonicInstant.distantFuture
    @exclusivity(unchecked) var isQueued = false
    @exclusivity(unchecked) var earlier: Unmanaged<HTTPConnection>?
    @exclusivity(unchecked) var later: Unmanaged<HTTPConnection>?

    @exclusivity(unchecked) private(set) var response: HTTPResponseScanner
    @exclusivity(unchecked) private var transport: HTTPTransport
    private var source: LaneSource?
    /// The pool holds this connection too, until one of them is closed.
    private let pool: HTTPConnectionPool
    @exclusivity(unchecked) private var state = State.idle
    @exclusivity(unchecked) private var unsent: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The copy that `unsent` is a part of, if there is one.
    private var copied: StableBytes?
    @exclusivity(unchecked) private var search: BodySearch?

    /// How many exchanges have begun.
    @exclusivity(unchecked) private var served = 0
    @exclusivity(unchecked) private(set) var end = ExchangeEnd.failed(.closed, "")
    /// The size of the last request.
    @exclusivity(unchecked) private(set) var bytesSent = 0

    /// Whether an exchange may begin.
    var isUsable: Bool {
        if case .idle = state { return served == 0 || response.keepsAlive && served < pool.mostRequests }
        return false
    }

    init(transport: HTTPTransport, pool: HTTPConnectionPool, watchedHeaders: [String], search: BodySearch?) {
        self.transport = transport
        self.pool = pool
        self.search = search
        response = HTTPResponseScanner(watchedHeaders: watchedHeaders)
    }

    // MARK: Connecting

    func open(_ attempt: HTTPDial<HTTPConnection>.Attempt) {
        let interest: Readiness
        let opening = transport.open()
        switch opening {
        case .done: interest = .readable
        case .waits(let readiness): interest = readiness
        case .failed(let failure): return refuse(failure, attempt)
        }
        do throws(SystemError) {
            source = try pool.lane.add(self, descriptor: transport.socket.descriptor, interest)
        } catch {
            return refuse(ConnectFailure(connecting: error), attempt)
        }
        if case .done = opening { return attempt.ended(nil) }
        state = .connecting(attempt)
    }

    private func refuse(_ failure: ConnectFailure, _ attempt: HTTPDial<HTTPConnection>.Attempt) {
        close()
        attempt.ended(failure)
    }

    private func proceed(_ attempt: HTTPDial<HTTPConnection>.Attempt) {
        switch transport.proceed() {
        case .waits(let interest): watch(interest)
        case .done:
            state = .idle
            watch(.readable)
            attempt.ended(nil)
        case .failed(let failure): refuse(failure, attempt)
        }
    }

    // MARK: Exchanging

    /// Sends the request, and tells the waiter when the response is complete, or has failed.
    func exchange(_ request: HTTP1Request, _ waiter: UnsafeContinuation<HTTPAnswer, Never>) {
        response.begin(isHeadRequest: request.isHead)
        search?.reset()
        served &+= 1
        bytesSent = request.bytes.count
        unsent = request.bytes
        state = .exchanging(waiter)
        if let failure = sendRest() { return finish(waiter, failure) }
        if request.isShortLived, !unsent.isEmpty { copyUnsent() }
    }

    private func finish(_ waiter: UnsafeContinuation<HTTPAnswer, Never>, _ end: ExchangeEnd) {
        self.end = end
        waiter.resume(returning: .http1(self))
    }

    /// Gives the connection back, after the response was judged.
    func release() { pool.ended(self) }

    @inline(never)
    private func copyUnsent() {
        let copy = StableBytes(unsent)
        copied = copy
        unsent = copy.bytes
    }

    var bytesReceived: Int { response.headBytes + response.bodyBytes }
    var status: Int { response.status }
    var watched: WatchedFields { response.watched }
    var bodyMatched: Bool { search?.isFound ?? true }

    private func sendRest() -> ExchangeEnd? {
        switch transport.send(unsent) {
        case .bytes(let count) where count == unsent.count:
            unsent = UnsafeRawBufferPointer(start: nil, count: 0)
        case .bytes(let count):
            unsent = UnsafeRawBufferPointer(rebasing: unsent.dropFirst(count))
            watch(.both)
        case .wouldBlock:
            watch(transport.interest(isWriting: true))
        case .failed(let code): return receiveAfterFailedSend(code)
        }
        return nil
    }

    /// A server may answer and close before it has read the whole request. Its answer counts more than the failed write
    /// (RFC 9112 9.5).
    @inline(never)
    private func receiveAfterFailedSend(_ code: Int32) -> ExchangeEnd? {
        let failure = transport.failure(transferring: code, "send")
        unsent = UnsafeRawBufferPointer(start: nil, count: 0)
        // The connection carries no other request, whatever the response is.
        served = pool.mostRequests
        guard let end = receive() else {
            // The rest of a long response is still in the socket, which stays readable.
            watch(.readable)
            return nil
        }
        close()
        if case .failed = end, !response.hasReceivedAnything { return .failed(failure.kind, failure.message) }
        return end
    }

    func ready(_ readiness: Readiness) {
        switch state {
        case .connecting(let attempt): proceed(attempt)
        case .idle: if !staysQuiet() { pool.discard(self) }
        case .exchanging(let waiter):
            let (readsOn, writesOn) = (transport.readsOn, transport.writesOn)
            if transport.takeUnusualWait() { watch(transport.interest(isWriting: !unsent.isEmpty)) }
            if !unsent.isEmpty, readiness.intersects(writesOn) {
                if let failure = sendRest() { return finish(waiter, failure) }
                if unsent.isEmpty { watch(transport.interest(isWriting: false)) }
            }
            if readiness.intersects(readsOn), let end = receive() {
                if case .exchanging = state { state = .idle }
                finish(waiter, end)
            }
        case .closed: break
        }
    }

    /// Reads what has arrived; nil while the response is not complete.
    private func receive() -> ExchangeEnd? {
        while true {
            switch transport.receive(into: pool.readBuffer) {
            case .wouldBlock:
                if transport.readsOn != .input { watch(transport.interest(isWriting: !unsent.isEmpty)) }
                return nil
            case .failed(HTTPTransport.cutOff): return receiveEnd(isClean: false)
            case .failed(let code): return fail("receive", code)
            case .bytes(0): return receiveEnd(isClean: true)
            case .bytes(let count):
                let bytes = UnsafeRawBufferPointer(rebasing: pool.readBuffer[0..<count])
                do throws(HTTPParseError) {
                    let used = try scan(bytes)
                    guard response.isComplete else {
                        if transport.hasBuffered { continue }
                        return nil
                    }
                    let end = Clock.now()
                    // Bytes after the response belong to no request: the connection cannot be trusted.
                    if used < count || !response.keepsAlive || !unsent.isEmpty || !staysQuietWithin() { close() }
                    return .complete(end)
                } catch {
                    return malformed(error)
                }
            }
        }
    }

    /// Whether the transport holds no application bytes that it has already taken from the socket.
    private func staysQuietWithin() -> Bool { !transport.hasBuffered || staysQuiet() }

    /// Whether the unexpected input is for the transport itself, such as a new session ticket.
    private func staysQuiet() -> Bool {
        guard transport.isSecure, transport.receive(into: pool.readBuffer) == .wouldBlock else { return false }
        watch(transport.interest(isWriting: false))
        return true
    }

    private func scan(_ bytes: UnsafeRawBufferPointer) throws(HTTPParseError) -> Int {
        guard search != nil else { return try response.consume(bytes) }
        return try response.consume(bytes) { search?.consume($0) }
    }

    private func receiveEnd(isClean: Bool) -> ExchangeEnd {
        defer { close() }
        do throws(HTTPParseError) {
            try response.endOfInput()
        } catch {
            return malformed(error)
        }
        // A body that lasts until the connection's end is whole only if TLS says that this is the end (RFC 9112 9.8).
        if !isClean {
            return .failed(.shortBody, "the body's end is the connection's, which came without close_notify")
        }
        return .complete(Clock.now())
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

    private func fail(_ action: String, _ code: Int32) -> ExchangeEnd {
        let failure = transport.failure(transferring: code, action)
        close()
        return .failed(failure.kind, failure.message)
    }

    // MARK: Ending

    func expire() {
        let previous = state
        close()
        switch previous {
        case .connecting(let attempt): attempt.ended(ConnectFailure(kind: .connectTimeout, message: transport.lateness))
        case .exchanging(let waiter):
            let heard = response.hasReceivedAnything ? "an incomplete response" : "no response"
            finish(waiter, .failed(.timeout, "\(heard) in time"))
        case .idle, .closed: break
        }
    }

    func abandon() { close() }

    /// Closes the socket; harmless when it is closed already.
    func close() {
        if case .closed = state { return }
        state = .closed
        removeSource()
        transport.close()
    }

    private func removeSource() {
        if let source { pool.lane.remove(source) }
        source = nil
    }

    private func watch(_ interest: Readiness) {
        if let source { pool.lane.modify(source, interest) }
    }
}
