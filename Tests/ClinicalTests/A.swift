import Testing
@testable import Clinical
@Test func placeholder() { }
