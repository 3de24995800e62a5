// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraTemplate

/// A URL with values from its path on: where it goes, and the template of its target.
struct TargetTemplate {
    let url: HTTPURL
    /// The target in origin-form, with its constant parts percent-encoded.
    let target: Template

    /// - Throws: ``HTTPURLError``, also for a value before the path; its offsets are those of the whole text.
    init(_ template: Template) throws(HTTPURLError) {
        guard case .text(let start)? = template.pieces.first, let scheme = start.utf8.firstRange(of: "://".utf8),
            let end = start.utf8[scheme.upperBound...].firstIndex(where: "/?#".utf8.contains)
        else { throw HTTPURLError(.valueBeforePath, at: template.references.first?.offset ?? 0) }
        url = try HTTPURL(String(start[..<end]))
        var pieces: [Template.Piece] = []
        var offset = start.utf8.distance(from: start.startIndex, to: end)
        reading: for (index, piece) in template.pieces.enumerated() {
            switch piece {
            case .value(let reference):
                pieces.append(piece)
                offset = reference.offset + reference.source.utf8.count
            case .text(let text):
                let literal = index == 0 ? String(start[end...]) : text
                let (encoded, isLast) = try Self.encoded(literal, at: offset)
                // A query without a path before it has the path "/".
                let isRoot = index == 0 && !encoded.hasPrefix("/")
                pieces.append(.text((isRoot ? "/" : "") + encoded))
                if isLast { break reading }
            }
        }
        target = Template(pieces: pieces)
    }

    private static func encoded(_ text: String, at offset: Int) throws(HTTPURLError) -> (String, Bool) {
        do throws(HTTPURLError) {
            return try HTTPURL.targetPiece(text)
        } catch {
            throw HTTPURLError(error.cause, at: error.offset + offset)
        }
    }
}
