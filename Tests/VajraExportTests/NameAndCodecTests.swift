// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraExport

@Suite struct ExportFileNameTests {
    @Test(arguments: [
        (
            "the first eight characters of an id", "01937c2e-1111-7222-8333-444455556666", 1,
            "logs/logs-01937c2e-00001.ndjson.gz"
        ),
        ("a short id", "ci", 12, "logs/logs-ci-00012.ndjson.gz"),
        ("a colon, which some file systems refuse", "a:b", 1, "logs/logs-a_b-00001.ndjson.gz"),
        ("a number beyond five digits", "ci", 123_456, "logs/logs-ci-123456.ndjson.gz"),
        ("no run at all", nil, 1, "logs/logs-norun-00001.ndjson.gz"),
        ("a run that would leave the folder", "../../etc", 1, "logs/logs-norun-00001.ndjson.gz"),
    ])
    func `a name holds the stream, the run and the number`(story: String, runID: String?, number: Int, name: String) {
        let made = ExportFileName(.logs, runID: runID, number: number)
        #expect(made.description == name, "\(story)")
        #expect(made.partial == name + ".partial")
        #expect(ExportFileName.isOurs(made.base, in: .logs))
        #expect(ExportFileName.isOurs(made.base + ".partial", in: .logs))
    }

    @Test(arguments: ["notes.txt", "metrics-x-00001.ndjson.gz", "logs-x-00001.ndjson", "my-logs-x-00001.ndjson.gz"])
    func `a file of another's making is not ours`(name: String) {
        #expect(!ExportFileName.isOurs(name, in: .logs))
    }
}

@Suite struct GzipEncoderTests {
    private func text(_ count: Int) -> [UInt8] {
        Array(
            (0..<count).map { "{\"type\":\"log\",\"seq\":\($0),\"body\":\"\($0 &* 7919 % 104729)\"}\n" }.joined().utf8)
    }

    @Test func `members in a row read back as what was given`() throws {
        var encoder = try GzipEncoder()
        let inputs = [text(1), [], text(20_000), Array("x".utf8)]
        var file: [UInt8] = []
        for input in inputs { file += try encoder.member(of: input) }
        #expect(gunzippedMembers(file) == inputs)
    }

    @Test func `a file cut at any byte reads up to the last whole member`() throws {
        var encoder = try GzipEncoder()
        var file: [UInt8] = []
        var ends = [0]
        for count in 1...4 {
            file += try encoder.member(of: text(count))
            ends.append(file.count)
        }
        for length in file.indices {
            let whole = ends.lastIndex { $0 <= length } ?? 0
            #expect(gunzippedMembers(Array(file[..<length])) == (0..<whole).map { text($0 + 1) })
        }
    }

    @Test func `in a hurry it still writes members, and larger ones`() throws {
        var encoder = try GzipEncoder()
        let calm = try encoder.member(of: text(20_000)).count
        encoder.hurry()
        let member = Array(try encoder.member(of: text(20_000)))
        #expect(gunzippedMembers(member) == [text(20_000)])
        #expect(member.count > calm)
    }

    @Test func `the same lines make the same bytes`() throws {
        var one = try GzipEncoder()
        var other = try GzipEncoder()
        _ = try other.member(of: text(3))
        let (left, right) = (try one.member(of: text(100)), try other.member(of: text(100)))
        #expect(left == right)
    }
}
