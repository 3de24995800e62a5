// SPDX-License-Identifier: Apache-2.0

import VajraHTTP2
import VajraLane
import VajraLifecycle
import VajraModel
import VajraSystem

/// One HTTP/2 connection, which carries many exchanges at a time. `Sendable` because only the lane's thread uses it.
///
///     opening ──▶ greeting ──▶ open
///        └───────────┴──────────┴──▶ closed
final class HTTP2Connection: ReadinessHandler, HTTPDialed, @unchecked Sendable {
    private enum State {
        /// The transport is being opened for the attempt, which is told of the result. Exits: greeting, closed.
        case opening(HTTPDial<HTTP2Connection>.Attempt)
        /// The preface is sent, and the server's SETTINGS are awaited; the same attempt. Exits: open, closed.
        case greeting(HTTPDial<HTTP2Connection>.Attempt)
        /// Exchanges may go on. Exit: closed.
        case open
        /// The socket is gone. No exit.
        case closed
    }

    /// The most bytes of frames in one write.
    private static let mostInOneWrite = 64 * 1024

    @exclusivity(unchecked) var deadline = MonotonicInstant.distantFuture
    @exclusivity(unchecked) var isQueued = false
    @exclusivity(unchecked) var earlier: Unmanaged<HTTP2Connection>?
    @exclusivity(unchecked) var later: Unmanaged<HTTP2Connection>?

    /// When the current bytes were read.
    @exclusivity(unchecked) private(set) var lastReceived = MonotonicInstant.distantFuture
    /// Why the connection has ended, once it has.
    @exclusivity(unchecked) private(set) var failure = ConnectFailure(
        kind: .closed, message: "the server closed the connection")
    /// Whether the pool offers it to the next exchange.
    @exclusivity(unchecked) var isOffered = false
    /// Whether the pool will make it write what waits.
    @exclusivity(unchecked) var isDirty = false
    /// Its index among the pool's connections.
    @exclusivity(unchecked) var place = 0

    @exclusivity(unchecked) private var transport: HTTPTransport
    @exclusivity(unchecked) private var source: LaneSource?
    private unowned let pool: HTTP2Pool
    @exclusivity(unchecked) private var state = State.closed
    private let session = HTTP2Session()
    private let output = HTTP2WriteBuffer()
    @exclusivity(unchecked) private var begun = 0

    init(transport: HTTPTransport, pool: HTTP2Pool) {
        self.transport = transport
        self.pool = pool
    }

    /// Whether another exchange may begin.
    var hasRoom: Bool {
        guard case .open = state, session.takesStreams, begun < pool.mostRequests else { return false }
        return session.active < min(pool.mostStreams, session.mostStreams)
    }

    /// Whether nothing is going on, and nothing will.
    private var isSpent: Bool { session.active == 0 && (!session.takesStreams || begun >= pool.mostRequests) }

    /// The code and words of the server's GOAWAY.
    var goAwayReason: String { session.goAwayReason }

    // MARK: Opening

    func open(_ attempt: HTTPDial<HTTP2Connection>.Attempt) {
        let opening = transport.open()
        let interest: Readiness
        switch opening {
        case .done: interest = .readable
        case .waits(let readiness): interest = readiness
        case .failed(let failure): return failed(failure, attempt)
        }
        do throws(SystemError) {
            source = try pool.lane.add(self, descriptor: transport.socket.descriptor, interest)
        } catch {
            return failed(ConnectFailure(connecting: error), attempt)
        }
        state = .opening(attempt)
        if case .done = opening { greet(attempt) }
    }

    private func failed(_ failure: ConnectFailure, _ attempt: HTTPDial<HTTP2Connection>.Attempt) {
        transport.close()
        attempt.ended(failure)
    }

    private func proceed(_ attempt: HTTPDial<HTTP2Connection>.Attempt) {
        switch transport.proceed() {
        case .waits(let interest): watch(interest)
        case .done: greet(attempt)
        case .failed(let failure): fail(failure)
        }
    }

    private func greet(_ attempt: HTTPDial<HTTP2Connection>.Attempt) {
        if transport.isSecure, transport.selectedProtocol != "h2" {
            let message = "\(transport.address) has not chosen h2 in the TLS handshake (ALPN)"
            return fail(ConnectFailure(kind: .http2Unsupported, message: message))
        }
        state = .greeting(attempt)
        watch(.readable)
        flush()
        // SETTINGS may have come with the last bytes of the handshake; the socket's readiness does not show them.
        if transport.hasBuffered { receive() }
    }

    // MARK: Exchanges

    /// Begins an exchange, and tells it of its end.
    func begin(_ request: HTTP2Request, _ exchange: HTTP2Exchange) {
        begun += 1
        session.submit(request, on: exchange.stream)
        pool.flushLater(self)
    }

    /// Gives an exchange up, and tells the server.
    func cancel(_ exchange: HTTP2Exchange) {
        session.cancel(exchange.stream)
        pool.flushLater(self)
    }

    /// An exchange has ended.
    func released() {
        if case .closed = state { return }
        if isSpent {
            pool.flushLater(self)
        } else {
            pool.offer(self)
        }
    }

    // MARK: Bytes

    func ready(_ readiness: Readiness) {
        if case .closed = state { return }
        if case .opening(let attempt) = state { return proceed(attempt) }
        let (readsOn, writesOn) = (transport.readsOn, transport.writesOn)
        if transport.takeUnusualWait() { watch(transport.interest(isWriting: output.count > 0)) }
        if output.count > 0, readiness.intersects(writesOn) {
            flush()
            if output.count == 0 { watch(transport.interest(isWriting: false)) }
        }
        if readiness.intersects(readsOn) { receive() }
    }

    private func receive() {
        repeat {
            if case .closed = state { return }
            switch transport.receive(into: pool.readBuffer) {
            case .wouldBlock:
                if transport.readsOn != .input { watch(transport.interest(isWriting: output.count > 0)) }
                return settle()
            case .bytes(0), .failed(HTTPTransport.cutOff):
                return fail(ConnectFailure(kind: .closed, message: "the server closed the connection"))
            case .failed(let code): return fail(transport.failure(transferring: code, "receive"))
            case .bytes(let count):
                lastReceived = Clock.now()
                session.receive(UnsafeRawBufferPointer(rebasing: pool.readBuffer[0..<count]))
            }
        } while transport.hasBuffered
        settle()
    }

    /// Acts on what has been read.
    private func settle() {
        if case .greeting(let attempt) = state, session.hasSettings {
            state = .open
            attempt.ended(nil)
        }
        if session.wantsWrite || session.failure != nil || isSpent { pool.flushLater(self) }
    }

    /// Writes as much as the socket takes; closes the connection if nothing else is left to do.
    func flush() {
        isDirty = false
        while true {
            if case .closed = state { return }
            let hasMore = session.write(output, upTo: HTTP2Connection.mostInOneWrite)
            if output.count > 0 {
                switch transport.send(output.bytes) {
                case .bytes(let count): output.removeFirst(count)
                case .wouldBlock: return watch(transport.interest(isWriting: true))
                case .failed(let code): return failAfterReading(transport.failure(transferring: code, "send"))
                }
            }
            if !hasMore, output.count == 0 { break }
        }
        if let text = session.failure { return fail(broken(text)) }
        if case .open = state, isSpent { close() }
    }

    private func broken(_ text: String) -> ConnectFailure {
        guard !session.hasSettings else {
            return ConnectFailure(kind: .http2Protocol, message: "the server broke HTTP/2's rules: \(text)")
        }
        let message = "\(transport.address) does not begin with HTTP/2's SETTINGS: does it speak HTTP/2?"
        return ConnectFailure(kind: .http2Unsupported, message: message)
    }

    // MARK: Ending

    /// The server no longer takes what this side sends. Responses that came before still count.
    private func failAfterReading(_ failure: ConnectFailure) {
        while case .bytes(let count) = transport.receive(into: pool.readBuffer), count > 0 {
            lastReceived = Clock.now()
            session.receive(UnsafeRawBufferPointer(rebasing: pool.readBuffer[0..<count]))
            if case .closed = state { return }
        }
        fail(failure)
    }

    private func fail(_ failure: ConnectFailure) {
        let previous = state
        self.failure = failure
        shut()
        switch previous {
        case .opening(let attempt): attempt.ended(failure)
        case .greeting(let attempt):
            let isSilent = failure.kind == .closed
            let message = "\(transport.address) closed the connection without a word of HTTP/2"
            attempt.ended(isSilent ? ConnectFailure(kind: .http2Unsupported, message: message) : failure)
        case .open, .closed: session.end(.connectionEnded)
        }
    }

    func expire() {
        let message =
            if case .greeting = state {
                "\(transport.address): no HTTP/2 SETTINGS in time"
            } else {
                transport.lateness
            }
        fail(ConnectFailure(kind: .connectTimeout, message: message))
    }

    func abandon() { shut() }

    /// Sends GOAWAY and closes.
    func close() {
        if case .closed = state { return }
        session.terminate()
        if session.write(output, upTo: .max) == false, output.count > 0 { _ = transport.send(output.bytes) }
        shut()
    }

    private func shut() {
        if case .closed = state { return }
        state = .closed
        if let source { pool.lane.remove(source) }
        source = nil
        transport.close()
        pool.forget(self)
    }

    private func watch(_ interest: Readiness) {
        if let source { pool.lane.modify(source, interest) }
    }
}
