// SPDX-License-Identifier: Apache-2.0

import CZlib
import Foundation
import VajraExport
import VajraJSON

extension LineFactsReader {
    mutating func read(_ text: String) throws -> LineFacts {
        try Array(text.utf8).withUnsafeBytes { try read($0) }
    }
}

extension LineIntake {
    func take(_ text: String) throws -> Entry {
        try Array(text.utf8).withUnsafeBytes { try take($0) }
    }
}

/// A folder that is removed with the value.
final class TemporaryFolder {
    let path = "\(NSTemporaryDirectory())/vajra-export-tests-\(UUID().uuidString)"

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The paths of all files in it, sorted, relative to it.
    var files: [String] {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }

    func manifest() throws -> JSONValue {
        try JSONValue(parsing: try bytes(ExportFileName.manifest))
    }
}

/// The contents of each whole gzip member, by zlib's own inflate; what follows the last whole one is left out.
func gunzippedMembers(_ bytes: [UInt8]) -> [[UInt8]] {
    var members: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        var stream = z_stream()
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { break }
        defer { inflateEnd(&stream) }
        var input = Array(rest)
        var output = [UInt8](repeating: 0, count: 16 << 20)
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { break }
        members.append(Array(output[..<Int(stream.total_out)]))
        rest = rest.dropFirst(Int(stream.total_in))
    }
    return members
}
