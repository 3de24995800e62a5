// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraTemplate

/// A request between its config and its parts: what was read so far, and what is wrong.
struct HTTPRequestDraft {
    private let config: HTTPTaskConfig
    private let scenario: String
    private var feeds: [Feed] = []
    private var targetTemplate: Template?
    private var headerTemplates: [Template?] = []
    private var bodyTemplate: Template?

    private(set) var errors: [HTTPTaskError] = []
    /// Where it goes; nil if that is wrong.
    private(set) var url: HTTPURL?
    /// The target, `/` if it is a template.
    private(set) var target = "/"
    /// The given fields, with what is constant of their values.
    private(set) var fields: [HTTPField] = []
    /// Whether each request asks for its connection's end.
    private(set) var closes = false
    /// The body; empty if it is a template, nil if there is none.
    private(set) var body: [UInt8]?

    init(_ config: HTTPTaskConfig, scenario: String) {
        self.config = config
        self.scenario = scenario
        for source in config.feeds {
            attempt { (draft) throws(HTTPTaskError) in
                draft.feeds.append(try HTTPTaskFiles.feed(source, seed: config.seed, scenario: scenario))
            }
        }
        attempt { (draft) throws(HTTPTaskError) in try draft.readURL() }
        for header in config.headers {
            attempt { (draft) throws(HTTPTaskError) in try draft.readHeader(header) }
        }
        if !config.keepsAlive, config.version == .http1,
            !config.headers.contains(where: { HTTPField($0.name, "").isNamed("connection") })
        {
            // The server then closes first, and its side keeps the port for the minute of TIME_WAIT.
            fields.append(HTTPField("Connection", "close"))
        }
        attempt { (draft) throws(HTTPTaskError) in try draft.readBody() }
    }

    private mutating func attempt(_ step: (inout HTTPRequestDraft) throws(HTTPTaskError) -> Void) {
        do throws(HTTPTaskError) {
            try step(&self)
        } catch {
            errors.append(error)
        }
    }

    private static func template(_ text: String, _ keys: [String]) throws(HTTPTaskError) -> Template {
        do throws(TemplateFault) {
            return try Template(parsing: text)
        } catch {
            throw HTTPTaskError(error, keys: keys)
        }
    }

    // MARK: Reading

    private mutating func readURL() throws(HTTPTaskError) {
        let template = try Self.template(config.url, ["url"])
        do throws(HTTPURLError) {
            if let text = template.constant {
                let url = try HTTPURL(text)
                (self.url, target) = (url, url.target)
            } else {
                let split = try TargetTemplate(template)
                (url, targetTemplate) = (split.url, split.target)
            }
        } catch {
            throw HTTPTaskError(description: "the url cannot be used: \(error)", keys: ["url"])
        }
    }

    private mutating func readHeader(_ header: HTTPTaskConfig.Header) throws(HTTPTaskError) {
        let template = try Self.template(header.value, ["headers", header.name])
        let constant = template.pieces.map { if case .text(let text) = $0 { text } else { "" } }.joined()
        let field = HTTPField(header.name, constant)
        fields.append(field)
        headerTemplates.append(template.constant == nil ? template : nil)
        do throws(ProtocolField.Refusal) {
            try ProtocolField.check(header.name, template.constant, isHTTP2: config.version == .http2)
        } catch {
            throw HTTPTaskError(
                description: "\(header.name) \(error.cause)", keys: ["headers", header.name], hint: error.remedy)
        }
        if template.constant != nil, field.isNamed("connection"), ProtocolField.closes(field.value.utf8) {
            closes = true
        }
        guard template.constant == nil || !config.body.isEmpty, field.isNamed("content-length") else { return }
        if template.constant == nil || (try? Template(parsing: config.body))?.constant == nil {
            throw HTTPTaskError(
                description: "Content-Length cannot be given with values of the iteration",
                keys: ["headers", header.name], hint: "leave it out, it is added")
        }
    }

    private mutating func readBody() throws(HTTPTaskError) {
        if let bytes = try HTTPTaskFiles.body(config) {
            body = bytes
        } else if !config.body.isEmpty {
            let template = try Self.template(config.body, ["body"])
            body = template.constant.map { Array($0.utf8) } ?? []
            if template.constant == nil { bodyTemplate = template }
        }
    }

    // MARK: Looking names up

    /// The renderers of the parts that differ from iteration to iteration, in the order of the request; `fieldsBefore`
    /// fields come before the given ones.
    mutating func renderers(
        fieldsBefore: Int
    ) -> [(place: HTTPTaskRequest.Place, renderer: TemplateRenderer)] {
        var values = TemplateValues(seed: config.seed, scenario: scenario, feeds: feeds)
        var renderers: [(HTTPTaskRequest.Place, TemplateRenderer)] = []
        func add(
            _ template: Template?, _ place: HTTPTaskRequest.Place, _ escape: TemplateEscape, _ keys: [String]
        ) throws(HTTPTaskError) {
            guard let template else { return }
            do throws(TemplateFault) {
                renderers.append((place, try TemplateRenderer(template, values: &values, escape: escape)))
            } catch {
                throw HTTPTaskError(error, keys: keys)
            }
        }
        attempt { (draft) throws(HTTPTaskError) in
            try add(draft.targetTemplate, .target, .url, ["url"])
            try draft.refuseRaw(draft.targetTemplate, "in a URL; leave out \"| raw\"", ["url"], isRawByDefault: false) {
                $0 <= 0x20 || $0 >= 0x7F
            }
        }
        for (index, template) in headerTemplates.enumerated() {
            let keys = ["headers", config.headers[index].name]
            attempt { (draft) throws(HTTPTaskError) in
                let isConnection = draft.fields[index].isNamed("connection")
                let place = fieldsBefore + index
                try add(template, isConnection ? .connection(place) : .field(place), .raw, keys)
                try draft.refuseRaw(template, "in a header; escape it with \"| url\"", keys, isRawByDefault: true) {
                    $0 < 0x20 && $0 != 0x09 || $0 == 0x7F
                }
            }
        }
        attempt { (draft) throws(HTTPTaskError) in try add(draft.bodyTemplate, .body, draft.bodyEscape, ["body"]) }
        return renderers
    }

    /// In JSON a value is the inside of a string, in a form it is percent-encoded, and elsewhere it stays as it is.
    private var bodyEscape: TemplateEscape {
        let value = fields.first { $0.isNamed("content-type") }?.value.lowercased() ?? ""
        let type = String(decoding: value.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }, as: UTF8.self)
        if type == "application/json" || type.hasSuffix("+json") { return .json }
        return type == "application/x-www-form-urlencoded" ? .url : .raw
    }

    /// Refuses an unescaped cell with a byte that is not allowed there.
    private func refuseRaw(
        _ template: Template?, _ place: String, _ keys: [String], isRawByDefault: Bool, _ isBad: (UInt8) -> Bool
    ) throws(HTTPTaskError) {
        for reference in template?.references ?? [] {
            guard reference.escape == .raw || reference.escape == nil && isRawByDefault,
                case .feed(let name, let column) = reference.value,
                let feed = feeds.first(where: { $0.name == name }),
                let index = feed.table.columns.firstIndex(of: column),
                let row = feed.table.firstRow(column: index, where: isBad),
                let file = config.feeds.first(where: { $0.name == name })?.file
            else { continue }
            let line = HTTPTaskFiles.place(file, line: feed.table.line(row: row))
            throw HTTPTaskError(
                description: "feed '\(name)': \(line): column '\(column)' has a character that cannot stand \(place)",
                keys: keys)
        }
    }
}
