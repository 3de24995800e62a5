// SPDX-License-Identifier: Apache-2.0

package import VajraModel

/// Decides when one stream's waiting lines are flushed and its file is closed. It reads no clock: each event brings the
/// time.
package struct FileSchedule: Sendable {
    private let policy: FilesPolicy
    private var waitingBytes = 0
    private var waitingSince: MonotonicInstant?
    private var openSince: MonotonicInstant?
    private var fileBytes: Int64 = 0

    /// The schedule of a stream without a file.
    package init(_ policy: FilesPolicy) {
        self.policy = policy
    }

    /// Whether the waiting lines must be flushed before a line of this many bytes joins them.
    package func mustFlush(before lineBytes: Int) -> Bool {
        waitingBytes > 0 && waitingBytes + lineBytes > policy.flushSize
    }

    /// A line of this many bytes now waits.
    package mutating func took(_ lineBytes: Int, at now: MonotonicInstant) {
        waitingBytes += lineBytes
        if waitingSince == nil { waitingSince = now }
        if openSince == nil { openSince = now }
    }

    /// The waiting lines were written, as this many bytes.
    package mutating func flushed(_ memberBytes: Int) {
        waitingBytes = 0
        waitingSince = nil
        fileBytes += Int64(memberBytes)
    }

    /// The file was closed; the next line begins another.
    package mutating func closed() {
        openSince = nil
        fileBytes = 0
    }

    /// Whether a line has waited for as long as one may.
    package func isFlushDue(at now: MonotonicInstant) -> Bool {
        flushInstant.map { $0 <= now } ?? false
    }

    /// Whether the file is full or old, and is closed after what waits is flushed.
    package func isRotationDue(at now: MonotonicInstant) -> Bool {
        fileBytes >= policy.rotateSize || rotationInstant.map { $0 <= now } ?? false
    }

    /// When to look next even if no line comes; nil when nothing waits.
    package var deadline: MonotonicInstant? {
        guard let rotationInstant else { return nil }
        return flushInstant.map { min($0, rotationInstant) } ?? rotationInstant
    }

    private var flushInstant: MonotonicInstant? {
        waitingSince?.advanced(byNanoseconds: policy.flushEvery.nanoseconds)
    }

    private var rotationInstant: MonotonicInstant? {
        openSince?.advanced(byNanoseconds: policy.rotateEvery.nanoseconds)
    }
}
