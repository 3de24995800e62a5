// SPDX-License-Identifier: Apache-2.0

extension Histogram {
    /// Cuts the range of values into `n` parts with numbers of non-empty buckets that differ by one at most.
    ///
    /// Merging the parts, in any order, gives back this histogram, unless its counts add up to more than `Int64.max`.
    /// There are always `n` parts, so that several histograms can be split side by side. With fewer non-empty buckets,
    /// the last parts are empty. An `n` outside 1 ... 33 792 counts as the nearer end.
    package func split(into n: Int) -> [Histogram] {
        let partCount = Swift.min(Swift.max(n, 1), BucketLayout.count)
        let filled = touchedIndices.filter { counts[$0] > 0 }
        let (quotient, remainder) = filled.count.quotientAndRemainder(dividingBy: partCount)
        var rest = filled[...]
        return (0..<partCount).map { position in
            let indices = rest.prefix(quotient + (position < remainder ? 1 : 0))
            rest = rest.dropFirst(indices.count)
            return part(indices)
        }
    }

    /// A histogram of the counts at `indices` alone, which ascend.
    private func part(_ indices: ArraySlice<Int>) -> Histogram {
        var part = Histogram()
        guard let last = indices.last else { return part }
        part.growStorage(to: last + 1)
        for index in indices {
            part.add(counts[index], at: index)
        }
        return part
    }
}
