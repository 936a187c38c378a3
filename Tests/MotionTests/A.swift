import Testing

@testable import Motion

@Test func placeholder() {}
