// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraControlSocket

@Suite struct SocketNameTests {
    @Test(arguments: ["01937c2e-0000-7000-8000-000000000000", "try-1", "a.b.c", "x:y_z"])
    func `a name says the run and the process`(runID: String) throws {
        let name = SocketName(runID: runID, pid: 4321, in: "/run/user/1000/vajrapulse")
        #expect(name.description == "\(runID).4321.sock")
        #expect(SocketName(name.description) == name)
    }

    @Test func `a long id is cut, so that a socket can have the path`() throws {
        let directory = "/run/user/1000/vajrapulse"
        let name = SocketName(runID: String(repeating: "r", count: 128), pid: 4_194_304, in: directory)
        #expect("\(directory)/\(name)".utf8.count == 106)
        #expect(name.mayBe(String(repeating: "r", count: 128)))
        #expect(name.mayBe("rr"))
        #expect(!name.mayBe("rs"))
    }

    @Test(arguments: [
        "", ".sock", "a.sock", "a.b.sock", "a.0.sock", "a.-1.sock", "a.1.sock~", "a.1", "a.99999999999.sock",
    ])
    func `other files are none`(file: String) {
        #expect(SocketName(file) == nil)
    }
}
