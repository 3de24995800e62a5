// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON
@testable import VajraControlSocket

@Suite struct ControlExchangeTests {
    private static func answer(_ request: ControlRequest) -> ControlReply? {
        ControlReply(to: request, .string("now"))
    }

    /// Requests with the ids, each with its newline.
    private static func lines(_ ids: some Sequence<Int>) -> [UInt8] {
        ids.flatMap { ControlRequest(.status, id: .int(Int64($0))).line }
    }

    /// The ids of the answers that wait to be sent, which are then sent.
    private static func sentIDs(_ exchange: inout ControlExchange) throws -> [JSONValue] {
        let bytes = exchange.unsent
        exchange.sent(bytes.count)
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try line.withUnsafeBytes { try JSONValue(parsing: $0) }["id"])
        }
    }

    @Test(arguments: [1, 2, 7, 500])
    func `requests are answered in order however their bytes come`(size: Int) throws {
        var exchange = ControlExchange()
        var rest = Self.lines(0..<20)[...]
        while !rest.isEmpty {
            exchange.take(rest.prefix(size))
            rest = rest.dropFirst(size)
            exchange.answerTurn(Self.answer)
        }
        #expect(try Self.sentIDs(&exchange) == (0..<20).map { .int($0) })
        #expect(exchange.isIdle && exchange.wantsInput && !exchange.wantsOutput && !exchange.isOver)
    }

    @Test func `an answer that takes longer comes by its id, and later requests do not wait for it`() throws {
        var exchange = ControlExchange()
        exchange.take(Self.lines(1...4))
        exchange.answerTurn { $0.id == .int(1) || $0.id == .int(3) ? nil : Self.answer($0) }
        #expect(try Self.sentIDs(&exchange) == [.int(2), .int(4)])
        #expect(!exchange.isIdle && exchange.wantsInput && !exchange.wantsOutput)
        exchange.answer(ControlReply(to: ControlRequest(.status, id: .int(3)), .null))
        exchange.answer(ControlReply(to: ControlRequest(.status, id: .int(1)), refusing: "it is too late"))
        #expect(try Self.sentIDs(&exchange) == [.int(3), .int(1)])
        #expect(exchange.isIdle)
    }

    @Test func `only what waits is answered, and only once`() {
        var exchange = ControlExchange()
        exchange.take(Self.lines([1]))
        exchange.answerTurn { _ in nil }
        let late = ControlReply(to: ControlRequest(.status, id: .int(1)), .null)
        exchange.answer(ControlReply(to: ControlRequest(.status, id: .int(2)), .null))
        #expect(exchange.unsent.isEmpty)
        exchange.answer(late)
        exchange.answer(late)
        #expect(exchange.unsent == late.line)
    }

    @Test func `who asks ever more that takes long is not read from until something is answered`() throws {
        var exchange = ControlExchange()
        let limit = ControlExchange.waitingLimit
        exchange.take(Self.lines(0..<limit + 2))
        var asked = 0
        func later(_ request: ControlRequest) -> ControlReply? {
            asked += 1
            return nil
        }
        for _ in 0..<10 { exchange.answerTurn(later) }
        #expect(asked == limit)
        // Neither: a socket that takes more would wake the thread again and again.
        #expect(!exchange.wantsInput && !exchange.wantsOutput)
        exchange.answer(ControlReply(to: ControlRequest(.status, id: .int(5)), .null))
        #expect(try Self.sentIDs(&exchange) == [.int(5)])
        #expect(exchange.wantsOutput)
        exchange.answerTurn(later)
        #expect(asked == limit + 1)
    }

    @Test func `many requests at once are answered over several turns`() throws {
        var exchange = ControlExchange()
        let asked = 3 * ControlExchange.turnLimit
        exchange.take(Self.lines(0..<asked))
        for turn in 1...3 {
            #expect(exchange.wantsOutput && !exchange.wantsInput)
            exchange.answerTurn(Self.answer)
            #expect(try Self.sentIDs(&exchange).last == .int(Int64(turn * ControlExchange.turnLimit - 1)))
        }
        #expect(exchange.isIdle)
    }

    @Test func `who reads no answers is not answered beyond the bound`() throws {
        var exchange = ControlExchange()
        let size = 1000
        let asked = 3 * ControlExchange.unsentLimit / size
        exchange.take(Self.lines(0..<asked))
        func long(_ request: ControlRequest) -> ControlReply? {
            ControlReply(to: request, .string(String(repeating: "x", count: size)))
        }
        for _ in 0..<asked { exchange.answerTurn(long) }
        #expect(exchange.unsent.count >= ControlExchange.unsentLimit)
        #expect(exchange.unsent.count < ControlExchange.unsentLimit + 2 * size)
        #expect(!exchange.wantsInput && exchange.wantsOutput)
        // All are answered in the end.
        var ids: [JSONValue] = []
        while !exchange.isIdle {
            ids += try Self.sentIDs(&exchange)
            exchange.answerTurn(long)
        }
        #expect(ids == (0..<Int64(asked)).map { .int($0) })
    }

    @Test func `who sends no more is owed every answer, also to a last line without its newline`() throws {
        var exchange = ControlExchange()
        exchange.take(Self.lines(1...2).dropLast())
        exchange.answerTurn { $0.id == .int(1) ? nil : Self.answer($0) }
        exchange.end()
        #expect(!exchange.wantsInput)
        exchange.answerTurn(Self.answer)
        #expect(try Self.sentIDs(&exchange) == [.int(2)])
        #expect(!exchange.isOver && !exchange.wantsInput && !exchange.wantsOutput)
        exchange.answer(ControlReply(to: ControlRequest(.status, id: .int(1)), .null))
        #expect(!exchange.isOver && exchange.wantsOutput)
        #expect(try Self.sentIDs(&exchange) == [.int(1)])
        #expect(exchange.isOver)
    }

    @Test func `what waits when the run ends is refused, each by its own id`() throws {
        var exchange = ControlExchange()
        exchange.take(Self.lines(1...3))
        exchange.answerTurn { $0.id == .int(2) ? Self.answer($0) : nil }
        exchange.refuseWaiting("the run has ended")
        #expect(String(decoding: exchange.unsent, as: UTF8.self).matches(of: /"ok":false/).count == 2)
        #expect(try Self.sentIDs(&exchange) == [.int(2), .int(1), .int(3)])
        #expect(exchange.isIdle)
    }
}
