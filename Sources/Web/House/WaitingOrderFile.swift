// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// Reads `waiting-order.yaml`.
///
/// Refused is an order in which a more urgent finding counts less than a calmer one, and one in which nothing known
/// counts as nothing urgent.
extension WaitingOrder {
    static let file = "waiting-order.yaml"

    /// - Throws: ``LoadError`` with the line of what is missing or wrong.
    init(yaml text: String, file: String = WaitingOrder.file) throws(LoadError) {
        let root = try DataNode(text: text, file: file)
        let node = try root.fields("order").required("order")
        var lines: [Line] = []
        for node in try node.list() {
            let fields = try node.fields("finding", "rank", "reason", "tag")
            let finding = try fields.required("finding")
            let isUnknown = try finding.text() == "unknown"
            let disposition: Disposition? = isUnknown ? nil : try finding.choice()
            try finding.refuse(try finding.text(), ifTaken: lines.contains { $0.finding == disposition })
            let tag = try fields.required("tag")
            guard try ["F", "F2", "S"].contains(tag.text()) else {
                throw tag.refused("expected F, F2 or S: what is only recalled decides nobody's turn")
            }
            lines.append(
                Line(
                    finding: disposition,
                    rank: Int(try fields.required("rank").number(in: 0...3, whole: true)),
                    reason: try fields.required("reason").text()))
        }
        guard let order = WaitingOrder(lines) else {
            let known = Disposition.allCases.map(\.rawValue).joined(separator: ", ")
            throw node.refused("needs a line for each of: \(known), unknown")
        }
        let known = Disposition.allCases.sorted()
        for (calmer, graver) in zip(known, known.dropFirst())
        where order.line(for: graver).rank <= order.line(for: calmer).rank {
            throw node.refused("'\(graver.rawValue)' must count more than '\(calmer.rawValue)'")
        }
        guard order.line(for: nil).rank > order.line(for: .selfCareMonitor).rank else {
            throw node.refused("'unknown' must count more than 'self_care_monitor': unknown is not \"no\"")
        }
        self = order
    }
}
