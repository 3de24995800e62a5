// SPDX-License-Identifier: Apache-2.0

package import Glibc
import VajraModel
package import VajraSystem

/// The control socket of a run: answers this user's requests on the main thread, between other events.
///
/// It never holds the run up: nothing here waits, and it serves at most ``sessionLimit`` askers at once.
package final class ControlServer {
    /// A further asker replaces the oldest one that waits for no answer, or else the oldest.
    private static let sessionLimit = 16

    private let listener: Socket
    private let path: String
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 * 1024, alignment: 16)
    private var sessions: [ControlSession] = []
    private var accepted: UInt64 = 0
    /// When to accept again after the process ran out of descriptors. Until then, waiting askers would wake the thread
    /// again and again.
    private var restEnd = MonotonicInstant(nanoseconds: 0)

    /// Opens the socket of this process's part of the run, in the directory of this user's sockets.
    ///
    /// - Throws: ``SystemError`` naming the path.
    package init(
        runID: String, pid: Int32, in directory: RuntimeDirectory = .locate()
    ) throws(SystemError) {
        try directory.prepare()
        path = "\(directory.path)/\(SocketName(runID: runID, pid: pid, in: directory.path))"
        listener = try Socket.listening(atUnixPath: path)
    }

    deinit {
        FileDescriptor.removeFile(path)
        listener.close()
        for index in sessions.indices { sessions[index].close(refusing: "the run has ended without an answer to this") }
        buffer.deallocate()
    }

    /// What to wait for.
    package var watched: [pollfd] {
        let events = Clock.now() < restEnd ? 0 : Int16(POLLIN)
        return [pollfd(fd: listener.descriptor, events: events, revents: 0)]
            + sessions.map { pollfd(fd: $0.socket.descriptor, events: $0.events, revents: 0) }
    }

    /// Takes new askers, and serves those that have something. Nil says that the answer comes later:
    /// ``answer(_:with:)``.
    package func serve(answer: (ControlCall) -> ControlReply?) {
        while let socket = listener.accept() {
            guard socket.isPeerTrusted else {
                socket.close()
                continue
            }
            if sessions.count == ControlServer.sessionLimit { sendOneAway() }
            accepted += 1
            sessions.append(ControlSession(socket, number: accepted))
        }
        if errno != EAGAIN { restEnd = Clock.now().advanced(byNanoseconds: 1_000_000_000) }
        // From the last, so that askers who have gone can be removed on the way.
        for index in sessions.indices.reversed() {
            let number = sessions[index].number
            let stays = sessions[index].advance(through: buffer) { request in
                answer(ControlCall(request: request, session: number))
            }
            if !stays { sessions.remove(at: index).socket.close() }
        }
    }

    /// Answers a request that was left for later; does nothing if the asker has gone.
    package func answer(_ call: ControlCall, with reply: ControlReply) {
        guard let index = sessions.firstIndex(where: { $0.number == call.session }) else { return }
        sessions[index].answer(reply)
    }

    private func sendOneAway() {
        var session = sessions.remove(at: sessions.firstIndex { $0.exchange.isIdle } ?? 0)
        session.close(refusing: "too many askers at once")
    }
}
