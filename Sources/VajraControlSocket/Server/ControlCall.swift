// SPDX-License-Identifier: Apache-2.0

/// A request and its asker, so that ``ControlServer/answer(_:with:)`` can answer it later.
package struct ControlCall: Sendable {
    /// What is asked for.
    package let request: ControlRequest
    /// The asker, by its ``ControlSession/number``.
    let session: UInt64
}
