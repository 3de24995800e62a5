// SPDX-License-Identifier: Apache-2.0

package import VajraJSON
package import VajraModel
package import VajraSystem

/// Any number of streams that a filter reads at once, each to its end: standard input, files, Unix sockets.
package struct InputSources {
    /// What a source gives.
    package enum Piece {
        /// Bytes as they came, after the lines that they end.
        case chunk(UnsafeRawBufferPointer)
        /// A line of them.
        case line(LineFramer.Line)
        /// The source cannot be read any further.
        case failed(SystemError)
    }

    private struct Input {
        let name: String
        let descriptor: FileDescriptor
        var framer = LineFramer(keepsCarriageReturns: true)
    }

    private var inputs: [Input] = []
    private let buffer: UnsafeMutableRawBufferPointer

    /// How many sources there were at the start.
    package let count: Int

    /// Whether every source has ended.
    package var isAtEnd: Bool { inputs.isEmpty }

    /// Sources that are open already, by their names; what is left of them is closed when they end.
    package init(reading open: [(name: String, descriptor: FileDescriptor)]) {
        inputs = open.map { Input(name: $0.name, descriptor: $0.descriptor) }
        count = inputs.count
        buffer = .allocate(byteCount: 256 * 1024, alignment: 64)
    }

    /// Opens every source before any is read: `-` is standard input, `unix:PATH` a socket, anything else a file.
    ///
    /// The buffer is the process's own until its end: there is one set of sources in a filter's life.
    ///
    /// - Throws: ``SystemError`` naming the first that cannot be opened.
    package init(opening sources: [String]) throws(SystemError) {
        for source in sources {
            let descriptor = try InputSources.open(source)
            inputs.append(Input(name: source == "-" ? "stdin" : source, descriptor: descriptor))
        }
        count = inputs.count
        buffer = .allocate(byteCount: 256 * 1024, alignment: 64)
    }

    private static func open(_ source: String) throws(SystemError) -> FileDescriptor {
        if source == "-" { return .standardInput }
        guard let path = source.rest(after: "unix:") else { return try .opening(source) }
        guard let address = SocketAddress(unixPath: path) else { throw SystemError(badSocketPath: path) }
        return try .connecting(to: address)
    }

    /// Waits for input, a signal or the deadline, then reads once from each source that has something, and gives it
    /// with the source's name.
    ///
    /// - Parameter other: Something else to wait for, such as a process's end.
    /// - Returns: Whether that has come.
    @discardableResult
    package mutating func read(
        signals: ProcessSignals, or other: FileDescriptor? = nil, until deadline: MonotonicInstant,
        _ body: (String, Piece) -> Void
    ) -> Bool {
        let watched = inputs.map(\.descriptor) + (other.map { [$0] } ?? [])
        var ready = InputPoll.wait(signals: signals.descriptor, inputs: watched, until: deadline)
        let hasOther = ready.last == inputs.count
        if hasOther { ready.removeLast() }
        // From the last, so that those which end can be taken out on the way.
        for index in ready.reversed() where !read(index, body) {
            if inputs[index].descriptor != .standardInput { inputs[index].descriptor.close() }
            inputs.remove(at: index)
        }
        return hasOther
    }

    /// Whether the source goes on.
    private mutating func read(_ index: Int, _ body: (String, Piece) -> Void) -> Bool {
        let name = inputs[index].name
        do throws(SystemError) {
            let count = try inputs[index].descriptor.read(into: buffer)
            guard count > 0 else {
                inputs[index].framer.finish { body(name, .line($0)) }
                return false
            }
            let chunk = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
            inputs[index].framer.append(chunk) { body(name, .line($0)) }
            body(name, .chunk(chunk))
            return true
        } catch {
            inputs[index].framer.finish { body(name, .line($0)) }
            body(name, .failed(error))
            return false
        }
    }
}
