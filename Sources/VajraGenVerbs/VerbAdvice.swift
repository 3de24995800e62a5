// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraModel
import VajraSystem

/// Advice for a command line that the user meant in another way: a URL without its verb, a misspelt verb, a flag of
/// another tool. The parser would take the first word as a config file, and suggest flags with similar spelling.
package enum VerbAdvice {
    private static let verbs = ["run", "http", "command", "none", "help"]
    private static let flags = [
        "--duration": "--for", "--time": "--for", "--rps": "--rate", "--qps": "--rate", "--users": "--concurrency",
        "--vus": "--concurrency", "--threads": "--lanes", "--requests": "--count", "--iterations-count": "--count",
        "--method-name": "--method", "--data": "--body", "--headers": "--header",
        "--insecure-skip-verify": "--insecure",
    ]

    /// The advice, one sentence; nil for a command line that may be right.
    ///
    /// - Parameter isFile: Whether there is a file of that name.
    package static func text(
        for arguments: [String], verbs own: [String] = [], isFile: (String) -> Bool = { FileDescriptor.isThere($0) }
    ) -> String? {
        let words = Array(arguments.prefix { $0 != "--" })
        let verbs = VerbAdvice.verbs + own
        if let first = words.first, !first.utf8.starts(with: "-".utf8), !verbs.contains(first), !isFile(first) {
            if first.cut(at: ":")?.after.utf8.starts(with: "//".utf8) == true {
                return "'\(first)' is a URL; did you mean 'http \(first)'?"
            }
            if let verb = Spelling.nearest(to: first, among: verbs) {
                return "'\(first)' is neither a verb nor a config file; did you mean '\(verb)'?"
            }
        }
        for word in words {
            let name = word.cut(at: "=")?.before ?? word
            if let meant = flags[name] { return "there is no \(name); did you mean \(meant)?" }
        }
        return nil
    }
}
