// SPDX-License-Identifier: Apache-2.0

/// A request and who made it: with this it can be answered later, by ``ControlServer/answer(_:with:)``.
package struct ControlCall: Sendable {
    /// What is asked for.
    package let request: ControlRequest
    /// The asker, by its ``ControlSession/number``.
    let session: UInt64
}
