// SPDX-License-Identifier: Apache-2.0

/// How much of a message a scanner reads before it calls the peer broken; all limits are inclusive.
///
/// They bound the memory of one connection: a scanner never keeps more than its longest unfinished line.
package struct HTTPLimits: Sendable, Equatable {
    /// Bytes of one head (start line, fields and the empty line), 1 or more.
    package var headBytes: Int
    /// Field lines in one head or trailer section.
    package var fields: Int
    /// Bytes of one chunk-size line with its extensions, 1 or more.
    package var chunkLineBytes: Int
    /// Bytes of the trailer section after the last chunk, with its empty line, 1 or more.
    package var trailerBytes: Int
    /// 1xx responses skipped before the final one.
    package var interimResponses: Int

    /// The limits of a response: as many fields as fit in its head, as in curl, Go and nginx.
    package static let response = HTTPLimits(fields: .max)

    /// Makes limits; what is not given is 64 KiB of head, 100 fields, 4 KiB chunk lines, 16 KiB of trailers, 16
    /// interims.
    package init(
        headBytes: Int = 65_536, fields: Int = 100, chunkLineBytes: Int = 4_096, trailerBytes: Int = 16_384,
        interimResponses: Int = 16
    ) {
        self.headBytes = max(1, headBytes)
        self.fields = max(0, fields)
        self.chunkLineBytes = max(1, chunkLineBytes)
        self.trailerBytes = max(1, trailerBytes)
        self.interimResponses = max(0, interimResponses)
    }
}
