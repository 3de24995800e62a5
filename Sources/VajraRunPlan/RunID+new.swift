// SPDX-License-Identifier: Apache-2.0

package import VajraModel
package import VajraSystem

extension RunID {
    /// A new unique id, with the time of the anchor.
    package static func new(at anchor: ClockAnchor) -> RunID {
        var random = SystemRandomNumberGenerator()
        return RunID(
            unixMilliseconds: UInt64(anchor.unixMicroseconds / 1000), random: (random.next(), random.next()))
    }
}
