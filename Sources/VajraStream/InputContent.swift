// SPDX-License-Identifier: Apache-2.0

import VajraExport

/// Turns the bytes of a source into the bytes of its lines. The first two bytes tell whether they are gzip data.
struct InputContent {
    private enum Form {
        case unknown
        /// One byte has come, and it is gzip's first.
        case perhapsGzip
        case plain
        case gzip(GzipDecoder)
    }

    private var form: Form

    /// - Parameter mayBeGzip: False for a source that is known not to be compressed.
    init(mayBeGzip: Bool) {
        form = mayBeGzip ? .unknown : .plain
    }

    /// Takes the next bytes of the source, and gives the bytes of its lines.
    ///
    /// - Throws: ``GzipDamage``, after it has given everything before the damage.
    mutating func append(
        _ chunk: UnsafeRawBufferPointer, through buffer: UnsafeMutableRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(GzipDamage) {
        guard let first = chunk.first else { return }
        let magic = GzipDecoder.magic
        switch form {
        case .plain: return body(chunk)
        case .gzip(let decoder): return try decoder.append(chunk, through: buffer, body)
        case .unknown where first != magic.0: form = .plain
        case .unknown where chunk.count == 1: return form = .perhapsGzip
        case .unknown: form = chunk[1] == magic.1 ? .gzip(try GzipDecoder()) : .plain
        case .perhapsGzip:
            form = first == magic.1 ? .gzip(try GzipDecoder()) : .plain
            try withUnsafeBytes(of: magic.0) { (bytes) throws(GzipDamage) in try append(bytes, through: buffer, body) }
        }
        try append(chunk, through: buffer, body)
    }

    /// Ends the content.
    ///
    /// - Throws: ``GzipDamage`` when it is cut off.
    func finish() throws(GzipDamage) {
        if case .gzip(let decoder) = form { try decoder.finish() }
    }
}
