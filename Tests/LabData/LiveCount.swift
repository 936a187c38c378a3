// SPDX-License-Identifier: Apache-2.0
public import Motion

extension HeelRaiseTest {
    /// What a phone shows at the end of a recording that it analysed sample by sample.
    public func live(of recording: Recording) -> HeelRaiseResult {
        var live = LiveHeelRaise(self)
        for index in 0..<recording.count {
            live.append(
                time: recording.time[index], force: recording.acceleration[index],
                turn: recording.rotation?[index] ?? .zero)
        }
        return live.result()
    }
}
