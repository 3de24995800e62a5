// SPDX-License-Identifier: Apache-2.0

import VajraModel
import VajraSystem

/// A generator as a child process: vajra-gen or the user's own load tool, with pipes for its stream and its messages.
///
/// It has a process group of its own, so that a Ctrl-C reaches it once, through this process, and not twice. It is not
/// killed when this process dies: it sees that its stream has no reader, and ends in order.
struct GeneratorProcess {
    let stream: FileDescriptor
    /// What it says to people.
    let words: FileDescriptor
    private let process: ChildProcess

    /// Starts the program; it reads this process's standard input only if `inheritsInput`.
    ///
    /// - Throws: ``SystemError`` naming the program.
    init(program: String, arguments: [String], inheritsInput: Bool) throws(SystemError) {
        let output = try Pipe()
        let error = try Pipe()
        // Closes this process's copies: while they are open, the pipes do not end.
        defer {
            output.writing.close()
            error.writing.close()
        }
        process = try ChildProcess.start(
            ChildProcess.Command(arguments: [program] + arguments), input: inheritsInput ? .standardInput : nil,
            output: output.writing, error: error.writing, isGuarded: false)
        stream = output.reading
        words = error.reading
    }

    /// The program that stands beside this one, else the one on the `PATH`.
    static func beside(_ name: String) -> String {
        guard let folder = ProcessHealth.programFolder(), FileDescriptor.isProgram("\(folder)/\(name)") else {
            return name
        }
        return "\(folder)/\(name)"
    }

    /// Readable when it has ended.
    var exit: FileDescriptor { FileDescriptor(process.exitDescriptor) }

    /// Passes a signal on.
    func signal(_ number: Int32) {
        process.signal(number)
    }

    /// Waits for its end, and forces it at the deadline.
    func waitForEnd(until deadline: MonotonicInstant) -> ProcessEnd {
        defer { exit.close() }
        if !InputPoll.waitToRead(from: exit, until: deadline) {
            process.signal(ProcessSignals.kill)
            _ = InputPoll.waitToRead(from: exit, until: .distantFuture)
        }
        return process.takeEnd() ?? .signalled(0)
    }
}
