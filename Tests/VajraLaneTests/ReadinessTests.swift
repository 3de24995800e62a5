// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VajraLane
import VajraModel
import VajraSystem

@Suite struct ReadinessTests {
    /// The two ends of a connection.
    private struct Pair: Sendable {
        let here: Int32
        let there: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            (here, there) = (ends[0], ends[1])
        }

        func close() {
            _ = Glibc.close(here)
            _ = Glibc.close(there)
        }

        func send() { _ = write(there, "x", 1) }

        func receive() {
            var byte: UInt8 = 0
            _ = read(here, &byte, 1)
        }
    }

    private final class Handler: ReadinessHandler, @unchecked Sendable {
        var seen: [Readiness] = []
        var onReady: (Readiness) -> Void = { _ in }
        /// Told when the handler is gone.
        var onEnd: () -> Void = {}

        func ready(_ readiness: Readiness) {
            seen.append(readiness)
            onReady(readiness)
        }

        deinit { onEnd() }
    }

    @Test func `a handler is told when something can be read, and as often as there is more`() async throws {
        let (running, pair) = (try RunningLane(), try Pair())
        defer { running.end() }
        defer { pair.close() }
        let count = try await running.onLane { lane in
            let handler = Handler()
            let source = try lane.add(handler, descriptor: pair.here, .readable)
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                handler.onReady = { _ in
                    pair.receive()
                    if handler.seen.count == 3 { continuation.resume() }
                }
                for _ in 0..<3 { pair.send() }
            }
            lane.remove(source)
            handler.onReady = { _ in }
            return handler.seen.count { $0.contains(.readable) }
        }
        #expect(count == 3)
    }

    @Test func `a handler is told when the other side has gone`() async throws {
        let (running, pair) = (try RunningLane(), try Pair())
        defer { running.end() }
        let readiness = try await running.onLane { lane in
            let handler = Handler()
            let source = try lane.add(handler, descriptor: pair.here, .readable)
            let readiness = await withUnsafeContinuation { (continuation: UnsafeContinuation<Readiness, Never>) in
                handler.onReady = {
                    lane.remove(source)
                    continuation.resume(returning: $0)
                }
                _ = close(pair.there)
            }
            handler.onReady = { _ in }
            return readiness
        }
        _ = close(pair.here)
        #expect(readiness.intersects(.input))
    }

    @Test func `what a source waits for can be changed`() async throws {
        let (running, pair) = (try RunningLane(), try Pair())
        defer { running.end() }
        defer { pair.close() }
        let seen = try await running.onLane { lane in
            let handler = Handler()
            let source = try lane.add(handler, descriptor: pair.here, .readable)
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                handler.onReady = { _ in
                    lane.remove(source)
                    continuation.resume()
                }
                lane.modify(source, .writable)
            }
            handler.onReady = { _ in }
            return handler.seen
        }
        #expect(seen == [.writable])
    }

    @Test func `a handler that removes another one of the same batch keeps it from being told`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let pairs = try (0..<8).map { _ in try Pair() }
        defer { for pair in pairs { pair.close() } }
        let told = try await running.onLane { lane in
            let handlers = pairs.map { _ in Handler() }
            var sources: [LaneSource] = []
            for (handler, pair) in zip(handlers, pairs) {
                sources.append(try lane.add(handler, descriptor: pair.here, .readable))
            }
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                var hasResumed = false
                let removeAll: (Readiness) -> Void = { _ in
                    for source in sources { lane.remove(source) }
                    if !hasResumed { continuation.resume() }
                    hasResumed = true
                }
                for handler in handlers { handler.onReady = removeAll }
                // All are ready before the lane looks for the first time.
                for pair in pairs { pair.send() }
            }
            for handler in handlers { handler.onReady = { _ in } }
            return handlers.map(\.seen.count).reduce(0, +)
        }
        #expect(told == 1)
    }

    @Test func `a handler may remove itself and close its descriptor, and the next one on that number is its own`()
        async throws
    {
        let running = try RunningLane()
        defer { running.end() }
        let told = try await running.onLane { lane in
            var told: [Int] = []
            for round in 0..<50 {
                let pair = try Pair()
                let handler = Handler()
                let source = try lane.add(handler, descriptor: pair.here, .readable)
                await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                    handler.onReady = { _ in
                        lane.remove(source)
                        pair.close()
                        told.append(round)
                        continuation.resume()
                    }
                    pair.send()
                }
                handler.onReady = { _ in }
            }
            return told
        }
        #expect(told == Array(0..<50))
    }

    @Test func `a source that is removed twice is removed once, and its handler is let go`() async throws {
        let (running, pair) = (try RunningLane(), try Pair())
        defer { running.end() }
        defer { pair.close() }
        let isGone = try await running.onLane { lane in
            nonisolated(unsafe) var isGone = false
            do {
                let handler = Handler()
                handler.onEnd = { isGone = true }
                let source = try lane.add(handler, descriptor: pair.here, .readable)
                lane.remove(source)
                lane.remove(source)
            }
            // What was removed is let go in the lane's next turn.
            await lane.sleep(until: Clock.now().advanced(byNanoseconds: 1_000_000))
            await lane.sleep(until: Clock.now().advanced(byNanoseconds: 1_000_000))
            return isGone
        }
        #expect(isGone)
    }

    @Test func `a descriptor that cannot be watched is an error that says so`() async throws {
        let running = try RunningLane()
        defer { running.end() }
        let description = try await running.onLane { lane in
            do throws(SystemError) {
                _ = try lane.add(Handler(), descriptor: -1, .readable)
                return ""
            } catch {
                return error.description
            }
        }
        #expect(description == "watch a descriptor: Bad file descriptor")
    }
}
