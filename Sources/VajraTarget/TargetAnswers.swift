// SPDX-License-Identifier: Apache-2.0

import VajraHTTP

/// A response, ready to be sent.
struct TargetAnswer {
    let head: UnsafeRawBufferPointer
    let body: UnsafeRawBufferPointer
}

/// The responses of one status, made once: a head for each size of body, and the largest body. The other bodies are its
/// beginning.
final class TargetAnswers {
    private let heads: [UnsafeMutableRawBufferPointer]
    private let sizes: [Int]
    private let body: UnsafeMutableRawBufferPointer

    init(status: Int, sizes: BodySizes) {
        self.sizes = sizes.bytes
        let content =
            sizes.bytes == [2] ? Array("ok".utf8) : [UInt8](repeating: UInt8(ascii: "x"), count: sizes.bytes.max() ?? 0)
        body = .allocate(byteCount: content.count, alignment: 16)
        body.copyBytes(from: content)
        heads = sizes.bytes.map { size in
            let response = HTTPResponseEncoder(
                status: status, fields: [HTTPField("Server", "vajra-target"), HTTPField("Content-Type", "text/plain")],
                body: Array(content.prefix(size)), isHeadRequest: true)
            guard let bytes = try? response.encoded() else { preconditionFailure("a fixed response is always valid") }
            let head = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
            head.copyBytes(from: bytes)
            return head
        }
    }

    deinit {
        for head in heads { head.deallocate() }
        body.deallocate()
    }

    /// One of them; the bytes live as long as this object.
    func draw(_ random: inout some RandomNumberGenerator, isHead: Bool) -> TargetAnswer {
        let index = heads.count == 1 ? 0 : Int.random(in: heads.indices, using: &random)
        return TargetAnswer(
            head: UnsafeRawBufferPointer(heads[index]),
            body: UnsafeRawBufferPointer(rebasing: body[0..<(isHead ? 0 : sizes[index])]))
    }
}
