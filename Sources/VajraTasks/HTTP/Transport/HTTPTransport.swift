// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraLane
import VajraLifecycle
import VajraSystem
import VajraTLS

/// Carries a connection's bytes: a socket, plain or with a TLS session over it. It is a plain value, and adds no call
/// and no allocation to the plain path. The code that opened it must close it.
///
/// A transfer that cannot go on is `wouldBlock`; ``awaited`` then says which readiness it needs. A failure's code is an
/// `errno`, or one of the codes below; ``failure(transferring:_:)`` explains both.
struct HTTPTransport {
    /// What opening it needs next.
    enum Opening {
        /// Nothing: it is open.
        case done
        /// This readiness, and another step.
        case waits(Readiness)
        case failed(ConnectFailure)
    }

    /// The connection has ended without TLS's close_notify, so the input may be cut off.
    static let cutOff: Int32 = -1
    /// The session has failed as ``tlsFailure`` says.
    private static let brokenSession: Int32 = -2

    let socket: Socket
    private var session: TLSSession?
    let address: SocketAddress
    private var isConnected = false
    private var tlsFailure: TLSFailure?
    /// Which readiness lets a read go on; TLS may have to write first, as after a change of keys.
    private(set) var readsOn = Readiness.input
    /// Which readiness lets a write go on; TLS may have to read first.
    private(set) var writesOn = Readiness.writable

    /// A transport to the address that is not open yet.
    init(socket: Socket, address: SocketAddress, tls: HTTPTransportSecurity?) {
        self.socket = socket
        self.address = address
        session = tls.map { TLSSession($0.context, descriptor: socket.descriptor, serverName: $0.serverName) }
    }

    // MARK: Opening

    mutating func open() -> Opening {
        let code = socket.connect(to: address)
        if code == EINPROGRESS { return .waits(.writable) }
        return connected(code)
    }

    /// Goes on when the readiness has come.
    mutating func proceed() -> Opening {
        isConnected ? handshake() : connected(socket.pendingError())
    }

    private mutating func connected(_ code: Int32) -> Opening {
        guard code == 0 else {
            return .failed(ConnectFailure(connecting: SystemError("connect to \(address)", code: code)))
        }
        isConnected = true
        return handshake()
    }

    private mutating func handshake() -> Opening {
        switch session?.handshake() {
        case nil, .bytes: return .done
        case .wantsRead: return .waits(.readable)
        case .wantsWrite: return .waits(.writable)
        case .failed(let failure): return .failed(ConnectFailure(failure, "TLS handshake with \(address)"))
        case .ended:
            let message = "TLS handshake with \(address): the server closed the connection"
            return .failed(ConnectFailure(kind: .tlsHandshake, message: message))
        }
    }

    /// The protocol that was agreed on in the handshake (ALPN); empty without one.
    var selectedProtocol: String { session?.selectedProtocol ?? "" }

    /// Whether TLS is spoken.
    var isSecure: Bool { session != nil }

    /// What was not finished when the time for opening was over.
    var lateness: String {
        isConnected
            ? "TLS handshake with \(address): not complete in time" : "connect to \(address): no connection in time"
    }

    // MARK: Transfers

    /// Reads what has arrived.
    @inline(__always)
    mutating func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        guard let session else { return socket.receive(into: buffer) }
        let step = session.read(into: buffer)
        if case .bytes(let count) = step { return .bytes(count) }
        readsOn = step == .wantsWrite ? .writable : .input
        return stopped(step)
    }

    /// Writes as much as fits.
    @inline(__always)
    mutating func send(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        guard let session else { return socket.send(bytes) }
        let step = session.write(bytes)
        if case .bytes(let count) = step { return .bytes(count) }
        writesOn = step == .wantsRead ? .input : .writable
        return stopped(step)
    }

    /// Whether bytes can be received that the socket's readiness does not show.
    @inline(__always)
    var hasBuffered: Bool { session?.hasBuffered ?? false }

    @inline(never)
    private mutating func stopped(_ step: TLSStep) -> Transfer {
        switch step {
        case .bytes(let count): return .bytes(count)
        case .wantsRead, .wantsWrite: return .wouldBlock
        case .ended(let isClean): return isClean ? .bytes(0) : .failed(HTTPTransport.cutOff)
        case .failed(let failure):
            if case .system(let code) = failure.cause { return .failed(code) }
            tlsFailure = failure
            return .failed(HTTPTransport.brokenSession)
        }
    }

    /// What to watch for, with or without something left to write.
    func interest(isWriting: Bool) -> Readiness {
        let reading: Readiness = readsOn == .input ? .readable : .writable
        return isWriting && writesOn == .writable ? reading.union(.writable) : reading
    }

    /// Whether a read waits for something other than readable bytes. The call resets this, so that the read is tried
    /// again.
    mutating func takeUnusualWait() -> Bool {
        defer { (readsOn, writesOn) = (.input, .writable) }
        return readsOn != .input || writesOn != .writable
    }

    // MARK: Ending

    /// The kind of a transfer's failure, and a message.
    func failure(transferring code: Int32, _ action: String) -> ConnectFailure {
        if code == HTTPTransport.cutOff {
            return ConnectFailure(kind: .closed, message: "\(action): the connection ended without TLS's close_notify")
        }
        if code == HTTPTransport.brokenSession, let tlsFailure { return ConnectFailure(tlsFailure, action) }
        return ConnectFailure(
            kind: SocketFailure.kind(transferring: code), message: SocketFailure.message(action, code))
    }

    /// Closes it, after TLS's close_notify if needed.
    func close() {
        if let session {
            session.shutDown()
            session.free()
        }
        socket.close()
    }
}
