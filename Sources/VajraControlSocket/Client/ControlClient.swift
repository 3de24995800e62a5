// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraModel
import VajraSystem

/// Asks one run on its control socket.
struct ControlClient: ~Copyable {
    /// Why a run cannot be asked.
    enum Failure: Error {
        /// Nobody listens any more: a dead process has left the socket behind.
        case gone
        /// The other end closed without an answer: the run has just ended, or has too many askers at once.
        case closed
        /// The call failed, or there was no answer in time.
        case unreachable(String)
        /// The run refused the request, or did not follow the protocol.
        case refused(ControlFault)
    }

    /// How long an answer may take, in nanoseconds. A run answers within milliseconds.
    private static let patience: Int64 = 2_000_000_000

    private let descriptor: FileDescriptor

    /// Connects to the socket at the path.
    init(path: String) throws(Failure) {
        guard let address = SocketAddress(unixPath: path) else { throw .unreachable("\(path): the path is too long") }
        do throws(SystemError) {
            descriptor = try FileDescriptor.connecting(to: address)
        } catch {
            if error.isRefused || error.isMissing { throw .gone }
            throw .unreachable("\(error)")
        }
    }

    deinit {
        descriptor.close()
    }

    /// Asks, and waits for the answer.
    func ask(_ request: ControlRequest) throws(Failure) -> JSONValue {
        let line: [UInt8]
        do throws(SystemError) {
            try request.line.withUnsafeBufferPointer { (bytes) throws(SystemError) in
                try descriptor.writeAll(UnsafeRawBufferPointer(bytes))
            }
            line = try readLine()
        } catch {
            if error.isBrokenPipe || error.isReset { throw .closed }
            throw .unreachable("\(error)")
        }
        guard !line.isEmpty else { throw .closed }
        do throws(ControlFault) {
            let reply = try line.withUnsafeBufferPointer { (bytes) throws(ControlFault) in
                try ControlReply(parsing: UnsafeRawBufferPointer(bytes))
            }
            return try reply.result.get()
        } catch {
            throw .refused(error)
        }
    }

    /// The next line without its newline; empty when the other end closed before one was whole.
    private func readLine() throws(SystemError) -> [UInt8] {
        let end = Clock.now().advanced(byNanoseconds: ControlClient.patience)
        var framer = LineFramer(maximumLength: 8 << 20)
        var found: [UInt8]?
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
        defer { buffer.deallocate() }
        while found == nil {
            guard InputPoll.waitToRead(from: descriptor, until: end) else {
                throw SystemError(timedOut: "wait for an answer")
            }
            let count = try descriptor.read(into: buffer)
            guard count > 0 else { return [] }
            framer.append(UnsafeRawBufferPointer(rebasing: buffer[0..<count])) { line in
                if case .complete(_, let bytes) = line, found == nil { found = Array(bytes) }
            }
        }
        return found ?? []
    }
}
