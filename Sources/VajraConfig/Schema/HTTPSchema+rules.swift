// SPDX-License-Identifier: Apache-2.0

import VajraModel
import VajraTemplate

extension HTTPSchema {
    /// Checks the rules between the task's keys.
    @Sendable static func finish(_ node: ConfigNode, _ http: inout HTTPTaskConfig, _ reading: inout ConfigReading) {
        TLSSchema.warnIfUnused(node, http, &reading)
        if http.version == .http1, let member = node.member("streams") {
            reading.fault("streams goes with version: 2", at: member.place, hint: "add version: 2, or leave it out")
        }
        if !http.keepsAlive, http.requestsPerConnection ?? 1 > 1,
            let member = node.member("max_requests_per_connection")
        {
            reading.fault(
                "max_requests_per_connection stands beside keepalive: false, which means 1", at: member.place,
                hint: "keep one of the two")
        }
        if http.connectTimeout > http.timeout, let place = node["connect_timeout"]?.place {
            reading.warn(
                "connect_timeout is above timeout, \(http.timeout), which ends it first", at: place,
                hint: "write \"\(http.timeout)\", or a longer timeout")
        }
        if !http.body.isEmpty, !http.bodyFile.isEmpty, let place = node.member("body_file")?.place {
            reading.fault("body_file stands beside body", at: place, hint: "keep one of the two")
        }
        checkFeeds(node["url"], [http.url], http.feeds, "url", &reading)
        checkFeeds(node["body"], [http.body], http.feeds, "body", &reading)
        guard case .mapping(let members)? = node["headers"]?.content else { return }
        for member in members {
            let values = http.headers.filter { $0.name == member.key }.map(\.value)
            checkFeeds(member.value, values, http.feeds, "header \(Quotation.quote(member.key))", &reading)
        }
    }

    /// Notes a fault for each feed that a text names and the task does not have.
    private static func checkFeeds(
        _ node: ConfigNode?, _ texts: [String], _ feeds: [HTTPTaskConfig.FeedSource], _ label: String,
        _ reading: inout ConfigReading
    ) {
        guard let node else { return }
        var nodes = [node]
        if case .list(let items) = node.content { nodes = items }
        for (node, text) in zip(nodes, texts) {
            guard let template = try? Template(parsing: text) else { continue }
            for reference in template.references {
                guard case .feed(let name, _) = reference.value, !feeds.contains(where: { $0.name == name }) else {
                    continue
                }
                let remedy: TemplateFault.Remedy =
                    feeds.isEmpty
                    ? .write("add feeds: {\(name): {file: \(name).csv}}")
                    : .oneOf(feeds.map(\.name), insteadOf: name)
                let fault = TemplateFault(
                    reference.source, at: reference.offset, "names no feed of this task", remedy)
                reading.within("", label: label) { $0.fault(fault, in: text, of: node) }
            }
        }
    }
}
