// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraLane
import VajraModel
import VajraSystem

/// Accepts clients. It rests when the process has no descriptor left: otherwise waiting clients would wake the lane
/// again and again, and take time from the connected ones.
///
/// `Sendable` because only the lane's thread uses it once it listens.
final class TargetListener: ReadinessHandler, LaneTimerHandler, @unchecked Sendable {
    /// How long it rests, in nanoseconds.
    private static let rest: Int64 = 50_000_000

    private let lane: Lane
    private let socket: Socket
    private var source: LaneSource?

    /// Called with each client.
    var onClient: (Socket) -> Void = { $0.close() }
    /// Called each time that it begins to rest, with the reason.
    var onExhaustion: (SystemError) -> Void = { _ in }

    /// Where it listens.
    let address: SocketAddress

    /// Listens at the address.
    ///
    /// - Throws: ``SystemError`` naming the address when it is taken.
    init(lane: Lane, address: SocketAddress) throws(SystemError) {
        self.lane = lane
        socket = try Socket(family: address.family)
        try socket.listen(at: address)
        self.address = socket.localAddress() ?? address
    }

    /// Begins to accept.
    ///
    /// - Throws: ``SystemError`` when the lane cannot watch the socket.
    func start() throws(SystemError) {
        source = try lane.add(self, descriptor: socket.descriptor, .readable)
    }

    func ready(_ readiness: Readiness) {
        while let client = socket.accept() { onClient(client) }
        let code = errno
        guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) else { return }
        if let source { lane.remove(source) }
        source = nil
        lane.schedule(self, at: Clock.now().advanced(byNanoseconds: TargetListener.rest))
        onExhaustion(SystemError("accept a connection", code: code))
    }

    func timerFired(now: MonotonicInstant) {
        do throws(SystemError) {
            try start()
        } catch {
            lane.schedule(self, at: now.advanced(byNanoseconds: TargetListener.rest))
        }
    }
}
