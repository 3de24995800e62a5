// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTarget

@Suite struct BodySizesTests {
    @Test(arguments: [("2", [2]), ("0", [0]), ("64KiB", [65_536]), ("1B..4B", [1, 2, 3, 4]), ("5..5", [5])])
    func `sizes are read`(text: String, wanted: [Int]) {
        #expect(BodySizes(parsing: text)?.bytes == wanted)
    }

    @Test func `a wide range has 64 sizes, its ends among them, evenly spread`() throws {
        let sizes = try #require(BodySizes(parsing: "1KiB..64KiB")).bytes
        #expect(sizes.count == 64)
        #expect(sizes.first == 1024 && sizes.last == 65_536)
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $1 - $0 == 1024 })
    }

    @Test(arguments: ["", "x", "-1", "1.5", "65MiB", "4..1", "1..", "1..65MiB"])
    func `anything else is refused`(text: String) {
        #expect(BodySizes(parsing: text) == nil)
    }
}
