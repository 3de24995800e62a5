// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// Which iterations of a scenario one lane owns: those with k ≡ offset (mod stride).
///
/// Lane l of L on source a of n owns k = (a − 1) + n · (l + L · i): offset (a − 1) + n · l, stride n · L. So
/// neighbouring iterations go to different sources, and every lane has 1/(n · L) of any rate.
/// Each k has exactly one owner among the n · L lanes, whatever n and L are.
package struct IterationShare: Hashable, Sendable {
    /// Segments times lanes: 65 536 of each.
    package static let largestStride: UInt64 = 1 << 32
    package static let whole = IterationShare(checked: 0, 1)

    /// The first owned iteration, from 0 to `stride` − 1.
    package let offset: UInt64
    /// The distance between owned iterations, from 1 to `largestStride`.
    package let stride: UInt64

    /// Owns k = offset + i · stride; throws `noSuchShare` unless 0 ≤ offset < stride ≤ `largestStride`.
    package init(offset: UInt64, stride: UInt64) throws(PlanError) {
        guard offset < stride, stride <= Self.largestStride else {
            throw .noSuchShare(offset: offset, stride: stride)
        }
        self.init(checked: offset, stride)
    }

    /// The share of lane `lane` (from 0) of `lanes` on the source that has `segment`; throws `noSuchShare`.
    package init(of segment: Segment, lane: Int, of lanes: Int) throws(PlanError) {
        let sources = UInt64(segment.count)
        guard lane >= 0, lane < lanes, UInt64(lanes) <= Self.largestStride / sources else {
            throw .noSuchShare(offset: UInt64(max(0, lane)), stride: UInt64(max(0, lanes)))
        }
        self.init(checked: UInt64(segment.index - 1) + sources * UInt64(lane), sources * UInt64(lanes))
    }

    /// How many owned iterations have an index below `limit`.
    package func count(below limit: UInt64) -> UInt64 {
        limit > offset ? (limit - offset - 1) / stride + 1 : 0
    }

    /// The first owned index that is not below `index`, which must be at most 2^63.
    package func first(from index: UInt64) -> UInt64 { offset + count(below: index) * stride }

    private init(checked offset: UInt64, _ stride: UInt64) {
        self.offset = offset
        self.stride = stride
    }
}
