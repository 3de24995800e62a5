// SPDX-License-Identifier: Apache-2.0

import VajraJSON

extension ConfigType where Value == Bool {
    /// `true` or `false`; `usually` is the default. Refuses YAML 1.1's other words for them, because they are texts in
    /// YAML 1.2.
    static func truth(example: Bool, usually: Bool = false) -> ConfigType {
        let words = ConfigType<String>.openText(example: "\(example)")
        let form = ConfigShape.TextForm(patterns: ["^(true|false)$"], bare: .truths)
        var truth = ConfigType(
            shape: .text(form), example: words.example,
            read: { node, reading in
                guard let text = words.read(node, &reading) else { return nil }
                if text == "true" { return true }
                if text == "false" { return false }
                reading.fault(
                    "\(reading.label) must be true or false, not \(Quotation.quote(text))", at: node.place,
                    hint: "write \(example)")
                return nil
            },
            write: { $1.json.value($0) })
        truth.isEmpty = { $0 == usually }
        return truth
    }
}
