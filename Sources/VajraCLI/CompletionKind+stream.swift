// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser

extension CompletionKind {
    /// Files that hold a stream, by the names that such files have.
    package static var stream: CompletionKind { .file(extensions: ["ndjson", "jsonl", "json"]) }
}
