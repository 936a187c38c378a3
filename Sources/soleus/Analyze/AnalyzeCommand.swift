// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Motion
import Recordings

struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Say what recordings of a phone or a motion sensor show.",
        discussion: """
            KIND is one of: \(AnalysisKind.allCases.map(\.rawValue).joined(separator: ", ")).

            FILE is a table of our own (t_s,acc_x,acc_y,acc_z[,gyr_x,gyr_y,gyr_z] in seconds, m/s² with gravity \
            and deg/s), also packed with gzip, or an export of phyphox, Sensor Logger or SensorLog: one table, \
            the zip, or the folder. Of a table named after its sensor (Accelerometer.csv) those beside it are \
            read too. What a file is, is told by the names of its columns; what these leave open is refused. \
            - reads the paths from standard input, one a line.

            Without --json a report for people. With --json one object on one line for each file, in the order \
            in which they are done, as many at once as the machine has cores.

            PLACEMENT
              gait        lower-back, waist, foot, shin, pocket
              heel-raise  foot, shin, thigh, waist, lower-back, chest; camera for the track of a sticker
                          (t_s,x_px,y_px,diameter_px,sticker_mm), as the clinic's pages record it
              ankle       foot (--task pumps or circles), shin (--task lunge)
              balance     waist, lower-back, thigh, pocket
              hop         waist, lower-back, chest, shin, foot
              turn        waist, lower-back
              reaction    foot, shin, waist; needs --signals

            EXAMPLES
              soleus analyze gait walk.csv --placement lower-back --height 1.78
              soleus analyze heel-raise left.zip --placement foot --side left --foot-length 26 --json
              find data -name '*.csv.gz' | soleus analyze gait - --placement lower-back --json

            EXIT STATUS
              0   every file was used
              1   a file could not be used; the message says file, line and why, and the others went on
              64  the command line was not understood
            """)

    @Argument(help: "What to look for.") var kind: AnalysisKind
    @Argument(help: "Recordings, or - for paths on standard input.") var files: [String]
    @Option(help: "Where the sensor sat.", transform: Self.placement) var placement: Place
    @Option(help: "left or right: which leg.") var side: String?
    @Option(help: "Body height in m.") var height: String?
    @Option(help: "Body mass in kg.") var mass: Double?
    @Option(help: "Length of the foot in cm, heel to toe.") var footLength: Double?
    @Option(help: "ankle: pumps, circles or lunge.") var task: String?
    @Option(help: "reaction: when the signals were given, in the recording's seconds: 2.5,6.1,9.")
    var signals: String?
    @Option(help: "reaction: seconds that showing and sensing take, measured beforehand.")
    var latency = 0.0
    @Flag(help: "reaction: the signals said where to step, so say which way each answer went.") var drill =
        false
    @Flag(help: "Print JSON, one line a file.") var json = false
    @Option(help: "Draw signal and findings into this SVG file.") var plot: String?

    func validate() throws {
        let request = try request()
        let places = kind.places(task: request.ankleTask)
        guard places.contains(request.place) else {
            throw ValidationError(
                "--placement \(request.place): \(kind.rawValue)\(task.map { " " + $0 } ?? "") reads "
                    + places.joined(separator: ", "))
        }
        if plot != nil, files.count > 1 || files == ["-"] {
            throw ValidationError("--plot draws one recording: give one FILE")
        }
    }

    /// The options as the analysis takes them; `none` is no side and no height, as scripts write it.
    private func request() throws -> AnalysisRequest {
        var request = AnalysisRequest(kind: kind, placement: placement.worn)
        request.isCamera = placement.isCamera
        if let side, side != "none" {
            guard let known = BodySide(rawValue: side) else {
                throw ValidationError("--side \(side): expected left or right")
            }
            request.side = known
        }
        if let height, height != "none" {
            guard let metres = Double(height), (0.5...2.6).contains(metres) else {
                throw ValidationError("--height \(height): expected metres from 0.5 to 2.6")
            }
            request.height = metres
        }
        if let mass {
            guard (20...400).contains(mass) else {
                throw ValidationError("--mass \(mass): expected kilograms from 20 to 400")
            }
            request.mass = mass
        }
        if let footLength {
            guard (10...40).contains(footLength) else {
                throw ValidationError("--foot-length \(footLength): expected centimetres from 10 to 40")
            }
            request.footLength = footLength
        }
        try read(&request)
        return request
    }

    /// What only one kind asks for; elsewhere it would be ignored, so it is refused.
    private func read(_ request: inout AnalysisRequest) throws {
        switch (kind, task) {
        case (.ankle, let task?):
            guard let known = AnkleTask(rawValue: task) else {
                throw ValidationError("--task \(task): expected pumps, circles or lunge")
            }
            request.ankleTask = known
        case (.ankle, nil): throw ValidationError("ankle needs --task pumps, circles or lunge")
        case (_, _?): throw ValidationError("--task means nothing beside \(kind.rawValue)")
        case (_, nil): break
        }
        switch (kind, signals) {
        case (.reaction, let text?):
            let times = text.split(separator: ",").map { Double($0) }
            request.signals = times.compactMap { $0 }.filter(\.isFinite)
            guard !times.isEmpty, request.signals.count == times.count else {
                throw ValidationError("--signals \(text): expected seconds with commas between: 2.5,6.1,9")
            }
        case (.reaction, nil): throw ValidationError("reaction needs --signals")
        case (_, _?): throw ValidationError("--signals means nothing beside \(kind.rawValue)")
        case (_, nil): break
        }
        guard (0...1).contains(latency) else {
            throw ValidationError("--latency \(latency): expected seconds from 0 to 1")
        }
        request.latency = latency
        guard !drill || kind == .reaction else {
            throw ValidationError("--drill means nothing beside \(kind.rawValue)")
        }
        request.isDrill = drill
    }

    func run() async throws {
        let cores = Cores(ProcessInfo.processInfo.activeProcessorCount)
        let work = AnalyzeWork(analyzer: Analyzer(try request()), json: json, plot: plot, cores: cores)
        let failed = await AnalyzeQueue.run(paths, work)
        if failed { throw ExitCode(1) }
    }

    /// The files of the command line, with `-` replaced by the lines of standard input.
    private var paths: AnyIterator<String> {
        var rest = files[...]
        var isReading = false
        return AnyIterator {
            while true {
                if isReading {
                    if let line = readLine() {
                        if line.isEmpty { continue }
                        return line
                    }
                    isReading = false
                }
                guard let next = rest.popFirst() else { return nil }
                guard next == "-" else { return next }
                isReading = true
            }
        }
    }
}

extension AnalysisKind: ExpressibleByArgument {}

extension AnalyzeCommand {
    /// Where the phone was: worn, or beside the foot with its camera.
    struct Place {
        let worn: Placement
        let isCamera: Bool
    }

    fileprivate static func placement(_ text: String) throws -> Place {
        // The sticker that a camera follows is at the foot.
        if text == AnalysisRequest.camera { return Place(worn: .foot, isCamera: true) }
        if let placement = Placement(rawValue: text) { return Place(worn: placement, isCamera: false) }
        let places = Placement.allCases.map(\.rawValue) + [AnalysisRequest.camera]
        throw ValidationError("expected one of: \(places.joined(separator: ", "))")
    }
}
