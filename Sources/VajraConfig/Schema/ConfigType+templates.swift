// SPDX-License-Identifier: Apache-2.0

import VajraTemplate

extension ConfigType where Value == String {
    /// The same text, with `{{…}}` as a value of the iteration.
    func templated() -> ConfigType {
        var templated = ConfigType(
            shape: shape, example: example,
            read: { [read] node, reading in
                guard let text = read(node, &reading) else { return nil }
                do throws(TemplateFault) {
                    _ = try Template(parsing: text)
                } catch {
                    reading.fault(error, in: text, of: node)
                    return nil
                }
                return text
            },
            write: write)
        templated.isEmpty = isEmpty
        return templated
    }
}

extension ConfigReading {
    /// Notes the fault of a template, at its own column if that is known. A secret is not quoted.
    mutating func fault(_ fault: TemplateFault, in text: String, of node: ConfigNode) {
        let shown = disguises[text] == nil ? fault : fault.disguised
        self.fault(
            "\(label): \(shown.message)", at: node.place(ofByte: fault.offset, in: text), hint: shown.hint)
    }
}

extension ConfigNode {
    /// The place of a UTF-8 offset into the scalar's text. It is the scalar's own place if variables have changed the
    /// text, or if columns mean nothing.
    fileprivate func place(ofByte offset: Int, in text: String) -> TextPlace {
        guard case .scalar(let scalar) = content, scalar.text == text, let column = scalar.textColumn else {
            return place
        }
        return place.advanced(by: column + text.utf8.prefix(offset).count { $0 & 0xC0 != 0x80 })
    }
}

extension TemplateFault {
    /// What is wrong, with the part quoted, so that it cannot harm a terminal.
    package var message: String { "\(part.isEmpty ? "a part in braces" : Quotation.quote(part)) \(cause)" }

    /// What to do about it, as a phrase; empty for none.
    package var hint: String {
        switch remedy {
        case .write(let text): text
        case .oneOf(let words, let word): words.isEmpty ? "" : Spelling.hint(for: word, among: words)
        }
    }
}
