// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@Suite struct ByteSizeTests {
    @Test(
        arguments: [
            ("512", 512, "512B"),
            ("512B", 512, "512B"),
            ("0", 0, "0B"),
            ("64KiB", 65_536, "64KiB"),
            ("65536", 65_536, "64KiB"),
            ("1MB", 1_000_000, "1MB"),
            ("1kB", 1000, "1kB"),
            ("1KB", 1000, "1kB"),
            ("1.5MB", 1_500_000, "1500kB"),
            ("1.5GiB", 1_610_612_736, "1536MiB"),
            ("2TB", 2_000_000_000_000, "2TB"),
            ("9223372036854775807", Int64.max, "9223372036854775807B"),
        ] as [(String, Int64, String)])
    func `a size is read exactly and printed canonically`(text: String, bytes: Int64, canonical: String) throws {
        let size = try ByteSize(parsing: text)
        #expect(size.bytes == bytes)
        #expect(size.description == canonical)
        #expect(try ByteSize(parsing: canonical) == size)
    }

    @Test(
        arguments: [
            ("", .empty, 0),
            ("KiB", .notANumber, 0),
            ("-1B", .negative, 0),
            ("64kib", .unknownUnit, 2),
            ("64 KiB", .trailingText, 2),
            ("1.5B", .tooFine, 0),
            ("1.2345KiB", .tooFine, 0),
            ("8388608TiB", .tooLarge, 0),
            ("1MB1kB", .trailingText, 3),
        ] as [(String, UnitParseError.Code, Int)])
    func `a faulty size is refused with its place`(text: String, code: UnitParseError.Code, offset: Int) throws {
        let error = try #require(throws: UnitParseError.self) { try ByteSize(parsing: text) }
        #expect(error.code == code)
        #expect(error.offset == offset)
    }

    @Test func `a negative size is zero and sizes compare`() {
        #expect(ByteSize(bytes: -1) == ByteSize(bytes: 0))
        #expect(ByteSize(bytes: 1) < ByteSize(bytes: 2))
    }
}
