// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// What is particular to one clinic: `clinic.yaml` in the data folder, never code.
package struct ClinicDetails: Sendable, Hashable {
    package let name: String
    package let address: [String]
    /// As it is printed.
    package let phone: String
    /// What to dial in an emergency, such as 911.
    package let emergency: String
    package let zone: TimeZone
    package let language: String
    package let hours: [String]

    /// - Throws: ``LoadError`` with the line of what is missing or unknown.
    package init(yaml text: String, file: String) throws(LoadError) {
        let fields = try DataNode(text: text, file: file)
            .fields("name", "address", "phone", "emergency", "time_zone", "language", "hours")
        func lines(_ key: String) throws(LoadError) -> [String] {
            var lines: [String] = []
            for line in try fields.required(key).list() { lines.append(try line.text()) }
            return lines
        }
        name = try fields.required("name").text()
        address = try lines("address")
        phone = try fields.required("phone").text()
        emergency = try fields.required("emergency").text()
        language = try fields.required("language").text()
        hours = try lines("hours")
        let zoneNode = try fields.required("time_zone")
        guard let zone = TimeZone(identifier: try zoneNode.text()) else {
            throw zoneNode.refused(
                "unknown time zone '\(try zoneNode.text())'; use a name such as America/New_York")
        }
        self.zone = zone
        guard phone.contains(where: \.isNumber) else {
            throw try fields.required("phone").refused("a phone number needs digits")
        }
    }

    /// The clinic of the demonstration, from the file that comes with the program.
    package static let demoYAML = EmbeddedFiles.all["demo/clinic.yaml"] ?? ""

    /// The number as a link dials it.
    package var phoneLink: String { Self.link(phone) }
    package var emergencyLink: String { Self.link(emergency) }

    // A number of ten digits is dialled with the country code that such a number has.
    private static func link(_ number: String) -> String {
        let digits = number.filter(\.isNumber)
        if number.trimmingCharacters(in: .whitespaces).hasPrefix("+") { return "tel:+\(digits)" }
        return digits.count == 10 ? "tel:+1\(digits)" : "tel:\(digits)"
    }
}
