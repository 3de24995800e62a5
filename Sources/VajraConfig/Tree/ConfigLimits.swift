// SPDX-License-Identifier: Apache-2.0

/// What a config may take up, so that no input, however made, costs memory or time without bound.
package enum ConfigLimits {
    /// Bytes of a file: 4 MiB.
    package static let mostBytes = 4 << 20
    /// Lists and mappings within each other.
    package static let deepest = 64
    /// Scalars, lists, mappings and keys, those that aliases repeat counted again.
    package static let mostNodes = 100_000
    /// Faults told of one config; no reader gets further, and each costs a search for what was meant.
    package static let mostFaults = 1000
    /// Bytes that variables and files may add in all: 16 MiB.
    package static let mostSubstituted = 16 << 20
}
