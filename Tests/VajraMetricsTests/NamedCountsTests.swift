// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics

@Suite struct NamedCountsTests {
    private static func counts(_ names: some Sequence<String>) -> NamedCounts {
        names.reduce(into: NamedCounts()) { $0.add($1) }
    }

    @Test func `names are counted, and listed in their order`() {
        let counts = Self.counts(["timeout", "dns", "timeout"])
        #expect(counts.sorted.map(\.name) == ["dns", "timeout"])
        #expect(counts.sorted.map(\.count) == [1, 2])
        #expect(counts.total == 3)
    }

    @Test func `the hundred names that sort first are kept, and the others count as other`() {
        for names in [Array(0..<150), (0..<150).reversed()] {
            let counts = Self.counts(names.map { "kind_\(1000 + $0)" })
            #expect(counts.sorted.dropLast().map(\.name) == (0..<100).map { "kind_\(1000 + $0)" })
            #expect(counts.sorted.last?.name == NamedCounts.rest)
            #expect(counts.sorted.last?.count == 50)
            #expect(counts.total == 150)
        }
    }

    @Test func `a name that is known is counted when there is no room for new ones`() {
        var counts = Self.counts((0..<100).map { "kind_\(1000 + $0)" })
        counts.add("kind_1000", 5)
        #expect(counts.sorted.first?.count == 6)
        #expect(counts.total == 105)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `merging is the same in any order and grouping, however many names there are`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let parts = (0..<4).map { _ in
            Self.counts((0..<80).map { _ in "kind_\(UInt64.random(in: 1000..<1250, using: &random))" })
        }
        let straight = parts.reduce(into: NamedCounts()) { $0.merge($1) }
        let shuffled = parts.shuffled(using: &random).reduce(into: NamedCounts()) { $0.merge($1) }
        var (left, right) = (parts[0], parts[2])
        left.merge(parts[1])
        right.merge(parts[3])
        left.merge(right)
        #expect(shuffled == straight)
        #expect(left == straight)
        #expect(straight.total == 320)
    }

    @Test func `a long name is cut to 64 bytes`() {
        let counts = Self.counts([String(repeating: "x", count: 65), String(repeating: "x", count: 1000)])
        #expect(counts.sorted.map(\.name) == [String(repeating: "x", count: 64)])
        #expect(counts.total == 2)
    }

    @Test(arguments: [("é", 63), ("é", 62), ("€", 62), ("👍🏽", 60), ("e\u{301}", 63)])
    func `a long name is cut between characters`(character: String, lead: Int) throws {
        let counts = Self.counts([String(repeating: "x", count: lead) + character + "y"])
        let name = try #require(counts.sorted.first?.name)
        #expect(name.utf8.count <= NamedCounts.nameLength)
        #expect(name.utf8.count >= lead)
        #expect(!name.unicodeScalars.contains("\u{fffd}"))
    }

    @Test func `merging adds the counts of both, whichever comes first`() {
        let (left, right) = (Self.counts(["a", "b"]), Self.counts(["b", "c"]))
        var (leftFirst, rightFirst) = (left, right)
        leftFirst.merge(right)
        rightFirst.merge(left)
        #expect(leftFirst == rightFirst)
        #expect(leftFirst.sorted.map(\.count) == [1, 2, 1])
    }

    @Test func `merging stays within the limit and loses no count`() {
        var sum = Self.counts((0..<80).map { "left_\($0)" })
        sum.merge(Self.counts((0..<80).map { "right_\($0)" }))
        #expect(sum.sorted.count == NamedCounts.nameLimit + 1)
        #expect(sum.total == 160)
    }

    @Test func `codes are listed before names, whatever way they came`() {
        var counts = StatusCounts()
        counts.add(name: "ok", count: 1)
        counts.add(code: 503)
        counts.add(name: "200", count: 2)
        counts.add(code: 200)
        counts.add(code: -1)
        counts.add(code: 600)
        counts.add(name: "0200", count: 1)
        #expect(counts.sorted.map(\.name) == ["200", "503", "-1", "0200", "600", "ok"])
        #expect(counts.sorted.map(\.count) == [3, 1, 1, 1, 1, 1])
        var other = StatusCounts()
        other.merge(counts)
        #expect(other == counts)
        other.merge(counts)
        #expect(other.sorted.map(\.count) == [6, 2, 2, 2, 2, 2])
    }
}
