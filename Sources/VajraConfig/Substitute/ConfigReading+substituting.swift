// SPDX-License-Identifier: Apache-2.0

extension ConfigReading {
    /// A scalar's text with its variables and files put in. Nil, and a fault, if one is missing.
    mutating func substitute(_ scalar: ConfigScalar, at place: TextPlace) -> ConfigText? {
        guard scalar.text.utf8.contains(UInt8(ascii: "$")) else {
            return ConfigText(
                text: scalar.text, shown: scalar.text, isSecret: false, place: place, textColumn: scalar.textColumn)
        }
        func part(at column: Int) -> TextPlace { scalar.textColumn.map { place.advanced(by: $0 + column) } ?? place }
        let parts: [Substitution.Part]
        do throws(Substitution.Fault) {
            parts = try Substitution.parts(of: scalar.text)
        } catch {
            fault(error.message, at: part(at: error.column), hint: error.hint)
            return nil
        }
        var (text, shown) = ("", "")
        var (isSecret, isComplete) = (false, true)
        for item in parts {
            switch item.substitution {
            case .text(let piece):
                text += piece
                shown += piece
            case .variable(let name, let fallback):
                guard let value = value(ofVariable: name, fallback: fallback, at: part(at: item.column)) else {
                    isComplete = false
                    continue
                }
                text += value
                shown += value
            case .file(let path):
                isSecret = true
                guard let content = content(ofFile: path, at: part(at: item.column)) else {
                    isComplete = false
                    continue
                }
                text += content
                shown += Redaction.mark
            }
        }
        guard isComplete else { return nil }
        return ConfigText(text: text, shown: shown, isSecret: isSecret, place: place, textColumn: nil)
    }

    private mutating func value(ofVariable name: String, fallback: String?, at place: TextPlace) -> String? {
        let value = environment[name]
        // As in the shell, ":-" replaces an empty variable too.
        guard let chosen = value.flatMap({ $0.isEmpty ? nil : $0 }) ?? fallback ?? value else {
            fault(
                "the variable \(Quotation.quote(name)) is not set", at: place,
                hint: "set it, or give a default: ${\(name):-DEFAULT}")
            return nil
        }
        return spend(chosen.utf8.count, at: place) ? chosen : nil
    }

    private mutating func content(ofFile path: String, at place: TextPlace) -> String? {
        // Once the budget is spent, files are not even read.
        guard spend(0, at: place) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try readFile(path)
        } catch {
            fault("cannot read the file \(Quotation.quote(path)): \(error)", at: place)
            return nil
        }
        guard spend(bytes.count, at: place) else { return nil }
        guard var content = String(validating: bytes, as: UTF8.self) else {
            fault("the file \(Quotation.quote(path)) is not UTF-8", at: place)
            return nil
        }
        // CR LF is one character.
        if content.last == "\n" || content.last == "\r\n" { content.removeLast() }
        return content
    }
}
