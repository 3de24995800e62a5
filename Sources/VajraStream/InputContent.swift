// SPDX-License-Identifier: Apache-2.0

import VajraExport

/// The lines' bytes in what a source gives: as they are, or out of gzip, which the first two bytes tell.
struct InputContent {
    private enum Form {
        case unknown
        /// One byte has come, and it is gzip's first.
        case perhapsGzip
        case plain
        case gzip(GzipDecoder)
    }

    private var form: Form

    /// The content of a source that may be compressed, or is known not to be.
    init(mayBeGzip: Bool) {
        form = mayBeGzip ? .unknown : .plain
    }

    /// Takes the next bytes of the source, and gives those of its lines.
    ///
    /// - Throws: ``GzipDamage``; what came before it has been given.
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
