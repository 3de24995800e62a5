// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// Elapsed time in whole seconds, so that the text changes once a second.
package enum ClockText {
    /// A length in nanoseconds, such as `12 s`, `1 m 12 s`, `2 h 5 m`; below a second as measured, 0 is `0 s`.
    package static func text(_ nanoseconds: Int64) -> String {
        if nanoseconds > 0, nanoseconds < 1_000_000_000 { return DurationText.text(UInt64(nanoseconds)) }
        let seconds = max(0, nanoseconds) / 1_000_000_000
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) m \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds % 3600 / 60) m"
    }
}
