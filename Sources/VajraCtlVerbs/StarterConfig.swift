// SPDX-License-Identifier: Apache-2.0

/// The config that one begins with.
enum StarterConfig {
    /// YAML with a comment for each choice; good as it stands.
    static let text = """
        # A run of VajraPulse. Check it:  vajra-ctl validate FILE
        #                 Carry it out:  vajra-gen FILE | vajra-agg
        # Something to try it on:        vajra-ctl target --port 8080
        version: 1
        name: example
        labels: {env: local}

        scenarios:
          browse:                      # any name; scenarios run side by side
            task:
              http:                    # or command: {argv: [./order.sh]}, or none
                url: "${TARGET:-http://127.0.0.1:8080}/"
                # headers: {Authorization: "${file:token.txt}"}   # from a file: kept out of all output
                timeout: 2s
                expect: {status: 200}
            load:                      # arrivals follow this plan, however slow the target is
              - ramp: {from: 10/s, to: 200/s, for: 5s}
              - constant: {rate: 200/s, for: 10s}
            # load: {closed: {concurrency: 64, for: 30s}}         # or: so many users, each waiting for its answer
            # arrivals: poisson        # at random; evenly spaced if left out
            # start: 30s               # so long after the run's start
            max_in_flight: 1000        # 10000 if left out; beyond that arrivals wait
            when_saturated: queue      # or drop (counted)

        snapshots: {every: 1s}
        # shutdown: {drain: 3s}        # how long a stop, and then the plan's end too, waits for what is in flight

        # The run passes if all of these hold; else vajra-agg ends with status 99.
        thresholds:
          - browse.response_time.p99 < 250ms
          - failure_rate < 1%

        # A variable comes before the file:  VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT=200 vajra-gen FILE
        # Every value and its origin:        vajra-ctl config --explain FILE

        """
}
