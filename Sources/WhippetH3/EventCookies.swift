// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetJSON

// Cookies by h3's functions; reading and writing them is the core's.

/// The cookies of the request as an object.
public func parseCookies(_ event: H3Event) -> JSON.Object {
    JSON.Object(event.req.cookies.map { ($0.name, JSON($0.value)) })
}

/// The value of a cookie of the request; nil if there is none.
public func getCookie(_ event: H3Event, _ name: String) -> String? { event.req.cookies[name] }

/// Prepares a cookie for the answer; one of the same name, path and domain is replaced.
///
/// ```swift
/// let app = H3()
/// app.get("/") { event in
///     setCookie(event, SetCookie("theme", "dark", maxAge: .seconds(3600)))
///     return "dark"
/// }
/// ```
/// What a browser would refuse makes the answer a 500 with a line in the log.
public func setCookie(_ event: H3Event, _ cookie: SetCookie) {
    // The response is one to hold the headers by: the view of cookies is its own.
    var response = Response(headers: event.res.headers)
    response.cookies.set(cookie)
    event.res.headers = response.headers
}

/// Prepares a cookie for the answer; one of the same name, path and domain is replaced.
public func setCookie(_ event: H3Event, _ name: String, _ value: String) {
    setCookie(event, SetCookie(name, value))
}

/// Tells the client to forget a cookie, which it knows by name, path and domain.
public func deleteCookie(_ event: H3Event, _ name: String, path: String = "/", domain: String? = nil) {
    setCookie(event, SetCookie(name, "", path: path, domain: domain, maxAge: .zero))
}

/// Prepares a long cookie in pieces: `name` tells how many there are, `name.1` and those behind it hold them.
///
/// - Parameters:
///   - cookie: The cookie as it would be in one piece.
///   - chunkMaxLength: How many characters of UTF-8 a piece has at most.
public func setChunkedCookie(_ event: H3Event, _ cookie: SetCookie, chunkMaxLength: Int = 4000) {
    let length = max(chunkMaxLength, 1)
    guard cookie.value.utf8.count > length else { return setCookie(event, cookie) }
    var pieces: [String] = []
    var piece = ""
    for character in cookie.value.unicodeScalars {
        if !piece.isEmpty, piece.utf8.count + String(character).utf8.count > length {
            pieces.append(piece)
            piece = ""
        }
        piece.unicodeScalars.append(character)
    }
    pieces.append(piece)
    var part = cookie
    part.value = "\(chunkMark)\(pieces.count)"
    setCookie(event, part)
    for (index, piece) in pieces.enumerated() {
        part.name = "\(cookie.name).\(index + 1)"
        part.value = piece
        setCookie(event, part)
    }
}

/// The value of a cookie that may be in pieces; nil if there is none, or a piece is missing.
public func getChunkedCookie(_ event: H3Event, _ name: String) -> String? {
    let cookies = event.req.cookies
    guard let value = cookies[name] else { return nil }
    guard value.hasPrefix(chunkMark) else { return value }
    guard let count = Int(value.dropFirst(chunkMark.count)), 1...maximumChunks ~= count else { return nil }
    var whole = ""
    for index in 1...count {
        guard let piece = cookies["\(name).\(index)"] else { return nil }
        whole += piece
    }
    return whole
}

private let chunkMark = "__chunked__"
/// A client says how many pieces there are.
private let maximumChunks = 100
