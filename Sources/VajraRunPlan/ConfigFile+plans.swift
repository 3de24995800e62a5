// SPDX-License-Identifier: Apache-2.0

import VajraCLI
import VajraConfig
import VajraModel
import VajraPlan
import VajraTasks

extension ConfigFile {
    /// What scenarios come to, and what the schema cannot see: loads without an exact plan, requests that cannot be written.
    struct Plans {
        private let origins: ConfigOrigins
        private(set) var faults: [Diagnostic] = []
        private(set) var requests: [String: HTTPTaskRequest] = [:]
        private(set) var iterations: UInt64? = 0
        private(set) var duration: TimeSpan? = .zero

        init(of scenarios: [ScenarioConfig], _ origins: ConfigOrigins) {
            self.origins = origins
            for scenario in scenarios {
                takeLoad(of: scenario)
                if case .http(let http) = scenario.task { takeRequest(http, of: scenario.name) }
            }
        }

        private mutating func takeLoad(of scenario: ScenarioConfig) {
            do throws(PlanError) {
                let plan = try ScenarioPlan(scenario, segment: .whole, lanes: 1)
                iterations = iterations.flatMap { sum in plan.plannedTotal().map { sum + $0 } }
                duration = duration.flatMap { longest in plan.duration.map { max(longest, $0) } }
            } catch {
                var load = ConfigPath("scenarios", scenario.name, "load")
                if let phase = error.phase { load = load.appending(.item(phase)) }
                fault(error.cause, error.remedy, at: load)
            }
        }

        private mutating func takeRequest(_ http: HTTPTaskConfig, of name: String) {
            do throws(InvalidHTTPTask) {
                requests[name] = try HTTPTaskRequest(http, scenario: name, toolVersion: ToolVersion.current)
            } catch {
                for error in error.errors {
                    let place = error.keys.reduce(ConfigPath("scenarios", name, "task", "http")) {
                        $0.appending(.key($1))
                    }
                    fault(error.description, error.hint, at: place)
                }
            }
        }

        private mutating func fault(_ message: String, _ hint: String, at path: ConfigPath) {
            let place = origins.place(of: path) ?? TextPlace(file: "config", line: 1, column: 1)
            faults.append(Diagnostic(at: place, message, hint: hint))
        }
    }
}
