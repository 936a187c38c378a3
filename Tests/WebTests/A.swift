import Testing
import HummingbirdTesting
@testable import Web
@Test func placeholder() { }
