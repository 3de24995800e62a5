// SPDX-License-Identifier: Apache-2.0

/// The version of all tools of this package.
package enum ToolVersion {
    /// SemVer; docs/CHANGELOG.md says what each brought.
    package static let current = "0.1.0-dev"
}
