// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Web

@Suite("Heel raises that a camera saw") struct LabCameraTests {
    /// A sticker of 20 mm that rises by six centimetres each two seconds, at 0.8 mm a pixel.
    static func track(_ raises: Int) -> [UInt8] {
        var text = "t_s,x_px,y_px,diameter_px,sticker_mm\n"
        for index in 0..<(raises * 60) {
            let phase = Double(index % 60) / 60
            let lift = (0.2...0.8).contains(phase) ? 75 * (1 - cos(2 * .pi * (phase - 0.2) / 0.6)) / 2 : 0
            text += "\(Double(index) / 30),160,\(170 - lift),25,20\n"
        }
        return Array(text.utf8)
    }

    static func send(
        _ bytes: [UInt8], by rosa: TestBrowser, task: String = "single", side: String = "left",
        adding field: (String, String) = ("mass", "80")
    ) async throws -> Answered {
        let hash = LabTests.hash(bytes)
        let put = try await rosa.put(
            "/lab/recordings/\(hash)?from=0&size=\(bytes.count)&task=\(task)&side=\(side)"
                + "&placement=camera&rate=30", bytes)
        guard put.status == 200 else { return put }
        return try await rosa.post(
            "/lab/heel-raise",
            [
                "form": "a-camera-trial-\(side)", "recording": hash, "task": task, "side": side,
                "placement": "camera", "ended": "tired", "at": "1795348800000"
            ], adding: field)
    }

    @Test("The track becomes a result with its method, its error and what a real change is") func saved()
        async throws
    {
        let (site, rosa) = try await LabTests.clinic()
        let sent = try await Self.send(Self.track(8), by: rosa)
        #expect(sent.status == 303, "\(sent.body.prefix(2000))")
        let measured = try #require(try await site.site.scribe.episode("rosa").measurements.first).content
        let height = try #require(measured.result("heel_raise_height_left"))
        #expect(abs(height.value - 6) < 0.01)
        #expect(height.method == "camera-sticker")
        #expect(height.placement == "camera")
        #expect(height.error?.value == 0.8)
        #expect(height.detectableChange?.value == 2.2)
        #expect(measured.result("single_heel_raise_left")?.value == 8)
        #expect(abs((measured.result("heel_raise_displacement_left")?.value ?? 0) - 48) < 0.1)
        let page = try await rosa.get(try #require(sent.location)).body
        for text in [
            "8 heel raises on the left leg", "Method camera-sticker, version 1",
            "Smallest real change: 2.2 cm",
            "the same to the last digit", "What the camera saw", "How high the sticker was, cm", "Camera"
        ] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test("A method with numbers of its own does not lend them to the motion sensors") func byMethod()
        async throws
    {
        let pathway = try await TestSite().site.pathway
        #expect(
            pathway.method(of: "heel_raise_height_left", by: "camera-sticker")?.detectableChange?.value == 2.2
        )
        #expect(
            pathway.method(of: "heel_raise_height_left", by: "heel-raise-rise-of-body")?.detectableChange
                == nil)
        #expect(pathway.method(of: "heel_raise_height_left")?.error?.value == 0.8)
    }

    @Test(
        "A camera sees single heel raises, and nothing else is taken from it",
        arguments: [("double", "left"), ("lunge", "left"), ("hop", "left")])
    func refused(task: String, side: String) async throws {
        let (site, rosa) = try await LabTests.clinic()
        #expect(try await Self.send(Self.track(3), by: rosa, task: task, side: side).status == 400)
        #expect(try await rosa.get("/lab/camera?task=\(task)").status == 404)
        #expect(try await site.site.recordings.all(of: "rosa").isEmpty)
    }

    @Test("A sensor's table is no track, and a sticker that never moved is no heel raise") func useless()
        async throws
    {
        let (site, rosa) = try await LabTests.clinic()
        for bytes in [LabTests.raises, Self.still] {
            let answer = try await Self.send(bytes, by: rosa)
            #expect(answer.status == 422)
            #expect(answer.body.contains("This recording shows nothing that can be measured"))
        }
        #expect(try await site.site.scribe.episode("rosa").measurements.isEmpty)
    }

    private static let still: [UInt8] = Array(
        ("t_s,x_px,y_px,diameter_px,sticker_mm\n"
            + (0..<200).map { "\(Double($0) / 30),160,170,25,20\n" }.joined()).utf8)

    @Test("Both legs side by side: heights and work before the count hides weakness") func symmetry()
        async throws
    {
        let (site, rosa) = try await LabTests.clinic()
        try await LabTests.injure(.left, site)
        _ = try await Self.send(Self.track(8), by: rosa, side: "left")
        let sent = try await Self.send(Self.track(10), by: rosa, side: "right")
        let page = try await rosa.get(try #require(sent.location)).body
        #expect(page.contains("The injured leg against the other"))
        for text in [
            "80 % (8 of 10 times)", "79 % (", "All heel raises together, height", "Work of all heel raises"
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("needs your body weight"))
    }

    @Test("Without the mass the work says what it needs") func noMass() async throws {
        let (_, rosa) = try await LabTests.clinic()
        let sent = try await Self.send(Self.track(8), by: rosa, adding: ("mass", ""))
        let page = try await rosa.get(try #require(sent.location)).body
        #expect(page.contains("needs your body weight"))
        #expect(page.contains("What ended it"))
    }
}
