// SPDX-License-Identifier: Apache-2.0
package import Clinical

/// An entry that is not yet in a chart: the chart gives it a place and a time.
package struct Draft: Hashable, Sendable {
    package var id: Entry.ID
    package var author: Author
    package var pathway: String
    package var event: Event

    package init(id: Entry.ID, author: Author, pathway: String, event: Event) {
        self.id = id
        self.author = author
        self.pathway = pathway
        self.event = event
    }
}

/// What became of drafts.
package enum Appended: Hashable, Sendable {
    case written([Entry])
    /// The same form was sent before; this is the first entry that it wrote then.
    case alreadyWritten(Entry)
}

/// What a chart's next change is: its new entries, and how the chart then stands.
package struct Change: Sendable {
    package var drafts: [Draft]
    /// The standing row's new content, JSON; nil leaves it.
    package var standing: String?

    package init(drafts: [Draft], standing: String?) {
        self.drafts = drafts
        self.standing = standing
    }
}
