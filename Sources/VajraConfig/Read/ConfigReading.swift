// SPDX-License-Identifier: Apache-2.0

/// One reading of one config: the sources of values besides the text, and the faults so far.
struct ConfigReading {
    let environment: [String: String]
    let readFile: (String) throws -> [UInt8]

    /// Keys from the root to the value that is being read, as in `scenarios`, `browse`, `load[2]`, `constant`.
    private(set) var path: [String] = []
    /// How messages call the value that is being read.
    private(set) var label = "the config"
    /// How many faults there are; `faults` has the first `ConfigLimits.mostFaults`.
    private(set) var faultCount = 0
    /// Whether a further fault is still told.
    var tellsFaults: Bool { faultCount < ConfigLimits.mostFaults }
    private(set) var faults: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    /// Texts that hold a secret, with what to show for them.
    private(set) var disguises: [String: String] = [:]
    private var substituted = 0

    init(environment: [String: String], readFile: @escaping (String) throws -> [UInt8]) {
        self.environment = environment
        self.readFile = readFile
    }

    /// Reads a part under its own key, which messages call by the key unless it has another label.
    mutating func within<Value>(
        _ key: String, label: String? = nil, _ read: (inout ConfigReading) -> Value
    ) -> Value {
        let outer = self.label
        path.append(key)
        self.label = label ?? key
        defer {
            path.removeLast()
            self.label = outer
        }
        return read(&self)
    }

    /// Notes a fault.
    mutating func fault(_ message: String, at place: TextPlace, hint: String = "") {
        faultCount += 1
        if faultCount <= ConfigLimits.mostFaults {
            faults.append(Diagnostic(at: place, message, hint: hint))
        } else if faultCount == ConfigLimits.mostFaults + 1 {
            faults.append(Diagnostic(at: place, "there are more faults, from here on not shown"))
        }
    }

    /// Notes something that is allowed, but that the user probably did not mean.
    mutating func warn(_ message: String, at place: TextPlace, hint: String = "") {
        warnings.append(Diagnostic(.warning, at: place, message, hint: hint))
    }

    /// Notes that the value is of the wrong kind.
    mutating func wrongKind(_ node: ConfigNode, expected kind: String, example: String) {
        let found =
            switch node.content {
            case .scalar(let scalar): Quotation.quote(scalar.text)
            case .list: "a list"
            case .mapping: "a mapping"
            }
        if node.isNull {
            let remedy = Quotation.remedy(example)
            fault(
                "\(label) has no value", at: node.place, hint: remedy.isEmpty ? "write \"\" for an empty text" : remedy)
        } else {
            let remedy = Quotation.remedy(example)
            fault(
                "\(label) must be \(kind), not \(found)", at: node.place,
                hint: remedy.isEmpty ? "put it in quotes" : remedy)
        }
    }

    /// Hides the text wherever the config is shown.
    mutating func disguise(_ text: ConfigText) {
        disguises[text.text] = text.shown
    }

    /// Takes bytes from the budget of substitutions; false, and one fault, once it is exceeded.
    mutating func spend(_ bytes: Int, at place: TextPlace) -> Bool {
        guard substituted <= ConfigLimits.mostSubstituted else { return false }
        substituted += bytes
        guard substituted > ConfigLimits.mostSubstituted else { return true }
        fault("variables and files add more than \(ConfigLimits.mostSubstituted >> 20) MiB to the config", at: place)
        return false
    }
}
