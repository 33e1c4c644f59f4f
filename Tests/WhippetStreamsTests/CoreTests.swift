// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("Core: jobs and promises")
struct CoreJobTests {
    @Test("jobs run after the operation that made them, in their order")
    func jobsInOrder() {
        let domain = StreamDomain()
        var order: [Int] = []
        domain.enter {
            domain.enqueue {
                order.append(2)
                domain.enqueue { order.append(4) }
            }
            domain.enqueue { order.append(3) }
            order.append(1)
        }
        #expect(order == [1, 2, 3, 4])
    }

    @Test("a reaction is a job even when the promise is settled already", arguments: [false, true])
    func reactionsAreJobs(settledFirst: Bool) {
        let domain = StreamDomain()
        var order: [String] = []
        domain.enter {
            let promise = CorePromise(domain)
            if settledFirst { promise.resolve() }
            promise.react(fulfilled: { order.append("reaction") })
            if !settledFirst { promise.resolve() }
            order.append("operation")
        }
        #expect(order == ["operation", "reaction"])
    }

    @Test("the reaction to a rejection is a job")
    func rejectionsAreJobs() {
        let domain = StreamDomain()
        var order: [String] = []
        domain.enter {
            let promise = CorePromise(domain)
            promise.react(rejected: { order.append("\($0)") })
            promise.reject(Failure("reaction"))
            order.append("operation")
        }
        #expect(order == ["operation", "reaction"])
    }

    @Test("a promise that follows another one settles two jobs after it")
    func adoptionTakesTwoJobs() {
        let domain = StreamDomain()
        var order: [String] = []
        domain.enter {
            let follower = CorePromise(domain)
            follower.react(fulfilled: { order.append("follower") })
            follower.resolve(with: .resolved(domain))
            domain.enqueue {
                order.append("first")
                domain.enqueue {
                    order.append("second")
                    domain.enqueue { order.append("third") }
                }
            }
        }
        #expect(order == ["first", "second", "follower", "third"])
    }

    @Test("a promise that follows another one can't be settled otherwise")
    func followerIsSealed() {
        let domain = StreamDomain()
        domain.enter {
            let (leader, follower) = (CorePromise(domain), CorePromise(domain))
            follower.resolve(with: leader)
            follower.reject(Failure("too late"))
            #expect(follower.isPending)
        }
    }

    @Test("only the first settling counts")
    func settlesOnce() {
        let domain = StreamDomain()
        var order: [String] = []
        domain.enter {
            let promise = CorePromise(domain)
            promise.react(fulfilled: { order.append("fulfilled") }, rejected: { _ in order.append("rejected") })
            promise.reject(Failure("first"))
            promise.resolve()
        }
        #expect(order == ["rejected"])
    }
}

@Suite("Core: domain")
struct StreamDomainTests {
    @Test("posted items are delivered in order, when the lock is free")
    func deliveredUnlocked() {
        let domain = StreamDomain()
        var order: [String] = []
        domain.enter {
            domain.post(OutboxAction { order.append("first \(domain.isHeld)") })
            domain.post(OutboxAction { domain.enter { order.append("second \(domain.isHeld)") } })
            order.append("operation \(domain.isHeld)")
        }
        #expect(order == ["operation true", "first false", "second true"])
    }

    @Test("released objects die when the lock is free")
    func releasedUnlocked() {
        final class Probe {
            let domain: StreamDomain
            let log: Log<Bool>
            init(_ domain: StreamDomain, _ log: Log<Bool>) { (self.domain, self.log) = (domain, log) }
            deinit { log.add(domain.isHeld) }
        }
        let log = Log<Bool>()
        let domain = StreamDomain()
        domain.enter { domain.release(Probe(domain, log)) }
        domain.enter { domain.enqueue { [probe = Probe(domain, log)] in withExtendedLifetime(probe) {} } }
        #expect(log.all == [false, false])
    }

    @Test("merged domains are one: jobs and items of both go through either")
    func mergedDomains() {
        let domains = (0..<4).map { _ in StreamDomain() }
        domains[0].merge(domains[1])
        domains[2].merge(domains[3])
        domains[1].merge(domains[2])
        domains[3].merge(domains[0])
        var order: [Int] = []
        for entered in domains {
            order = []
            entered.enter {
                for (index, domain) in domains.enumerated() {
                    domain.enqueue { order.append(index) }
                    domain.post(OutboxAction { order.append(index + 4) })
                    #expect(domain.isHeld)
                }
            }
            #expect(order == Array(0..<8))
        }
    }

    #if DEBUG
    @Test("entering a domain from within itself stops a debug build")
    func reentrance() async {
        await #expect(processExitsWith: .failure) {
            let domain = StreamDomain()
            domain.enter { domain.enter {} }
        }
    }
    #endif
}

@Suite("Core: ring buffer")
struct RingBufferTests {
    @Test("a ring buffer behaves as an array does", arguments: 0..<20)
    func equalsArray(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let ring = RingBuffer<Int>()
        var array: [Int] = []
        for step in 0..<500 {
            switch random.next(below: 5) {
            case 0, 1, 2:
                ring.append(step)
                array.append(step)
            case 3:
                #expect(ring.popFirst() == (array.isEmpty ? nil : array.removeFirst()))
            default:
                guard let element = array.randomElement(using: &random), random.next(below: 4) == 0 else { continue }
                #expect(ring.remove { $0 == element } == element)
                array.removeAll { $0 == element }
            }
            #expect(ring.count == array.count)
            #expect(ring.isEmpty == array.isEmpty)
        }
        while let element = ring.popFirst() { #expect(element == array.removeFirst()) }
        #expect(array.isEmpty)
    }
}
