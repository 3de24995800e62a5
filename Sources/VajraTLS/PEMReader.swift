// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// Lets OpenSSL read a file that is in memory.
enum PEMReader {
    /// Gives `body` the bytes as an OpenSSL `BIO`, from their beginning.
    static func read<Result>(_ bytes: [UInt8], _ body: (OpaquePointer?) -> Result) -> Result {
        bytes.withUnsafeBytes { buffer in
            let input = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count))
            defer { BIO_free(input) }
            return body(input)
        }
    }
}
