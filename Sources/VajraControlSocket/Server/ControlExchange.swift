// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// What one asker and the run say to each other, without the socket: bytes of requests in, bytes of answers out.
///
///     take, end ──▶ requests ──▶ answered now ─────────────▶ unsent ──▶ sent
///                          └───▶ answered later, by id ──────▲
///
/// Answers that are known at once come in the order of their requests; one that takes longer comes when it is known. An
/// asker that reads no answers, or asks ever more that takes long, is not read from: memory stays bounded.
struct ControlExchange {
    /// The longest request, in bytes.
    static let lineLimit = 64 * 1024
    /// With more than so many bytes unsent no further request is answered.
    static let unsentLimit = 1 << 20
    /// With so many requests that are to be answered later no further one is looked at.
    static let waitingLimit = 64

    /// So many requests are answered in a turn; the thread has other things to do between two turns.
    static let turnLimit = 32

    private var framer = LineFramer(maximumLength: lineLimit)
    /// What has been read, and waits until there is room for the answers.
    private var received: ArraySlice<UInt8> = []
    /// The ids of the requests whose answers come later, the oldest first.
    private var waiting: [JSONValue] = []
    private var hasEnded = false
    /// Answers that are to be sent.
    private(set) var unsent: [UInt8] = []

    private var hasRoom: Bool {
        unsent.count < ControlExchange.unsentLimit && waiting.count < ControlExchange.waitingLimit
    }

    /// Whether more requests may be read.
    var wantsInput: Bool { !hasEnded && received.isEmpty && hasRoom }

    /// Whether there is something to do as soon as the socket takes more: requests that wait are answered in another turn
    /// than those before them.
    var wantsOutput: Bool { !unsent.isEmpty || (!received.isEmpty && hasRoom) }

    /// Whether nothing is owed to the asker.
    var isIdle: Bool { received.isEmpty && unsent.isEmpty && waiting.isEmpty }

    /// Whether all has been said: the asker sends no more, and has every answer.
    var isOver: Bool { hasEnded && isIdle }

    /// Takes what has been read.
    mutating func take(_ bytes: some Sequence<UInt8>) {
        received += bytes
    }

    /// The asker sends no more. It may still read: a last line counts without its newline, and every answer is owed.
    mutating func end() {
        hasEnded = true
        received.append(UInt8(ascii: "\n"))
    }

    /// Answers one request after the other, up to a turn's and as long as there is room; nil says that the answer comes
    /// later.
    mutating func answerTurn(_ answer: (ControlRequest) -> ControlReply?) {
        var left = ControlExchange.turnLimit
        while !received.isEmpty, hasRoom, left > 0 {
            left -= 1
            let end = received.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? received.endIndex
            let piece = received[..<end]
            received = received[end...]
            // At most one line ends in the piece.
            var line: Result<ControlRequest, ControlFault>?
            piece.withUnsafeBytes { bytes in framer.append(bytes) { line = ControlExchange.request($0) } }
            switch line {
            case .success(let request):
                guard let reply = answer(request) else {
                    waiting.append(request.id)
                    continue
                }
                unsent += reply.line
            case .failure(let fault): unsent += ControlReply(refusing: fault).line
            case nil: break
            }
        }
    }

    /// Answers a request that waits; what does not wait, or has been answered, is left alone.
    mutating func answer(_ reply: ControlReply) {
        guard let index = waiting.firstIndex(of: reply.id) else { return }
        waiting.remove(at: index)
        unsent += reply.line
    }

    /// Refuses all that waits: nobody will answer it any more.
    mutating func refuseWaiting(_ reason: String) {
        for id in waiting { answer(ControlReply(refusing: ControlFault(reason, id: id))) }
    }

    /// Forgets what has been sent.
    mutating func sent(_ count: Int) {
        unsent.removeFirst(count)
    }

    private static func request(_ line: LineFramer.Line) -> Result<ControlRequest, ControlFault> {
        do throws(ControlFault) {
            switch line {
            case .complete(_, let bytes), .unterminated(_, let bytes):
                return .success(try ControlRequest(parsing: bytes))
            case .overlong(_, let limit): throw ControlFault("the request has more than \(limit) bytes")
            }
        } catch {
            return .failure(error)
        }
    }
}
