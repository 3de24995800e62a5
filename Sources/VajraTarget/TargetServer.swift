// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
package import VajraLane
package import VajraModel
package import VajraSystem

/// A small HTTP/1.1 server on one lane, to try things on and to test against.
///
/// Lane-confined once it listens, which is what makes it `Sendable`.
package final class TargetServer: ReadinessHandler, LaneTimerHandler, @unchecked Sendable {
    let lane: Lane
    let behaviour: TargetBehaviour
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)
    private let listener: Socket
    private let success: TargetAnswer
    private let failure: TargetAnswer
    private var source: LaneSource?
    private var stalls: [TargetBehaviour.Stall]
    private var firstRequest: MonotonicInstant?
    private var errorShare = 0.0

    /// Called after each stall with the time that it took by the clock, which a busy machine may draw out.
    package var onStall: (TimeSpan) -> Void = { _ in }

    /// Requests that have arrived completely.
    package private(set) var requestCount: UInt64 = 0

    /// The address that it listens at.
    package let address: SocketAddress

    /// Listens at the address.
    ///
    /// - Throws: ``SystemError`` naming the address when it is taken.
    package init(lane: Lane, address: SocketAddress, behaviour: TargetBehaviour) throws(SystemError) {
        self.lane = lane
        self.behaviour = behaviour
        stalls = behaviour.stalls.sorted { $0.after > $1.after }
        success = TargetAnswer(status: 200, bodySize: behaviour.bodySize)
        failure = TargetAnswer(status: 503, bodySize: behaviour.bodySize)
        listener = try Socket(family: address.family)
        try listener.listen(at: address)
        self.address = listener.localAddress() ?? address
    }

    deinit {
        readBuffer.deallocate()
    }

    /// Begins to accept. On the lane, or before it runs.
    ///
    /// - Throws: ``SystemError`` when the lane cannot watch the socket.
    package func start() throws(SystemError) {
        source = try lane.add(self, descriptor: listener.descriptor, .readable)
    }

    package func ready(_ readiness: Readiness) {
        while let socket = listener.accept() {
            TargetConnection(socket: socket, server: self).start()
        }
    }

    /// Counts a request, and says how to answer it.
    func answer(isHead: Bool) -> UnsafeRawBufferPointer {
        requestCount += 1
        if firstRequest == nil {
            firstRequest = Clock.now()
            scheduleStall()
        }
        errorShare += behaviour.errorRate
        guard errorShare >= 1 else { return success.bytes(isHead: isHead) }
        errorShare -= 1
        return failure.bytes(isHead: isHead)
    }

    private func scheduleStall() {
        guard let firstRequest, let next = stalls.last else { return }
        lane.schedule(self, at: firstRequest.advanced(byNanoseconds: next.after.nanoseconds))
    }

    package func timerFired(now: MonotonicInstant) {
        guard let stall = stalls.popLast() else { return }
        // The whole server freezes, as if it were stopped: nothing is read, accepted or sent.
        let began = Clock.now()
        SystemThread.hold(nanoseconds: stall.length.nanoseconds)
        onStall(TimeSpan(nanoseconds: Clock.now().nanoseconds(since: began)))
        scheduleStall()
    }
}

/// A response's bytes, with its body and without.
private final class TargetAnswer {
    private let full: [UInt8]
    private let whole: UnsafeMutableRawBufferPointer
    private let headLength: Int

    init(status: Int, bodySize: Int) {
        let body = bodySize == 2 ? Array("ok".utf8) : [UInt8](repeating: UInt8(ascii: "x"), count: max(0, bodySize))
        let response = HTTPResponseEncoder(
            status: status, fields: [HTTPField("Server", "vajra-target"), HTTPField("Content-Type", "text/plain")],
            body: body)
        guard let encoded = try? response.encoded() else { preconditionFailure("a fixed response is always valid") }
        full = encoded
        whole = .allocate(byteCount: encoded.count, alignment: 16)
        whole.copyBytes(from: encoded)
        headLength = encoded.count - body.count
    }

    deinit {
        whole.deallocate()
    }

    func bytes(isHead: Bool) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: whole[0..<(isHead ? headLength : whole.count)])
    }
}
