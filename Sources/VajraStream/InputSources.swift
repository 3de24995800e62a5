// SPDX-License-Identifier: Apache-2.0

package import VajraExport
package import VajraJSON
package import VajraModel
package import VajraSystem

/// Any number of streams, which a filter reads at once, each to its end: standard input, files, Unix sockets, and the
/// folders of runs and exports. Sources that this type opens may be gzip data.
package struct InputSources {
    /// What a source gives.
    package enum Piece {
        /// Bytes of lines; the lines that they complete come before them.
        case chunk(UnsafeRawBufferPointer)
        /// One line.
        case line(LineFramer.Line)
        /// The source cannot be read any further.
        case failed(SystemError)
        /// The source's gzip data is damaged, and cannot be read any further. The line in which it breaks off is left
        /// out.
        case damaged(GzipDamage)
    }

    /// A class, so that its framer may take what its content gives.
    private final class Input {
        var name: String
        var descriptor: FileDescriptor
        let mayBeGzip: Bool
        /// The files of a folder that are read after this one.
        var rest: ArraySlice<String> = []
        var content: InputContent
        var framer = LineFramer(keepsCarriageReturns: true)

        init(name: String, descriptor: FileDescriptor, mayBeGzip: Bool) {
            self.name = name
            self.descriptor = descriptor
            self.mayBeGzip = mayBeGzip
            content = InputContent(mayBeGzip: mayBeGzip)
        }
    }

    private var inputs: [Input] = []
    private let buffer: UnsafeMutableRawBufferPointer
    private let expanded: UnsafeMutableRawBufferPointer

    /// How many sources there were at the start.
    package let count: Int

    /// What is missing of the sources according to their manifests; each item is a sentence.
    package private(set) var remarks: [String] = []

    /// Whether every source has ended.
    package var isAtEnd: Bool { inputs.isEmpty }

    /// Takes sources that are open already, and closes each at its end.
    package init(reading open: [(name: String, descriptor: FileDescriptor)]) {
        inputs = open.map { Input(name: $0.name, descriptor: $0.descriptor, mayBeGzip: false) }
        count = inputs.count
        (buffer, expanded) = InputSources.buffers()
    }

    /// Opens every source before any is read: `-` is standard input, `unix:PATH` a socket, anything else a file or the
    /// folder of a run or an export.
    ///
    /// It never frees the buffers: a filter has one set of sources in its life.
    ///
    /// - Throws: ``InputError`` naming the first that cannot be opened.
    package init(opening sources: [String]) throws(InputError) {
        count = sources.count
        (buffer, expanded) = InputSources.buffers()
        for source in sources {
            if source != "-", source.rest(after: "unix:") == nil, Directory.isDirectory(source) {
                try open(ExportFolder(source))
            } else {
                let name = source == "-" ? "stdin" : source
                inputs.append(Input(name: name, descriptor: try InputSources.open(source), mayBeGzip: true))
            }
        }
    }

    private static func buffers() -> (UnsafeMutableRawBufferPointer, UnsafeMutableRawBufferPointer) {
        (.allocate(byteCount: 256 * 1024, alignment: 64), .allocate(byteCount: 256 * 1024, alignment: 64))
    }

    /// The files of a folder are one source: they are read one after the other, however many there are.
    private mutating func open(_ folder: ExportFolder) throws(InputError) {
        remarks += folder.remarks
        guard let first = folder.files.first else { return }
        let input = Input(name: first, descriptor: try InputSources.open(first), mayBeGzip: true)
        input.rest = folder.files.dropFirst()
        inputs.append(input)
    }

    private static func open(_ source: String) throws(InputError) -> FileDescriptor {
        if source == "-" { return .standardInput }
        do throws(SystemError) {
            guard let path = source.rest(after: "unix:") else { return try .opening(source) }
            guard let address = SocketAddress(unixPath: path) else { throw SystemError(badSocketPath: path) }
            return try .connecting(to: address)
        } catch {
            throw .system(error)
        }
    }

    /// Waits for input, a signal or the deadline, then reads once from each source that has something, and gives it
    /// with the source's name.
    ///
    /// - Parameter other: Something else to wait for, such as a process's end.
    /// - Returns: Whether `other` is ready.
    @discardableResult
    package mutating func read(
        signals: ProcessSignals, or other: FileDescriptor? = nil, until deadline: MonotonicInstant,
        _ body: (String, Piece) -> Void
    ) -> Bool {
        let watched = inputs.map(\.descriptor) + (other.map { [$0] } ?? [])
        var ready = InputPoll.wait(signals: signals.descriptor, inputs: watched, until: deadline)
        let hasOther = ready.last == inputs.count
        if hasOther { ready.removeLast() }
        // From the last, so that sources which end can be removed on the way.
        for index in ready.reversed() where !read(inputs[index], body) {
            if inputs[index].descriptor != .standardInput { inputs[index].descriptor.close() }
            if !goOn(inputs[index], body) { inputs.remove(at: index) }
        }
        return hasOther
    }

    /// Whether the source goes on.
    private func read(_ input: Input, _ body: (String, Piece) -> Void) -> Bool {
        let name = input.name
        do throws(SystemError) {
            let count = try input.descriptor.read(into: buffer)
            do throws(GzipDamage) {
                guard count > 0 else {
                    try input.content.finish()
                    input.framer.finish { body(name, .line($0)) }
                    return false
                }
                let chunk = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
                try input.content.append(chunk, through: expanded) { bytes in
                    input.framer.append(bytes) { body(name, .line($0)) }
                    body(name, .chunk(bytes))
                }
                return true
            } catch {
                body(name, .damaged(error))
                return false
            }
        } catch {
            input.framer.finish { body(name, .line($0)) }
            body(name, .failed(error))
            return false
        }
    }

    /// Opens the next file of a folder; false when there is none.
    private func goOn(_ input: Input, _ body: (String, Piece) -> Void) -> Bool {
        while let next = input.rest.popFirst() {
            do throws(SystemError) {
                input.descriptor = try .opening(next)
                input.name = next
                input.content = InputContent(mayBeGzip: input.mayBeGzip)
                input.framer = LineFramer(keepsCarriageReturns: true)
                return true
            } catch {
                body(next, .failed(error))
            }
        }
        return false
    }
}
