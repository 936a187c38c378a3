import Testing

@testable import soleus

@Test func placeholder() {}
