// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

// Answers that are kept. The order of things: a hit in memory, which waits for nothing; an entry that has to be waited
// for, or is old; a run, of which there is one for all who wait.
extension Host {
    /// The answer of an entry in memory that is fresh, ready to leave; nil when there is more to do.
    ///
    /// It runs no code of the user's and waits for nothing.
    func hit(_ place: CachedPlace, _ request: Request) -> Response? {
        // Only GET and HEAD lead to a place.
        guard place.route.policy != nil, !request.concernsKeptAnswers else { return nil }
        let now = cache.clock.now()
        switch cache.hit(place.key, at: now) {
        case .ready(let response):
            return response
        case .entry(let found) where !found.isStale(at: now):
            let response = answer(found.entry, .hit, at: now).withReadyHead()
            cache.ready?.keep(ready: response, of: found.entry, for: place.key, at: now)
            return response
        default:
            return nil
        }
    }

    /// Answers for a place, from what is kept or by a run.
    func respond(_ place: CachedPlace, _ request: Request, _ found: Found) async -> Response {
        do {
            guard try await isKnown(place) else { return await answer(to: HTTPError.notFound, request, found) }
        } catch {
            // Nobody can tell whether the path is there: that is no 404.
            return await answer(to: error, request, found)
        }
        guard place.route.policy != nil else { return await runPlainly(place, request, found) }
        switch cache.draftMode.state(of: request) {
        case .none: return await respondFromCache(place, request, found)
        case .enabled:
            var response = await runPlainly(place, request, found)
            response.headers[.cacheControl] = DraftModeSecret.cacheControl
            return response
        case .wrong:
            var response = await respondFromCache(place, request, found).unread
            response.cookies.set(cache.draftMode.cookieOfTheEnd)
            // A cache in front would take the cookie of everybody.
            response.headers[.cacheControl] = DraftModeSecret.cacheControl
            return response
        }
    }

    private func respondFromCache(_ place: CachedPlace, _ request: Request, _ found: Found) async -> Response {
        if cache.isUnkept(place.key) { return await runPlainly(place, request, found) }
        let now = cache.clock.now()
        if let cached = await cache.read(place.key) {
            let isStale = cached.isStale(at: now)
            if isStale { refreshLater(place, request, found) }
            return answer(cached.entry, isStale ? .stale : .hit, at: now).unread.conditional(for: request)
        }
        // What a HEAD gives is no answer to keep.
        guard request.method == .GET else {
            return await run(place, request, found, keeps: false).outcome.plainAnswer(self, request, found)
        }
        guard
            let (outcome, isOwn) = await cache.answers.value(
                place.key,
                { [self] in
                    await leasedRun(place, request, found)
                })
        else {
            // Cancelled: nobody waits for the answer.
            return Response(status: .internalServerError)
        }
        switch outcome {
        case .entry(let entry, let isStored):
            return answer(entry, .miss(isStored: isStored, isShared: !isOwn), at: now).conditional(for: request)
        case .single(let response, _):
            return isOwn ? response : await runPlainly(place, request, found)
        case .failure(let error):
            return await answer(to: error, request, found)
        }
    }

    /// Whether the path is answered at all.
    ///
    /// - Throws: What `generateStaticParams` throws.
    private func isKnown(_ place: CachedPlace) async throws -> Bool {
        guard !place.route.answersOthers, let known = place.route.known else { return true }
        return try await known.paths().contains(place.key.name)
    }

    /// Runs the handler for this request alone.
    private func runPlainly(_ place: CachedPlace, _ request: Request, _ found: Found) async -> Response {
        do {
            return checked(try await run(place.route.handler, request, found))
        } catch {
            return await answer(to: error, request, found)
        }
    }

    // MARK: - Runs

    /// Makes an entry, of several processes in one.
    private func leasedRun(_ place: CachedPlace, _ request: Request, _ found: Found) async -> CacheOutcome {
        await withLease(
            of: place.key, isUsable: { _ in true }, { [self] in await runAndFollow(place, request, found) },
            outcome: { .entry($0, isStored: true) })
    }

    /// Makes an entry; what the handler wants to do after its answer happens when there is one.
    private func runAndFollow(_ place: CachedPlace, _ request: Request, _ found: Found) async -> CacheOutcome {
        let (outcome, work) = await run(place, request, found, keeps: true)
        if let work {
            leftWork.begin { [log] in await RequestScope.run(work, log: log) }
        }
        return outcome
    }

    /// Runs the handler for an entry.
    ///
    /// - Parameter keeps: Whether the entry is stored; else the handler sees the method of the request.
    private func run(
        _ place: CachedPlace, _ request: Request, _ found: Found, keeps: Bool
    ) async -> (outcome: CacheOutcome, work: RequestScope.AfterWork?) {
        guard let policy = place.route.policy else { return (.failure(HTTPError.internalServerError), nil) }
        let began = cache.clock.now()
        let epoch = await cache.epoch()
        let access = policy.sight == .blank ? nil : RequestAccess()
        var kept = request.forKeeping(path: place.key.name, access)
        if !keeps { kept.method = request.method }
        let purpose = CacheRun(
            "GET \(place.key)", tags: place.key.tags, revalidate: policy.revalidate, access: access)
        let (outcome, work) = await RequestScope.with(kept, self, purpose: purpose) { scope -> CacheOutcome in
            do {
                var response = try await answerOfRun(place, kept, found)
                if scope.hasStagedCookies { response.add(scope.takeCookies()) }
                if let seen = access?.first {
                    guard policy.sight == .noted else {
                        throw DynamicAccessError(route: found.route.pattern, what: seen)
                    }
                    return notKept(place, response, "the handler looked at \(seen)")
                }
                if let reason = CacheOutcome.privacy(of: response) { return notKept(place, response, reason) }
                let (entry, rest) = try await entry(found, response, purpose, began: began)
                guard let entry else { return notKept(place, rest ?? response, "its body is too long") }
                guard keeps, CacheOutcome.isKept(entry.status) else { return .entry(entry, isStored: false) }
                return .entry(entry, isStored: await cache.write(entry, for: place.key, since: epoch))
            } catch {
                return .failure(error)
            }
        }
        return (outcome, work)
    }

    private func notKept(_ place: CachedPlace, _ response: Response, _ reason: String) -> CacheOutcome {
        if cache.leaveUnkept(place.key), environment == .development {
            log("GET \(place.key): the answer is not kept: \(reason)")
        }
        return .single(response, reason)
    }

    /// What the handler answers; what it throws to steer the request is an answer, too.
    private func answerOfRun(_ place: CachedPlace, _ request: Request, _ found: Found) async throws -> Response {
        do {
            let response = try await run(place.route.handler, request, found)
            if let problem = response.problem { throw problem }
            return response
        } catch let error as HTTPError where error.status.rawValue < 500 {
            return await answer(to: error, request, found)
        } catch let error as Redirection {
            return await answer(to: error, request, found)
        }
    }

    /// The entry of an answer; else, where the body is too long, the answer with a body that can still be sent.
    private func entry(
        _ found: Found, _ response: Response, _ run: CacheRun, began: Int64
    ) async throws -> (CacheEntry?, Response?) {
        let body: [UInt8]
        let limit = cache.configuration.maximumBodySize
        let contents = try await withLimit(found) { try await CacheOutcome.contents(of: response, limit: limit) }
        switch contents {
        case .whole(let bytes): body = bytes
        case .longer(let chunks, let sequence):
            let rest = Body(incoming: ResumedSequence(chunks, sequence), limit: nil)
            return (nil, Response(rest, status: response.status, headers: response.headers))
        }
        var headers = response.headers
        // RFC 9111 §3.1: what holds between two neighbours is not kept, nor what `Connection` says is of that kind.
        for option in (headers["connection"] ?? "").split(separator: ",") {
            try? headers.delete(option.trimmingBlanks())
        }
        for name: Headers.Name in [
            "content-length", "date", "age", "connection", "keep-alive", "transfer-encoding", "upgrade",
        ] {
            headers[name] = nil
        }
        var tag = headers[.etag] ?? ""
        if tag.isEmpty, response.status == .ok {
            tag = "\"" + Base64.encode(SHA1.hash(body.span).span, alphabet: .urlSafe) + "\""
            headers[.etag] = tag
        }
        if response.status == .ok, headers[.acceptRanges] == nil { headers[.acceptRanges] = "bytes" }
        let entry = CacheEntry(
            status: response.status, headers: headers, body: body, made: began, revalidate: run.revalidate,
            tags: run.tags, entityTag: tag)
        return (entry, nil)
    }

    /// Makes an entry anew once the old answer is out.
    private func refreshLater(_ place: CachedPlace, _ request: Request, _ found: Found) {
        guard !cache.answers.isRunning(place.key), cache.isDue(place.key) else { return }
        // After the answer, so that a server that shuts down waits for it.
        _ = RequestScope.current?.addAfterWork { [self] in await refresh(place, request, found) }
    }

    /// Makes an entry anew; a run that fails leaves the old one.
    func refresh(_ place: CachedPlace, _ request: Request, _ found: Found) async {
        await cache.answers.background(place.key) { [self] in
            guard cache.isDue(place.key), let lease = await cache.lease(place.key) else {
                return .failure(CancellationError())
            }
            if let made = await cache.madeMeanwhile(place.key) {
                await cache.release(lease, of: place.key)
                return .entry(made.entry, isStored: true)
            }
            let outcome = await runAndFollow(place, request, found)
            switch outcome {
            case .entry(_, isStored: true):
                cache.paused.remove(place.key)
                await cache.release(lease, of: place.key)
            case .entry(_, isStored: false):
                cache.pause(place.key, place.route.policy?.revalidate)
            case .single:
                // What is there is no longer what the handler answers.
                try? await cache.store.invalidate([.path(place.key.name)], .immediate)
                await cache.release(lease, of: place.key)
            case .failure(let error):
                // The lease runs out by itself: meanwhile no other process tries either.
                cache.pause(place.key, place.route.policy?.revalidate)
                if !(error is CancellationError) { log("GET \(place.key): the old answer stays: \(error)") }
            }
            return outcome
        }
    }
}

extension CacheOutcome {
    /// The answer of a run that nothing was kept of.
    fileprivate func plainAnswer(_ host: Host, _ request: Request, _ found: Found) async -> Response {
        switch self {
        case .entry(let entry, _):
            host.answer(entry, .miss(isStored: false, isShared: false), at: host.cache.clock.now())
        case .single(let response, _): response
        case .failure(let error): await host.answer(to: error, request, found)
        }
    }
}

/// A handler that must not look at the request did.
struct DynamicAccessError: Error, CustomStringConvertible {
    var route: String
    var what: String

    var description: String {
        "\(route): dynamic is \"error\", and the handler looked at \(what); use force-static to give it a blank request, "
            + "or auto"
    }
}
