// SPDX-License-Identifier: Apache-2.0

extension Histogram {
    /// The lowest value, in ns, of the lowest non-empty bucket; 0 when empty.
    package var min: UInt64 {
        isEmpty ? 0 : BucketLayout.lowest(at: lowIndex)
    }

    /// The highest value, in ns, of the highest non-empty bucket; 0 when empty. At most 0.1 % above the recorded value.
    package var max: UInt64 {
        isEmpty ? 0 : BucketLayout.highest(at: highIndex)
    }

    /// The mean in ns, each bucket standing for its middle value (HdrHistogram's `getMean`); 0 when empty.
    ///
    /// The sum is an exact integer, so the mean does not depend on the order of merges.
    package var mean: Double {
        guard !isEmpty else { return 0 }
        var sum: UInt128 = 0
        // Counted anew, because `totalCount` may have stopped at its ceiling.
        var total: UInt128 = 0
        for index in touchedIndices {
            sum += UInt128(BucketLayout.median(at: index)) * UInt128(counts[index])
            total += UInt128(counts[index])
        }
        return Double(sum) / Double(total)
    }

    /// The value, in ns and to 3 digits, that the share `q` of all recorded values does not exceed; 0 when empty.
    ///
    /// It is the highest value of the bucket with rank ⌈q × `totalCount`⌉, counted from 1. For `q` = 0 it is the lowest
    /// value of the first bucket. A `q` outside 0 ... 1 counts as the nearer end, NaN as 0.
    ///
    /// Source: `AbstractHistogram.getValueAtPercentile` of HdrHistogram (Java), the reference. The C and Python ports
    /// round the rank to the nearest instead, so their value may be too low by one rank.
    package func value(atQuantile q: Double) -> UInt64 {
        guard !isEmpty else { return 0 }
        guard q > 0 else { return min }
        let wanted = rank(ofQuantile: q)
        var seen: UInt64 = 0
        for index in touchedIndices {
            seen = Self.saturatingSum(seen, counts[index])
            if seen >= wanted {
                return BucketLayout.highest(at: index)
            }
        }
        return max
    }

    /// ⌈q × `totalCount`⌉ in 1 ... `totalCount`, for a `q` above 0.
    private func rank(ofQuantile q: Double) -> UInt64 {
        // One ulp less: in binary 0.55 × 100 is 55.000000000000007, which would round up to rank 56.
        let share = Swift.min(q, 1).nextDown * Double(totalCount)
        // Rounds up by hand: `rounded(.up)` calls libm's `ceil`, which nothing else here links.
        let below = UInt64(share)
        return Swift.min(Double(below) < share ? below + 1 : Swift.max(below, 1), totalCount)
    }

    /// Calls `body` for every non-empty bucket, from the lowest up, with its lowest and highest value in ns.
    package func forEachBucket(_ body: (_ lowest: UInt64, _ highest: UInt64, _ count: UInt64) -> Void) {
        for index in touchedIndices where counts[index] > 0 {
            body(BucketLayout.lowest(at: index), BucketLayout.highest(at: index), counts[index])
        }
    }
}
