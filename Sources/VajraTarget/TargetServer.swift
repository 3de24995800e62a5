// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
package import VajraLane
package import VajraModel
package import VajraSystem

/// A small HTTP/1.1 server on one lane, to try things on and to test against.
///
/// `Sendable` because only the lane's thread uses it once it listens.
package final class TargetServer: LaneTimerHandler, @unchecked Sendable {
    let lane: Lane
    let behaviour: TargetBehaviour
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)
    private let listener: TargetListener
    private let successes: TargetAnswers
    private let failures: TargetAnswers
    private var random: SplitMix64
    private var stalls: [TargetBehaviour.Stall]
    private var firstRequest: MonotonicInstant?
    private var errorShare = 0.0

    /// Called after each stall with its real length, which may be longer on a busy machine.
    package var onStall: (TimeSpan) -> Void = { _ in }

    /// Requests that have arrived completely.
    package private(set) var requestCount: UInt64 = 0

    /// Called when the server stops accepting for a while, because the process has no descriptors left.
    package var onExhaustion: (SystemError) -> Void {
        get { listener.onExhaustion }
        set { listener.onExhaustion = newValue }
    }

    package var address: SocketAddress { listener.address }

    /// Listens at the address.
    ///
    /// - Throws: ``SystemError`` naming the address when it is taken.
    package init(lane: Lane, address: SocketAddress, behaviour: TargetBehaviour) throws(SystemError) {
        self.lane = lane
        self.behaviour = behaviour
        stalls = behaviour.stalls.sorted { $0.after > $1.after }
        successes = TargetAnswers(status: 200, sizes: behaviour.bodySizes)
        failures = TargetAnswers(status: 503, sizes: behaviour.bodySizes)
        random = SplitMix64(seed: behaviour.seed)
        listener = try TargetListener(lane: lane, address: address)
        listener.onClient = { [unowned self] socket in TargetConnection(socket: socket, server: self).start() }
    }

    deinit {
        readBuffer.deallocate()
    }

    /// Begins to accept. On the lane, or before it runs.
    ///
    /// - Throws: ``SystemError`` when the lane cannot watch the socket.
    package func start() throws(SystemError) {
        try listener.start()
    }

    /// Counts a request, and says how to answer it.
    func answer(isHead: Bool) -> TargetAnswer {
        requestCount += 1
        if firstRequest == nil {
            firstRequest = Clock.now()
            scheduleStall()
        }
        errorShare += behaviour.errorRate
        guard errorShare >= 1 else { return successes.draw(&random, isHead: isHead) }
        errorShare -= 1
        return failures.draw(&random, isHead: isHead)
    }

    /// How long to hold the next response back, in nanoseconds.
    func delay() -> Int64 { behaviour.delay.draw(&random) }

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
