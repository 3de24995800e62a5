// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel
import VajraTasks
import VajraTemplate

extension HTTPCommand {
    /// The body as `--body` or `--body-file` gives it. As in curl, a text that begins with @ names a file.
    private func setBody(of task: inout HTTPTaskConfig) throws {
        if let named = body?.rest(after: "@") {
            guard !named.isEmpty else { throw ValidationError("--body '@': name a file behind it, or write @@ for @.") }
            if named.rest(after: "@") != nil {
                task.body = named
            } else {
                task.bodyFile = named == "-" ? "/dev/stdin" : named
            }
        } else {
            task.body = body ?? ""
        }
        if let bodyFile {
            guard body == nil else { throw ValidationError("--body-file stands beside --body: give one of the two.") }
            guard !bodyFile.isEmpty else { throw ValidationError("--body-file needs a path.") }
            task.bodyFile = bodyFile
        }
    }

    /// What the flags say about files, feeds, cookies and redirects.
    ///
    /// - Throws: `ValidationError` naming the flag and the remedy.
    func setContent(of task: inout HTTPTaskConfig) throws {
        try setBody(of: &task)
        for text in feed {
            guard let (name, path) = text.cut(at: "="), TemplateReference.isName(name), !path.isEmpty else {
                throw ValidationError("--feed '\(text)': write NAME=PATH, NAME of A-Z a-z 0-9 _ -")
            }
            guard !task.feeds.contains(where: { $0.name == name }) else {
                throw ValidationError("--feed '\(text)': there is another feed '\(name)'.")
            }
            task.feeds.append(HTTPTaskConfig.FeedSource(name: name, file: path, order: feedOrder))
        }
        guard task.feeds.count <= 16 else { throw ValidationError("--feed: at most 16 feeds are read.") }
        guard feedOrder == .sequential || !task.feeds.isEmpty else {
            throw ValidationError("--feed-order goes with --feed, which is missing.")
        }
        task.seed = load.seed
        task.sendsCookies = cookies
        guard (0...50).contains(followRedirects ?? 0) else {
            throw ValidationError("--follow-redirects must be 0 to 50.")
        }
        task.redirects = followRedirects ?? 0
    }

    /// The request, its files read.
    ///
    /// - Throws: the exit status, 66 when a file cannot be read, else 64; it writes the causes to standard error first.
    func request(of task: HTTPTaskConfig) throws(ExitCode) -> HTTPTaskRequest {
        if task.tls != HTTPTaskConfig.TLS(), !task.mayUseTLS {
            ToolMessage.warning(
                "vajra-gen",
                "--ca-file, --cert, --key, --server-name and --insecure have no effect without an https URL")
        }
        do throws(InvalidHTTPTask) {
            return try HTTPTaskRequest(task, scenario: "http", toolVersion: ToolVersion.current)
        } catch {
            for error in error.errors {
                let place = flag(error.keys).map { "\($0): " } ?? ""
                let hint = error.hint.isEmpty ? "" : " — \(error.hint)"
                ToolMessage.error("vajra-gen", place + error.description + hint)
            }
            throw ToolMessage.exit(error.errors.allSatisfy(\.isUnreadable) ? .noInput : .usage)
        }
    }

    private func flag(_ keys: [String]) -> String? {
        switch keys.first {
        case "url": "URL"
        case "headers": "--header '\(keys.dropFirst().joined())'"
        case "body": "--body"
        case "body_file": bodyFile == nil ? "--body" : "--body-file"
        case "feeds": "--feed"
        case "source_address": "--source-address"
        case "tls":
            switch keys.last {
            case "ca_file": "--ca-file"
            case "cert_file": "--cert"
            case "key_file": "--key"
            default: nil
            }
        default: nil
        }
    }
}

extension Feed.Order: ExpressibleByArgument {}
