// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VajraSystem

@Suite struct SocketAddressTests {
    @Test func `a Unix socket's path has 1 to 107 bytes and no NUL`() throws {
        let longest = String(repeating: "x", count: 107)
        #expect(try #require(SocketAddress(unixPath: longest)).description == longest)
        #expect(SocketAddress(unixPath: longest + "x") == nil)
        #expect(SocketAddress(unixPath: String(repeating: "é", count: 54)) == nil, "bytes count, not characters")
        #expect(SocketAddress(unixPath: "") == nil)
        #expect(SocketAddress(unixPath: "a\u{0}b") == nil)
        #expect(SocketAddress(unixPath: "/run/é.sock")?.family == AF_UNIX)
    }

    @Test func `a loopback address is written with its port`() {
        #expect(SocketAddress.loopback(port: 8080).description == "127.0.0.1:8080")
        #expect(SocketAddress.loopback(port: 65_535).family == AF_INET)
    }

    @Test func `a listening socket says where, takes a connection, and refuses the address to a second one`() throws {
        let listener = try Socket(family: AF_INET)
        defer { listener.close() }
        try listener.listen(at: .loopback(port: 0))
        let address = try #require(listener.localAddress())
        #expect(address.description.hasPrefix("127.0.0.1:"))
        #expect(listener.accept() == nil, "nobody has come, and it does not wait")

        let client = try FileDescriptor.connecting(to: address)
        defer { client.close() }
        var watched = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&watched, 1, 10_000) == 1)
        let accepted = try #require(listener.accept())
        defer { accepted.close() }
        try Array("hello".utf8).withUnsafeBytes { try client.writeAll($0) }
        watched.fd = accepted.descriptor
        #expect(poll(&watched, 1, 10_000) == 1)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(buffer.withUnsafeMutableBytes { accepted.receive(into: $0) } == .bytes(5))
        #expect(buffer.withUnsafeMutableBytes { accepted.receive(into: $0) } == .wouldBlock)

        let second = try Socket(family: AF_INET)
        defer { second.close() }
        let error = #expect(throws: SystemError.self) { try second.listen(at: address) }
        #expect(error?.code == EADDRINUSE)
        #expect(error?.description == "listen at \(address): Address already in use")
    }

    @Test func `nobody at a Unix socket's path is an error that names it`() throws {
        let address = try #require(SocketAddress(unixPath: "/nonexistent/vajra.sock"))
        let error = #expect(throws: SystemError.self) { try FileDescriptor.connecting(to: address) }
        #expect(error?.description == "connect to /nonexistent/vajra.sock: No such file or directory")
    }
}

@Suite struct ResolverTests {
    @Test(arguments: [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("192.0.2.7", "192.0.2.7:80")])
    func `a numeric address is its own answer`(host: String, expected: String) async throws {
        #expect(try await Resolver.resolve(host: host, port: 80).map(\.description) == [expected])
    }

    @Test func `localhost is this machine`() async throws {
        let addresses = try await Resolver.resolve(host: "localhost", port: 8080).map(\.description)
        #expect(!addresses.isEmpty)
        #expect(Set(addresses).isSubset(of: ["127.0.0.1:8080", "[::1]:8080"]))
    }

    @Test(arguments: ["", "no such host", "256.256.256.256.", "a..b"])
    func `a name that can be none is an error that names it, without asking anyone`(host: String) async {
        let error = await #expect(throws: ResolveError.self) { try await Resolver.resolve(host: host, port: 80) }
        #expect(error?.description.hasPrefix("resolve '\(host)': ") == true)
    }
}
