// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// One thing found about how the generator fared, and the best grade that it allows.
struct Finding {
    /// What a finding is about. Several scenarios' findings on one subject may share a line.
    enum Subject {
        case plan, limits, lateness, share, places, processor, output
    }

    let subject: Subject
    let grade: Honesty.Grade
    /// The scenario that it is about; nil for the generator as a whole.
    var scenario: String?
    /// Says which of several scenarios fared worst.
    var weight = 0.0
    let text: String

    /// The grade of a value by the highest that A, B and C allow.
    static func grade(_ value: Double, a: Double, b: Double, c: Double = .infinity) -> Honesty.Grade {
        value <= a ? .a : value <= b ? .b : value <= c ? .c : .d
    }

    /// The grade of a share of the plan that was not carried out.
    static func grade(missing share: Double) -> Honesty.Grade {
        grade(share, a: 0, b: 0.0001, c: 0.01)
    }
}

extension [Finding] {
    /// A sentence for each finding, worst first. Scenarios share a sentence if it is the same for all. If nothing is
    /// wrong, the sentence of the worst scenario stands for all.
    var sentences: [String] {
        let sorted = enumerated().sorted { left, right in
            (right.element.grade, left.offset) < (left.element.grade, right.offset)
        }.map(\.element)
        var sentences: [String] = []
        var groups: [(key: String, findings: [Finding])] = []
        for finding in sorted {
            let isSettled = finding.scenario != nil && finding.grade == .a
            let key = "\(finding.subject) \(finding.grade) \(isSettled ? "" : finding.text)"
            if finding.scenario != nil, let place = groups.firstIndex(where: { $0.key == key }) {
                groups[place].findings.append(finding)
            } else {
                groups.append((key, [finding]))
            }
        }
        for (_, findings) in groups {
            guard let worst = findings.max(by: { $0.weight < $1.weight }) else { continue }
            sentences.append(findings.whose(worst) + worst.text)
        }
        return sentences
    }

    /// The scenario of the worst finding, as the beginning of a sentence.
    private func whose(_ worst: Finding) -> String {
        let names = compactMap(\.scenario)
        guard let name = worst.scenario else { return "" }
        guard names.count > 1 else { return "\(name): " }
        if contains(where: { $0.text != worst.text }) { return "\(name), the worst of \(names.count) scenarios: " }
        return names.count <= 3 ? "\(names.joined(separator: ", ")): " : "\(names.count) scenarios: "
    }
}
