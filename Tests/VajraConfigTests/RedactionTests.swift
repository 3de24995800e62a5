// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraConfig
import VajraJSON

struct RedactionTests {
    private func written(_ task: String) throws -> String {
        var reader = ConfigReader.forTests()
        let config = try reader.read(
            Array(
                """
                version: 1
                name: c
                scenarios: {s: {task: \(task), load: {closed: {concurrency: 1, for: 1s}}}}
                """.utf8), file: "c")
        return String(decoding: config.json(), as: UTF8.self)
    }

    @Test func `the resolved config is written whole, in one order, on one line`() throws {
        let json = try written("{http: {url: 'http://h/', expect: {status: [200, 300-399]}}}")
        #expect(
            json == """
                {"version":1,"name":"c","scenarios":{"s":{"task":{"http":{"url":"http://h/","method":"GET",\
                "seed":1,"redirects":0,"expect":{"status":[200,"300-399"]},"timeout":"10s","connect_timeout":"5s"}},\
                "load":{"closed":{"concurrency":1,"think_time":"0s","for":"1s"}},"start":"0s"}},\
                "snapshots":{"every":"1s"},"shutdown":{"drain":"3s"}}
                """)
    }

    @Test(arguments: [
        "Authorization", "authorization", "PROXY-AUTHORIZATION", "Cookie", "X-Api-Key", "X-Auth-Token", "tokenizer",
        "My-Secret-Thing", "X-Password",
    ])
    func `headers and parameters with a secret's name are hidden`(_ name: String) throws {
        let http = try written(
            "{http: {url: http://h/, headers: {\(name): s3cr3t}, expect: {headers: {\(name): [s3cr3t, s3cr3t]}}}}")
        #expect(!http.contains("s3cr3t"))
        #expect(http.contains("\"\(name)\":\"[redacted]\""))
        #expect(try written("{custom: {\(name): s3cr3t}}").contains("{\"\(name)\":\"[redacted]\"}"))
    }

    @Test func `a mark that combines with a secret's name does not show the secret`() throws {
        #expect(try !written("{custom: {\"token\u{301}\": s3cr3t}}").contains("s3cr3t"))
    }

    @Test(arguments: ["Accept", "X-Api", "Set-Cookie2", "Auth"])
    func `other headers are shown`(_ name: String) throws {
        #expect(try written("{http: {url: http://h/, headers: {\(name): value}}}").contains("\"\(name)\":\"value\""))
    }

    @Test(arguments: [
        ("http://h/", "http://h/"), ("http://u:p@h:80/p?q", "http://[redacted]@h:80/p?q"),
        ("http://u@h", "http://[redacted]@h"), ("http://u:p@x@h/", "http://[redacted]@h/"),
        ("http://h/@x", "http://h/@x"), ("http://h?a@b", "http://h?a@b"), ("a@b", "a@b"),
        ("see http://a:b@c and ftp://d:e@f", "see http://[redacted]@c and ftp://[redacted]@f"),
        ("://", "://"), ("://@", "://[redacted]@"), ("@://", "@://"),
    ])
    func `user information is hidden in every URL`(_ row: (text: String, shown: String)) {
        #expect(Redaction.withoutUserInfo(row.text) == row.shown)
    }

    @Test(arguments: [
        ("{http: {url: 'http://h/${file:secret}/x'}}", "\"url\":\"http://h/[redacted]/x\""),
        ("{http: {url: http://h/, body: '${file:windows}'}}", "\"body\":\"[redacted]\""),
        ("{http: {url: http://h/, headers: {Accept: 'a ${file:secret}'}}}", "\"Accept\":\"a [redacted]\""),
        ("{command: {argv: [a, '${file:secret}', b]}}", "[\"a\",\"[redacted]\",\"b\"]"),
        ("{custom: {a: '${file:secret}', b: s3cr3t}}", "{\"a\":\"[redacted]\",\"b\":\"[redacted]\"}"),
    ])
    func `what came from a file is hidden, wherever the text stands`(_ row: (task: String, shown: String)) throws {
        let json = try written(row.task)
        #expect(json.contains(row.shown))
        #expect(!json.contains("s3cr3t"))
    }
}
