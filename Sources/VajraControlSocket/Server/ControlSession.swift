// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraSystem

/// One asker on the control socket: carries the bytes of its ``ControlExchange``.
struct ControlSession {
    let socket: Socket
    /// The asker's number, in the order of arrival.
    let number: UInt64
    private(set) var exchange = ControlExchange()

    init(_ socket: Socket, number: UInt64) {
        self.socket = socket
        self.number = number
    }

    /// What to wait for on the socket; `poll` reports in any case that the asker has gone.
    var events: Int16 {
        (exchange.wantsInput ? Int16(POLLIN) : 0) | (exchange.wantsOutput ? Int16(POLLOUT) : 0)
    }

    /// Reads what has come, answers it, and sends what fits; false when the asker has gone, or has all that it asked
    /// for.
    mutating func advance(
        through buffer: UnsafeMutableRawBufferPointer, answer: (ControlRequest) -> ControlReply?
    ) -> Bool {
        guard flush() else { return false }
        if exchange.wantsInput {
            switch socket.receive(into: buffer) {
            case .wouldBlock: break
            case .failed: return false
            case .bytes(0): exchange.end()
            case .bytes(let count): exchange.take(buffer[0..<count])
            }
        }
        exchange.answerTurn(answer)
        // Checked last: a request is carried out even if the asker does not wait for the answer.
        return flush() && !exchange.isOver && !socket.hasHungUp
    }

    /// Sends an answer that has taken longer; what does not fit now is sent when the socket takes more.
    mutating func answer(_ reply: ControlReply) {
        exchange.answer(reply)
        _ = flush()
    }

    /// Tells the asker that nothing more comes, and closes the socket.
    mutating func close(refusing reason: String) {
        exchange.refuseWaiting(reason)
        _ = flush()
        socket.close()
    }

    private mutating func flush() -> Bool {
        while !exchange.unsent.isEmpty {
            switch exchange.unsent.withUnsafeBytes({ socket.send($0) }) {
            case .bytes(let count): exchange.sent(count)
            case .wouldBlock: return true
            case .failed: return false
            }
        }
        return true
    }
}
