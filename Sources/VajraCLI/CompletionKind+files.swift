// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser

extension CompletionKind {
    /// Files that hold a config, by the names that such files have.
    package static var config: CompletionKind { .file(extensions: ["yaml", "yml", "json"]) }

    /// Files that hold a stream.
    package static var stream: CompletionKind { .file(extensions: ["ndjson", "jsonl", "json"]) }
}
