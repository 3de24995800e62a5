// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// The dialogue of one asker and the run, without the socket: bytes of requests in, bytes of answers out.
///
///     take, end ──▶ requests ──▶ answered now ─────────────▶ unsent ──▶ sent
///                          └───▶ answered later, by id ──────▲
///
/// Answers that are known at once come in the order of their requests. An answer that takes longer comes when it is
/// known. To bound the memory, the run stops reading from an asker that does not read its answers, or has too many open
/// requests.
struct ControlExchange {
    /// The longest request, in bytes.
    static let lineLimit = 64 * 1024
    /// With more unsent bytes than this, no further request is answered.
    static let unsentLimit = 1 << 20
    /// With this many requests waiting for a later answer, no further one is read.
    static let waitingLimit = 64

    /// How many requests a turn answers; the thread does other work between two turns.
    static let turnLimit = 32

    private var framer = LineFramer(maximumLength: lineLimit)
    /// What has been read, and waits until there is room for the answers.
    private var received: ArraySlice<UInt8> = []
    /// The ids of the requests whose answers come later, the oldest first.
    private var waiting: [JSONValue] = []
    private var hasEnded = false
    /// Answers that wait to be sent.
    private(set) var unsent: [UInt8] = []

    private var hasRoom: Bool {
        unsent.count < ControlExchange.unsentLimit && waiting.count < ControlExchange.waitingLimit
    }

    /// Whether more requests may be read.
    var wantsInput: Bool { !hasEnded && received.isEmpty && hasRoom }

    /// Whether there is work as soon as the socket takes more: bytes to send, or requests left for the next turn.
    var wantsOutput: Bool { !unsent.isEmpty || (!received.isEmpty && hasRoom) }

    /// Whether nothing is owed to the asker.
    var isIdle: Bool { received.isEmpty && unsent.isEmpty && waiting.isEmpty }

    /// Whether the dialogue is over: the asker sends no more, and has every answer.
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

    /// Answers requests in order, up to `turnLimit` and as long as there is room. A nil reply means that the answer
    /// comes later.
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

    /// Answers a waiting request; does nothing for any other.
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
