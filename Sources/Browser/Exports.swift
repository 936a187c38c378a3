// SPDX-License-Identifier: Apache-2.0
import Motion

// What JavaScript calls. A session is a pointer that the page got from `soleus_start` and gives back with
// `soleus_stop`; numbers that are unknown are NaN.

public typealias Handle = UnsafeMutableRawPointer

func session(_ handle: Handle) -> Session {
    Unmanaged<Session>.fromOpaque(handle).takeUnretainedValue()
}

func known(_ value: Double) -> Double? { value.isFinite && value > 0 ? value : nil }

/// The places in the order of the page's list; the waist for anything else.
func placement(_ code: Int32) -> Placement {
    switch code {
    case 0: .lowerBack
    case 2: .chest
    case 3: .thigh
    case 4: .shin
    case 5: .foot
    case 6: .pocket
    default: .waist
    }
}

private func task(_ code: Int32) -> AnkleTask {
    switch code {
    case 1: .circles
    case 2: .lunge
    default: .pumps
    }
}

private func heelRaiseTest(_ place: Int32, _ mass: Double, _ footLength: Double) -> HeelRaiseTest {
    HeelRaiseTest(placement: placement(place), mass: known(mass), footLength: known(footLength))
}

@c(soleus_start) public func start(_ hasRotation: Int32) -> Handle {
    Unmanaged.passRetained(Session(hasRotation: hasRotation != 0)).toOpaque()
}

@c(soleus_stop) public func stop(_ handle: Handle) { Unmanaged<Session>.fromOpaque(handle).release() }

/// Where the page puts up to 600 samples of seven numbers.
@c(soleus_input) public func input(_ handle: Handle) -> UnsafeMutablePointer<Double> { session(handle).input }

/// Where the latest answer is; a new answer may move it.
@c(soleus_output) public func output(_ handle: Handle) -> UnsafeMutablePointer<Double> {
    session(handle).output
}

/// Takes samples from the input; 0 when the recording is full.
@c(soleus_append) public func append(_ handle: Handle, _ count: Int32) -> Int32 {
    session(handle).append(Int(count)) ? 1 : 0
}

@c(soleus_count) public func count(_ handle: Handle) -> Int32 { Int32(session(handle).recording.count) }

@c(soleus_live_count) public func liveCount(_ handle: Handle) -> Double { session(handle).count }

@c(soleus_live_figure) public func liveFigure(_ handle: Handle) -> Double { session(handle).figure }

@c(soleus_watch_heel_raise)
public func watchHeelRaise(_ handle: Handle, _ place: Int32, _ mass: Double, _ footLength: Double) {
    session(handle).watch(HeelRaiseWatcher(heelRaiseTest(place, mass, footLength)))
}

@c(soleus_watch_ankle) public func watchAnkle(_ handle: Handle, _ what: Int32) {
    session(handle).watch(AnkleWatcher(AnkleTest(task: task(what))))
}

@c(soleus_watch_hop) public func watchHop(_ handle: Handle, _ place: Int32) {
    session(handle).watch(HopWatcher(HopTest(placement: placement(place))))
}

@c(soleus_watch_balance) public func watchBalance(_ handle: Handle, _ height: Double) {
    session(handle).watch(BalanceWatcher(BalanceTest(height: known(height))))
}

@c(soleus_watch_turn) public func watchTurn(_ handle: Handle) { session(handle).watch(TurnWatcher()) }

@c(soleus_heel_raise)
public func heelRaise(_ handle: Handle, _ place: Int32, _ mass: Double, _ footLength: Double) -> Int32 {
    let test = heelRaiseTest(place, mass, footLength)
    return session(handle).answer { (recording, encoder) throws(SignalError) in
        encoder.write(try test.result(of: recording))
    }
}

@c(soleus_ankle) public func ankle(_ handle: Handle, _ what: Int32) -> Int32 {
    let test = AnkleTest(task: task(what))
    return session(handle).answer { (recording, encoder) throws(SignalError) in
        encoder.write(try test.result(of: recording))
    }
}

@c(soleus_hop) public func hop(_ handle: Handle, _ place: Int32) -> Int32 {
    let test = HopTest(placement: placement(place))
    return session(handle).answer { (recording, encoder) throws(SignalError) in
        encoder.write(try test.result(of: recording))
    }
}

@c(soleus_balance) public func balance(_ handle: Handle, _ height: Double) -> Int32 {
    let test = BalanceTest(height: known(height))
    return session(handle).answer { (recording, encoder) throws(SignalError) in
        encoder.write(try test.result(of: recording))
    }
}

@c(soleus_turn) public func turn(_ handle: Handle) -> Int32 {
    session(handle).answer { (recording, encoder) throws(SignalError) in
        encoder.write(try TurnTest().result(of: recording))
    }
}

/// The instants of the signals are the first numbers of the input.
@c(soleus_reaction)
public func reaction(_ handle: Handle, _ signals: Int32, _ latency: Double, _ isDrill: Int32) -> Int32 {
    let session = session(handle)
    var instants: [Double] = []
    for index in 0..<min(Int(signals), Session.block) { instants.append(session.input[index]) }
    let test = ReactionTest(signals: instants, latency: latency.isFinite ? latency : 0, isDrill: isDrill != 0)
    return session.answer { (recording, encoder) throws(SignalError) in
        encoder.write(try test.result(of: recording))
    }
}
