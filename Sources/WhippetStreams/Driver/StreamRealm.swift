// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// All streams that one driver drives.
///
/// It keeps every stream alive until `end`, so that a driver's garbage collector may drop its objects in any order.
@_spi(Conformance) public final class StreamRealm {
    let driver: any StreamDriver
    let jobs: DriverJobQueue

    /// Makes a realm without streams.
    ///
    /// A driver whose functions never call back into the core while it runs may say so: the standard's invariants are
    /// asserted then, in builds with assertions.
    public init(_ driver: any StreamDriver, isReentrant: Bool = true) {
        self.driver = driver
        self.jobs = DriverJobQueue(driver, isReentrant: isReentrant)
    }

    /// Lets go of all streams, with the closures that they hold; none may be used any more.
    public func end() {
        jobs.streams = []
    }

    /// The core's view of a promise that the driver's code made.
    func promise(_ promise: any StreamDriverPromise) -> CorePromise {
        DriverPromise(jobs, promise)
    }

    /// [A promise resolved with](https://webidl.spec.whatwg.org/#a-promise-resolved-with) what a start function returned:
    /// a new one always, which follows that.
    func startPromise(_ started: (any StreamDriverPromise)?) -> CorePromise {
        guard let started else { return .resolved(jobs) }
        return resolved(with: promise(started))
    }

    func resolved(with other: CorePromise) -> CorePromise {
        let promise = jobs.promise()
        promise.resolve(with: other)
        return promise
    }

    /// The driver's promise behind one of the core's.
    func handle(_ promise: CorePromise) -> any StreamDriverPromise {
        if let promise = promise as? DriverPromise { return promise.handle }
        // The core makes its promises by `jobs.promise()`, so that none is of another kind.
        assertionFailure("a promise of another driver")
        return driver.makePromise()
    }

    func rejected(_ message: String) -> any StreamDriverPromise {
        handle(.rejected(jobs, driver.typeError(message)))
    }
}

/// The core's job queue over a driver's.
final class DriverJobQueue: JobQueue {
    private let driver: any StreamDriver
    private let reentrant: Bool
    /// The streams of the realm: the core's own references upwards are unowned.
    var streams: [AnyObject] = []

    init(_ driver: any StreamDriver, isReentrant: Bool) {
        self.driver = driver
        self.reentrant = isReentrant
    }

    override var isReentrant: Bool { reentrant }

    override func enqueue(_ job: @escaping () -> Void) {
        driver.enqueue(job)
    }

    override func promise() -> CorePromise {
        DriverPromise(self, driver.makePromise())
    }

    override func typeError(_ message: String) -> any Error {
        driver.typeError(message)
    }

    override func rangeError(_ message: String) -> any Error {
        driver.rangeError(message)
    }

    override func compositeReason(_ first: (any Error)?, _ second: (any Error)?) -> any Error {
        guard let first, let second else { return super.compositeReason(first, second) }
        return driver.list(first, second)
    }
}

/// A promise of a driver, as the core sees it: every reaction is the driver's own.
private final class DriverPromise: CorePromise {
    let handle: any StreamDriverPromise

    init(_ jobs: JobQueue, _ handle: any StreamDriverPromise) {
        self.handle = handle
        super.init(jobs)
    }

    override func settle(_ state: State) {
        super.settle(state)
        switch state {
        case .pending: break
        case .fulfilled: handle.resolve()
        case .rejected(let reason): handle.reject(reason)
        }
    }

    override func follow(_ other: CorePromise) {
        guard let other = other as? DriverPromise else { return super.follow(other) }
        handle.resolve(with: other.handle)
    }

    override func react(
        identity: ObjectIdentifier? = nil,
        fulfilled: @escaping () -> Void = {},
        rejected: @escaping (any Error) -> Void = { _ in }
    ) {
        handle.react(fulfilled: fulfilled, rejected: rejected)
    }

    override func setHandled() {
        handle.setHandled()
    }
}
