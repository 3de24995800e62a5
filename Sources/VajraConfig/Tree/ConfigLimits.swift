// SPDX-License-Identifier: Apache-2.0

/// The limits of a config. They bound memory and time for any input.
package enum ConfigLimits {
    /// Bytes of a file: 4 MiB.
    package static let mostBytes = 4 << 20
    /// Lists and mappings within each other.
    package static let deepest = 64
    /// Scalars, lists, mappings and keys; those that aliases repeat count again.
    package static let mostNodes = 100_000
    /// Reported faults of one config. Nobody reads more, and each costs a search for the meant word.
    package static let mostFaults = 1000
    /// Bytes that variables and files may add in all: 16 MiB.
    package static let mostSubstituted = 16 << 20
}
