// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VajraJSON
import VajraSystem
@testable import VajraControlSocket

/// A server and its askers on one thread: each step is made when the test says so.
@Suite struct ControlServerTests {
    private final class Place {
        let directory: RuntimeDirectory
        private let base: String

        init() {
            var template = Array("/tmp/vajra-control-XXXXXX".utf8CString)
            base = String(cString: mkdtemp(&template))
            directory = RuntimeDirectory(path: "\(base)/vajrapulse")
        }

        func server() throws -> ControlServer { try ControlServer(runID: "try", pid: 1, in: directory) }

        func asker() throws -> Asker {
            let address = try #require(SocketAddress(unixPath: "\(directory.path)/try.1.sock"))
            let asker = Asker(socket: try Socket(family: AF_UNIX))
            #expect(asker.socket.connect(to: address) == 0)
            return asker
        }

        deinit {
            rmdir(directory.path)
            rmdir(base)
        }
    }

    private struct Asker {
        let socket: Socket

        func ask(_ id: Int64) {
            let line = ControlRequest(.status, id: .int(id)).line
            #expect(line.withUnsafeBytes { socket.send($0) } == .bytes(line.count))
        }

        /// What has come: the replies' ids, those refused negative; nil at the end of the connection.
        func replies() throws -> [Int64]? {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 1)
            defer { buffer.deallocate() }
            guard case .bytes(let count) = socket.receive(into: buffer) else { return [] }
            guard count > 0 else { return nil }
            return try buffer[0..<count].split(separator: UInt8(ascii: "\n")).map { line in
                let reply = try ControlReply(parsing: UnsafeRawBufferPointer(rebasing: line))
                guard case .int(let id) = reply.id else { return 0 }
                guard case .success = reply.result else { return -id }
                return id
            }
        }
    }

    /// Whether `poll` would return at once for the server: whoever waits with it would spin.
    private static func isBusy(_ server: ControlServer) -> Bool {
        var watched = server.watched
        return poll(&watched, nfds_t(watched.count), 0) > 0
    }

    @Test func `an answer that takes longer reaches who asked, others are answered meanwhile`() throws {
        let place = Place()
        let server = try place.server()
        let (patient, other) = (try place.asker(), try place.asker())
        patient.ask(1)
        var calls: [ControlCall] = []
        server.serve {
            calls.append($0); return nil
        }
        other.ask(2)
        patient.ask(3)
        server.serve { ControlReply(to: $0.request, .null) }
        #expect(try other.replies() == [2])
        #expect(try patient.replies() == [3])
        #expect(!Self.isBusy(server))
        let call = try #require(calls.first)
        server.answer(call, with: ControlReply(to: call.request, .null))
        #expect(try patient.replies() == [1])
        #expect(try other.replies() == [])
        patient.socket.close()
        other.socket.close()
    }

    @Test func `many requests at once take several turns, and no new readiness of the asker`() throws {
        let place = Place()
        let server = try place.server()
        let asker = try place.asker()
        for id in 1...100 { asker.ask(Int64(id)) }
        var answered: [Int64] = []
        while Self.isBusy(server) {
            server.serve { ControlReply(to: $0.request, .null) }
            answered += try #require(try asker.replies())
            try #require(answered.count > 0)
        }
        #expect(answered == Array(1...100))
        asker.socket.close()
    }

    @Test func `an asker that has gone is forgotten, and its answer is nobody's`() throws {
        let place = Place()
        let server = try place.server()
        let asker = try place.asker()
        asker.ask(1)
        var calls: [ControlCall] = []
        server.serve {
            calls.append($0); return nil
        }
        #expect(server.watched.count == 2)
        asker.socket.close()
        #expect(Self.isBusy(server))
        server.serve { _ in nil }
        #expect(server.watched.count == 1)
        let next = try place.asker()
        server.serve { _ in nil }
        let call = try #require(calls.first)
        server.answer(call, with: ControlReply(to: call.request, .null))
        #expect(try next.replies() == [])
        next.socket.close()
    }

    @Test func `an asker that sends no more waits for its answer, and keeps nobody busy`() throws {
        let place = Place()
        let server = try place.server()
        let asker = try place.asker()
        asker.ask(1)
        shutdown(asker.socket.descriptor, Int32(SHUT_WR))
        var calls: [ControlCall] = []
        for _ in 0..<3 {
            server.serve {
                calls.append($0); return nil
            }
        }
        #expect(calls.count == 1)
        #expect(!Self.isBusy(server))
        server.answer(calls[0], with: ControlReply(to: calls[0].request, .null))
        #expect(try asker.replies() == [1])
        server.serve { _ in nil }
        #expect(try asker.replies() == nil)
        #expect(server.watched.count == 1)
        asker.socket.close()
    }

    @Test func `a request of who does not stay for the answer is carried out`() throws {
        let place = Place()
        let server = try place.server()
        let asker = try place.asker()
        asker.ask(1)
        asker.socket.close()
        var carriedOut = 0
        for _ in 0..<2 {
            server.serve { call in
                carriedOut += 1
                return ControlReply(to: call.request, .null)
            }
        }
        #expect(carriedOut == 1)
        #expect(server.watched.count == 1)
    }

    @Test func `who is owed an answer is not the one that goes for another asker`() throws {
        let place = Place()
        let server = try place.server()
        let first = try place.asker()
        first.ask(1)
        var calls: [ControlCall] = []
        server.serve {
            calls.append($0); return nil
        }
        let others = try (0..<20).map { _ in
            let other = try place.asker()
            server.serve { _ in nil }
            return other
        }
        #expect(server.watched.count == 17)
        #expect(try others[0].replies() == nil)
        server.answer(calls[0], with: ControlReply(to: calls[0].request, .null))
        #expect(try first.replies() == [1])
        for asker in others + [first] { asker.socket.close() }
    }

    @Test func `the end of the run refuses what has had no answer, and takes the socket's name away`() throws {
        let place = Place()
        var server: ControlServer? = try place.server()
        let asker = try place.asker()
        asker.ask(7)
        server?.serve { _ in nil }
        #expect(place.directory.socketNames() == ["try.1.sock"])
        server = nil
        #expect(try asker.replies() == [-7])
        #expect(try asker.replies() == nil)
        #expect(place.directory.socketNames() == [])
        asker.socket.close()
    }
}
