// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VajraSystem

@Suite struct ChildProcessTests {
    /// Waits for the end of a process, as long as it takes within ten seconds.
    private func end(of process: ChildProcess) throws -> ProcessEnd {
        defer { FileDescriptor(process.exitDescriptor).close() }
        var watched = pollfd(fd: process.exitDescriptor, events: Int16(POLLIN), revents: 0)
        try #require(poll(&watched, 1, 10_000) == 1)
        return try #require(process.takeEnd())
    }

    private func shell(_ script: String, adding variables: [String] = []) throws -> ChildProcess {
        let command = ChildProcess.Command(arguments: ["sh", "-c", script], adding: variables)
        return try ChildProcess.start(command, input: nil, output: nil, error: nil)
    }

    @Test(arguments: [0, 3, 255] as [Int32])
    func `an exit status comes back`(status: Int32) throws {
        #expect(try end(of: shell("exit \(status)")) == .exited(status))
    }

    @Test(arguments: [SIGKILL, SIGTERM, SIGSEGV])
    func `so does the signal that ended it`(signal: Int32) throws {
        #expect(try end(of: shell("kill -\(signal) $$")) == .signalled(signal))
    }

    @Test func `a signal reaches the process and its children, and the end is there once`() throws {
        let process = try shell("sleep 100 & wait")
        #expect(process.takeEnd() == nil)
        process.signal(SIGKILL)
        #expect(try end(of: process) == .signalled(SIGKILL))
        #expect(process.takeEnd() == nil)
    }

    @Test func `a program that is missing is an error that names it`() {
        let command = ChildProcess.Command(arguments: ["/nonexistent/program"])
        let error = #expect(throws: SystemError.self) {
            try ChildProcess.start(command, input: nil, output: nil, error: nil)
        }
        #expect(error?.description == "start '/nonexistent/program': No such file or directory")
    }

    @Test func `no program at all is an error too`() {
        #expect(throws: SystemError.self) {
            try ChildProcess.start(ChildProcess.Command(arguments: []), input: nil, output: nil, error: nil)
        }
    }

    @Test func `input, output, errors and the environment reach the process`() throws {
        let (input, output) = (try Pipe(), try Pipe())
        let command = ChildProcess.Command(
            arguments: ["sh", "-c", "read x; echo $x $A $B; echo oops >&2"], adding: ["A=1"])
        let process = try ChildProcess.start(
            command, environment: ["B=2"], input: input.reading, output: output.writing, error: output.writing)
        output.writing.close()
        input.reading.close()
        try Array("in\n".utf8).withUnsafeBytes { try input.writing.writeAll($0) }
        input.writing.close()
        let said = try output.reading.readAll(atMost: 100)
        output.reading.close()
        #expect(String(decoding: said, as: UTF8.self) == "in 1 2\noops\n")
        #expect(try end(of: process) == .exited(0))
    }

    @Test func `a process without input reads its end at once`() throws {
        #expect(try end(of: shell("read x; test $? = 1")) == .exited(0))
    }
}

@Suite struct FileDescriptorTests {
    @Test func `bytes are read as they were written, to the end or to the limit`() throws {
        for limit in [5, 6, 3] {
            let pipe = try Pipe()
            try Array("hello".utf8).withUnsafeBytes { try pipe.writing.writeAll($0) }
            pipe.writing.close()
            #expect(try pipe.reading.readAll(atMost: limit) == Array("hello".utf8.prefix(limit)))
            pipe.reading.close()
        }
    }

    @Test func `more than the pipe holds is written while someone reads, also without blocking`() throws {
        let pipe = try Pipe()
        Pipe.makeNonBlocking(pipe.writing)
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
        let received = Monitor([UInt8]())
        let reader = try SystemThread(name: "reader") {
            let all = (try? pipe.reading.readAll(atMost: 2_000_000)) ?? []
            received.withState { $0 = all }
        }
        try bytes.withUnsafeBytes { try pipe.writing.writeAll($0) }
        pipe.writing.close()
        reader.join()
        pipe.reading.close()
        #expect(received.withState { $0 } == bytes)
    }

    @Test func `a reader that has gone is a broken pipe`() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = try Pipe()
        pipe.reading.close()
        defer { pipe.writing.close() }
        let error = #expect(throws: SystemError.self) { try [1].withUnsafeBytes { try pipe.writing.writeAll($0) } }
        #expect(error?.isBrokenPipe == true)
        #expect(error?.description == "write: Broken pipe")
    }

    @Test func `nothing to write is nothing written, whoever reads`() throws {
        let pipe = try Pipe()
        pipe.reading.close()
        defer { pipe.writing.close() }
        try pipe.writing.writeAll(UnsafeRawBufferPointer(start: nil, count: 0))
    }

    @Test func `a file that is missing is an error that names it`() {
        let opening = #expect(throws: SystemError.self) { try FileDescriptor.opening("/nonexistent/file") }
        #expect(opening?.description == "open /nonexistent/file: No such file or directory")
        let creating = #expect(throws: SystemError.self) { try FileDescriptor.creating("/nonexistent/file") }
        #expect(creating?.description == "create /nonexistent/file: No such file or directory")
    }

    @Test func `a pipe is a pipe and no terminal`() throws {
        let pipe = try Pipe()
        defer {
            pipe.reading.close()
            pipe.writing.close()
        }
        #expect(pipe.reading.isPipe && pipe.writing.isPipe)
        #expect(!pipe.reading.isTerminal)
        #expect(!FileDescriptor(-1).isPipe)
    }

    @Test func `of several inputs those that can be read or have ended are named`() throws {
        let (quiet, full, ended) = (try Pipe(), try Pipe(), try Pipe())
        let signals = try WakeEvent()
        defer { for end in [quiet.reading, quiet.writing, full.reading, full.writing, ended.reading] { end.close() } }
        try [1].withUnsafeBytes { try full.writing.writeAll($0) }
        ended.writing.close()
        let inputs = [quiet.reading, full.reading, ended.reading]
        #expect(InputPoll.wait(signals: signals.descriptor, inputs: inputs) == [1, 2])
        signals.signal()
        #expect(InputPoll.wait(signals: signals.descriptor, inputs: [quiet.reading]) == [])
        signals.clear()
        #expect(InputPoll.wait(signals: signals.descriptor, inputs: [quiet.reading], until: Clock.now()) == [])
    }
}

@Suite struct ProcessHealthTests {
    @Test func `this process has memory, processors, an id and a name`() {
        #expect(ProcessHealth.residentBytes() > 1_000_000)
        #expect((1...4096).contains(ProcessHealth.availableProcessors()))
        #expect(ProcessHealth.processID() == getpid())
        #expect(!ProcessHealth.hostName().isEmpty)
    }
}
