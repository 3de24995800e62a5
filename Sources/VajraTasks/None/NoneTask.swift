// SPDX-License-Identifier: Apache-2.0

import VajraEngine
package import VajraLifecycle

/// The task that does nothing. A run of it measures the generator itself.
package struct NoneTask: BuiltInTask {
    package init() {}

    /// A success, at once.
    package func execute(_ iteration: Iteration) async throws -> Outcome {
        .success
    }
}
