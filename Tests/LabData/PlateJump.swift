// SPDX-License-Identifier: Apache-2.0
import Motion

/// A jump on a force plate, as a phone at the body's centre would have felt it, and its true flights.
public struct PlateJump: Sendable {
    public let name: String
    public let set: String
    /// Vertical force in body weights.
    public let force: [Double]
    public let rate: Double
    /// Take-off and landing, s.
    public let flights: [(takeoff: Double, landing: Double)]
    /// Contacts before each flight, where the plate saw the landing before.
    public let contacts: [Double?]

    /// Finds the true flights where the force falls below `threshold` newtons.
    public init(
        name: String, set: String, newtons: [Double], rate: Double, weight: Double, threshold: Double = 20
    ) {
        self.name = name
        self.set = set
        self.rate = rate
        force = newtons.map { max($0, 0) / weight }
        var flights: [(Double, Double)] = []
        var contacts: [Double?] = []
        var left: Double?
        var landed: Double?
        func crossing(_ index: Int) -> Double {
            let (a, b) = (newtons[index - 1], newtons[index])
            return (Double(index - 1) + (threshold - a) / (b - a)) / rate
        }
        for index in 1..<newtons.count {
            if newtons[index] < threshold && newtons[index - 1] >= threshold { left = crossing(index) }
            if newtons[index] >= threshold && newtons[index - 1] < threshold {
                let now = crossing(index)
                if let off = left, now - off > 0.15, now - off < 1.2 {
                    flights.append((off, now))
                    contacts.append(landed.map { off - $0 })
                }
                if left == nil || now - (left ?? now) > 0.15 { landed = now }
                left = nil
            }
        }
        self.flights = flights
        self.contacts = contacts
    }

    public var movement: Movement {
        let zero = [Double](repeating: 0, count: force.count)
        var movement = Movement(
            start: 0, rate: rate, force: Axes(x: zero, y: zero, z: force.map { $0 * 9.81 }),
            turn: Axes(x: zero, y: zero, z: zero))
        movement.hasTurn = false
        return movement
    }

    /// Of a recording in which somebody stands: the weight is what the plate shows longest meanwhile.
    static func standing(name: String, set: String, newtons: [Double], rate: Double) -> PlateJump {
        let standing = newtons.filter { $0 > 200 }
        let coarse = Statistics.median(standing)
        let near = standing.filter { abs($0 - coarse) < 0.05 * coarse }
        return PlateJump(name: name, set: set, newtons: newtons, rate: rate, weight: Statistics.median(near))
    }

    /// Every shared jump.
    public static func all() throws -> [PlateJump] {
        var jumps: [PlateJump] = []
        func add(_ name: String, _ set: String, _ newtons: [Double], _ rate: Double) {
            jumps.append(standing(name: name, set: set, newtons: newtons, rate: rate))
        }
        for (name, rate) in [("GRFZjump", 600.0), ("jump1", 450), ("jump2", 450)] {
            add(
                name, "bmclab", try SharedData.table("jump/bmclab-jump/\(name).csv.gz")["grf_z_N"] ?? [], rate
            )
        }
        func sum(_ table: [String: [Double]], _ a: String, _ b: String) -> [Double] {
            zip(table[a] ?? [], table[b] ?? []).map { $0 + $1 }
        }
        for name in ["dual-cmj", "dual-dj", "dual-sj"] {
            let table = try SharedData.table("jump/gidiel-vertical-jumps/\(name).csv.gz")
            add(name, "gidiel", sum(table, "fz1_N", "fz2_N"), 1000)
        }
        for name in ["BFR003", "BFR007", "BFR010", "BFR011"] {
            let table = try SharedData.table("jump/acl-squat-jump/\(name).csv.gz")
            add(name, "acl", sum(table, "fz_right_N", "fz_left_N"), 1000)
        }
        add("cmj", "biomdp", try SharedData.table("jump/biomdp-kistler/cmj_1plate.csv.gz")["Fz"] ?? [], 1000)
        let drop = try SharedData.table("jump/biomdp-kistler/dropjump_2plates.csv.gz")
        add("dj", "biomdp", drop["Fz"] ?? [], 1000)
        for trial in 1...5 {
            let table = try SharedData.table("jump/jmu-drop-jump/trial0\(trial)_grf.csv.gz")
            add("trial0\(trial)", "jmu", table["fz_N"] ?? [], 1000)
        }
        return jumps
    }
}
