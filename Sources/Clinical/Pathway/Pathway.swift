// SPDX-License-Identifier: Apache-2.0
public struct Phase: Hashable, Sendable { public typealias ID = Identifier<Phase> }
public struct Exercise: Hashable, Sendable { public typealias ID = Identifier<Exercise> }
public struct Treatment: Hashable, Sendable { public typealias ID = Identifier<Treatment> }
public struct Criterion: Hashable, Sendable { public typealias ID = Identifier<Criterion> }
