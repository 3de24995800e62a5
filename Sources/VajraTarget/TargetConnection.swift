// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraLane
import VajraModel
import VajraSystem

/// One client of the target server; its requests are answered in order.
final class TargetConnection: ReadinessHandler, LaneTimerHandler {
    /// With more unsent bytes than this, no more requests are read: the client does not read its answers.
    private static let unsentLimit = 1 << 20

    private let socket: Socket
    private unowned let server: TargetServer
    private var source: LaneSource?
    private var scanner = HTTPRequestScanner()
    private var unsent: [UInt8] = []
    private var delayed: [(due: MonotonicInstant, answer: TargetAnswer)] = []
    private var closesWhenSent = false

    init(socket: Socket, server: TargetServer) {
        self.socket = socket
        self.server = server
    }

    func start() {
        scanner.begin()
        source = try? server.lane.add(self, descriptor: socket.descriptor, .readable)
        if source == nil { socket.close() }
    }

    func ready(_ readiness: Readiness) {
        if readiness.intersects(.writable) { flush() }
        guard source != nil, unsent.count < TargetConnection.unsentLimit else { return }
        guard readiness.intersects(.input) else { return }
        switch socket.receive(into: server.readBuffer) {
        case .wouldBlock: break
        case .failed, .bytes(0): close()
        case .bytes(let count): take(UnsafeRawBufferPointer(rebasing: server.readBuffer[0..<count]))
        }
    }

    private func take(_ received: UnsafeRawBufferPointer) {
        var rest = received
        while !rest.isEmpty, !closesWhenSent {
            do throws(HTTPParseError) {
                let used = try scanner.consume(rest)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(used))
            } catch {
                refuse(error)
                return
            }
            guard scanner.isComplete else { break }
            closesWhenSent = !scanner.keepsAlive
            answer(server.answer(isHead: scanner.method == "HEAD"))
            scanner.begin()
        }
        flush()
    }

    private func refuse(_ error: HTTPParseError) {
        let response = HTTPResponseEncoder(status: error.responseStatus, body: Array("\(error)\n".utf8), closes: true)
        unsent += (try? response.encoded()) ?? []
        closesWhenSent = true
        flush()
    }

    private func answer(_ answer: TargetAnswer) {
        guard !server.behaviour.delay.isNone else { return queue(answer) }
        let due = Clock.now().advanced(byNanoseconds: server.delay())
        // Responses go out in order: one that is due sooner waits for those before it.
        let last = delayed.last?.due ?? due
        delayed.append((max(due, last), answer))
        server.lane.schedule(self, at: max(due, last))
    }

    private func queue(_ answer: TargetAnswer) {
        unsent.append(contentsOf: answer.head)
        unsent.append(contentsOf: answer.body)
    }

    func timerFired(now: MonotonicInstant) {
        guard source != nil else { return }
        while let first = delayed.first, first.due <= now {
            queue(first.answer)
            delayed.removeFirst()
        }
        flush()
    }

    private func flush() {
        while !unsent.isEmpty {
            switch unsent.withUnsafeBytes({ socket.send($0) }) {
            case .bytes(let count): unsent.removeFirst(count)
            case .wouldBlock:
                if let source { server.lane.modify(source, .both) }
                return
            case .failed: return close()
            }
        }
        if closesWhenSent, delayed.isEmpty { return close() }
        if let source { server.lane.modify(source, .readable) }
    }

    private func close() {
        guard let source else { return }
        server.lane.remove(source)
        self.source = nil
        socket.close()
    }
}
