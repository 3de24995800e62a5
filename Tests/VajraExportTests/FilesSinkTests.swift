// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VajraExport
import VajraExportFiles
import VajraJSON
import VajraModel

@Suite struct FilesSinkTests {
    private let folder = TemporaryFolder()
    private let intake = LineIntake()

    private func output(
        _ policy: FilesPolicy = FilesPolicy(), replacing: Bool = false, report: @escaping (String) -> Void = { _ in }
    ) throws -> FilesSink {
        try FilesSink(
            directory: folder.path, policy: policy, replacing: replacing, toolVersion: "test", intake: intake,
            report: report)
    }

    private func give(_ text: String, to output: FilesSink, at milliseconds: Int64) throws {
        let entry = (try? intake.take(text)) ?? LineIntake.Entry(stream: .other)
        Array(text.utf8).withUnsafeBytes {
            output.take($0, entry, at: MonotonicInstant(nanoseconds: milliseconds * 1_000_000))
        }
    }

    private func line(_ type: String, _ sequence: Int) -> String {
        #"{"type":"\#(type)","v":1,"run_id":"run-one-1","source":"w","seq":\#(sequence)}"#
    }

    private func content(_ name: String) throws -> [String] {
        gunzippedMembers(try folder.bytes(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `a line is on the disk when its flush is due, and only then`() throws {
        let output = try output()
        let name = "logs/logs-run-one--00001.ndjson.gz.partial"
        try give(line("log", 1), to: output, at: 0)
        #expect(output.deadline == MonotonicInstant(nanoseconds: 1_000_000_000))
        output.tick(at: MonotonicInstant(nanoseconds: 999_999_999))
        #expect(try content(name) == [])
        output.tick(at: MonotonicInstant(nanoseconds: 1_000_000_000))
        #expect(try content(name) == [line("log", 1) + "\n"])
    }

    @Test func `the end gives every file its name and the manifest its state`() throws {
        let output = try output()
        try give(line("log", 1), to: output, at: 0)
        try give(line("snapshot", 2), to: output, at: 0)
        try give("no JSON", to: output, at: 0)
        let outcome = output.finish(.complete)
        #expect(!outcome.hasFailed && outcome.lost.isEmpty)
        #expect(
            folder.files == [
                "logs/logs-run-one--00001.ndjson.gz", "manifest.json", "metrics/metrics-run-one--00001.ndjson.gz",
                "other/other-norun-00001.ndjson.gz",
            ])
        #expect(try content("other/other-norun-00001.ndjson.gz") == ["no JSON\n"])
        let manifest = try folder.manifest()
        #expect(manifest["state"] == .string("complete"))
        #expect(manifest["run_ids"] == .array([.string("run-one-1")]))
        #expect(manifest["bad_lines"] == .int(1))
    }

    @Test func `in a hurry everything that waits is on the disk at once`() throws {
        let output = try output()
        for number in 1...3 { try give(line("log", number), to: output, at: 0) }
        output.hurry()
        let name = "logs/logs-run-one--00001.ndjson.gz.partial"
        #expect(try content(name) == [(1...3).map { line("log", $0) + "\n" }.joined()])
        _ = output.finish(.interrupted)
        #expect(try folder.manifest()["state"] == .string("interrupted"))
    }

    @Test func `no line leaves no file and no manifest`() throws {
        _ = try output().finish(.complete)
        #expect(folder.files == [])
    }

    @Test func `an export that is there already is refused, or replaced by the first line of another`() throws {
        let first = try output()
        try give(line("log", 1), to: first, at: 0)
        _ = first.finish(.complete)
        let before = folder.files
        #expect(throws: FilesError.self) { try output() }
        let second = try output(replacing: true)
        #expect(folder.files == before, "nothing is removed before there is something else")
        try give(line("snapshot", 2), to: second, at: 0)
        _ = second.finish(.complete)
        #expect(folder.files == ["manifest.json", "metrics/metrics-run-one--00001.ndjson.gz"])
    }

    @Test func `files of others in the directory are let be`() throws {
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/logs", withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: "\(folder.path)/logs/notes.txt", contents: Data()))
        let output = try output(replacing: true)
        try give(line("log", 1), to: output, at: 0)
        _ = output.finish(.complete)
        #expect(folder.files.contains("logs/notes.txt"))
    }

    @Test func `a stream whose file cannot be made is counted, and the others go on`() throws {
        // A folder of the very name, which --force does not remove.
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/logs/logs-run-one--00001.ndjson.gz.partial", withIntermediateDirectories: true)
        var reports: [String] = []
        let output = try output(replacing: true) { reports.append($0) }
        for number in 1...3 { try give(line("log", number), to: output, at: 0) }
        try give(line("snapshot", 4), to: output, at: 0)
        let outcome = output.finish(.complete)
        #expect(outcome.hasFailed)
        #expect(outcome.lost.lines == 3)
        #expect(reports.count == 1)
        #expect(outcome.losses.count == 1)
        #expect(try content("metrics/metrics-run-one--00001.ndjson.gz") == [line("snapshot", 4) + "\n"])
        #expect(try folder.manifest()["state"] == .string("failed"))
    }

    @Test func `full and old files are followed by others that go on where they end`() throws {
        var policy = FilesPolicy()
        policy.flushSize = 200
        policy.rotateSize = 1
        let output = try output(policy)
        let lines = (1...9).map { line("log", $0) }
        for text in lines { try give(text, to: output, at: 0) }
        _ = output.finish(.complete)
        let names = folder.files.filter { $0.hasPrefix("logs/") }
        #expect(names.count > 2)
        #expect(names.first == "logs/logs-run-one--00001.ndjson.gz")
        #expect(try names.flatMap(content).joined() == lines.map { $0 + "\n" }.joined())
    }
}
