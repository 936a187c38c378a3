// SPDX-License-Identifier: Apache-2.0
package import Clinical

/// What the store could not do, as facts.
///
/// Carries names of columns and constraints, never the values: those are health data.
package enum StoreError: Error, Hashable, Sendable {
    /// There is no file, and none was to be made.
    case missing(path: String)
    /// The file or its folder cannot be written.
    case unwritable(path: String)
    /// The file is of another kind.
    case notADatabase(path: String)
    /// The file is a database, of another product.
    case foreign(path: String)
    /// The file is damaged.
    case corrupt(path: String)
    /// The file was made by a newer Soleus.
    case newerSchema(found: Int, known: Int)
    /// The address of a database cannot be used; the reason, which repeats nothing of the address.
    case address(String)
    /// There is no connection to the database server.
    case unreachable(database: String, reason: String)
    /// The database is not as a clinic's must be.
    case unfit(database: String, reason: String)
    /// The database did not take a setting that a promise rests on.
    case unsafeSetting(String)

    /// Somebody else wrote first.
    case conflict(episode: Episode.ID, expected: Int, found: Int)
    case notFound
    /// A row with the same key is there.
    case duplicate(String)
    /// What it would take is taken in part or whole; the constraint's name.
    case overlap(String)
    /// A rule of the schema refused the row.
    case refused(String)
    /// What a column holds is not what this version writes there.
    case unreadable(String)

    /// Too much at once; worth another try.
    case busy
    /// The disk is full.
    case full
    case readOnly
    /// The answer to a commit was lost: whether the rows are there is unknown, and nothing was tried again.
    case uncertain
    /// The database is closed or its disk fails.
    case unavailable(code: Int)
}

extension StoreError {
    /// The sentence for the command line.
    package var message: String {
        switch self {
        case .missing(let path):
            "\(path): there is no such file. `soleus demo` makes a demo clinic, "
                + "`soleus user add` begins a new one."
        case .unwritable(let path): "\(path): cannot be written. Check the folder's owner and permissions."
        case .notADatabase(let path): "\(path): is not a Soleus database. It was left as it is."
        case .foreign(let path): "\(path): is another program's database. It was left as it is."
        case .corrupt(let path): "\(path): is damaged. It was left as it is; restore the last backup."
        case .newerSchema(let found, let known):
            "The database was made by a newer Soleus (schema \(found), this one knows \(known)). Update Soleus."
        case .address(let reason): "The database's address cannot be used: \(reason)."
        case .unreachable(let database, let reason): "\(database): the database cannot be reached: \(reason)."
        case .unfit(let database, let reason): "\(database): cannot hold a clinic: \(reason)."
        case .unsafeSetting(let name): "The database refused \(name); writes could be lost, so Soleus stops."
        case .conflict(let episode, let expected, let found):
            "Chart \(episode) has moved on: expected entry \(expected), found \(found)."
        case .notFound: "There is no such row."
        case .duplicate(let key): "There is already one with the same \(key)."
        case .overlap(let rule): "It overlaps what is there already: \(rule)."
        case .refused(let rule): "The database refused the row: \(rule)."
        case .unreadable(let column): "What \(column) holds cannot be read by this version."
        case .busy: "Too much at once. Try again in a moment."
        case .full: "The disk is full."
        case .readOnly: "The database can only be read."
        case .uncertain: "The connection was lost while writing; whether it was written is not known."
        case .unavailable(let code): "The database cannot be reached (code \(code))."
        }
    }
}
