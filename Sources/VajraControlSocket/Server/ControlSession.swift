// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraJSON
import VajraSystem

/// One asker on the control socket: request lines in, reply lines out, in order.
struct ControlSession {
    /// The longest request, in bytes.
    private static let lineLimit = 64 * 1024
    /// With more than so many bytes unsent nothing more is read: an asker that does not listen is not answered.
    private static let unsentLimit = 1 << 20

    let socket: Socket
    private var framer = LineFramer(maximumLength: lineLimit)
    /// What has been read, and waits until there is room for the answers.
    private var received: ArraySlice<UInt8> = []
    private var unsent: [UInt8] = []

    init(_ socket: Socket) {
        self.socket = socket
    }

    /// What to wait for on the socket.
    var events: Int16 {
        var events = received.isEmpty && unsent.count < ControlSession.unsentLimit ? Int16(POLLIN) : 0
        // Requests that wait are answered as soon as the socket takes more, in another turn than those before them.
        if !unsent.isEmpty || !received.isEmpty { events |= Int16(POLLOUT) }
        return events
    }

    /// Reads what has come, answers it, and sends what fits; false when the asker has gone.
    mutating func advance(
        through buffer: UnsafeMutableRawBufferPointer, answer: (ControlRequest) -> ControlReply
    ) -> Bool {
        guard flush() else { return false }
        answerAll(answer)
        guard flush() else { return false }
        guard received.isEmpty, unsent.count < ControlSession.unsentLimit else { return true }
        switch socket.receive(into: buffer) {
        case .wouldBlock: return true
        case .failed, .bytes(0): return false
        case .bytes(let count):
            received = ArraySlice(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
            answerAll(answer)
            return flush()
        }
    }

    /// Answers one line after the other, as long as the answers that wait have room.
    private mutating func answerAll(_ answer: (ControlRequest) -> ControlReply) {
        while !received.isEmpty, unsent.count < ControlSession.unsentLimit {
            let end = received.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? received.endIndex
            var replies: [UInt8] = []
            received[..<end].withUnsafeBytes { bytes in
                framer.append(bytes) { replies += ControlSession.reply(to: $0, answer).line }
            }
            received = received[end...]
            unsent += replies
        }
    }

    private static func reply(
        to line: LineFramer.Line, _ answer: (ControlRequest) -> ControlReply
    ) -> ControlReply {
        do throws(ControlFault) {
            switch line {
            case .complete(_, let bytes), .unterminated(_, let bytes): return answer(try ControlRequest(parsing: bytes))
            case .overlong(_, let limit): throw ControlFault("the request has more than \(limit) bytes")
            }
        } catch {
            return ControlReply(refusing: error)
        }
    }

    private mutating func flush() -> Bool {
        while !unsent.isEmpty {
            switch unsent.withUnsafeBytes({ socket.send($0) }) {
            case .bytes(let count): unsent.removeFirst(count)
            case .wouldBlock: return true
            case .failed: return false
            }
        }
        return true
    }
}
