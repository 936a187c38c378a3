// SPDX-License-Identifier: Apache-2.0
// Motion in the page: the same Swift that the server runs, compiled to WebAssembly (scripts/build-wasm).
//
//   const motion = await loadMotion();
//   const session = motion.start({ rotation: true });
//   session.watch("heel-raise", { placement: "shin" });
//   session.append(rows);              // Float64Array: t, ax, ay, az, gx, gy, gz, seven numbers a sample
//   session.live();                    // { count, figure }
//   session.heelRaise({ placement: "shin" });
//   session.stop();
//
// Results carry what Sources/Browser/Results.swift writes, in the same order. A missing value is null, and its
// reason stands beside it under the same name with "Missing".

const PLACEMENTS = ["lower-back", "waist", "chest", "thigh", "shin", "foot", "pocket"];
const TASKS = ["pumps", "circles", "lunge"];
const METHODS = [
  "heel-raise-tilt-of-foot", "heel-raise-rise-of-body", "ankle-pumps-principal-axis", "ankle-circles-lean",
  "ankle-lunge-shin-to-vertical", "balance-fused-tilt", "balance-prediction-ellipse", "hop-edge-model",
  "hop-impacts-at-foot", "turn-yaw-about-gravity", "reaction-first-departure", "foot-placement-drill",
  "load-share", "camera-sticker",
];
const ENDS = ["pace_lost", "height_lost", "stopped", "recording_ended", "none_counted"];
const BECAUSE = [
  "tilt", "not_about_the_ball_of_the_foot", "too_high", "impact", "free_fall", "too_long", "sideways", "too_fast",
  "beside_another_movement", "other_direction", "too_small", "still", "between_two", "mostly_other_movements",
  "cut",
];
const MISSING = [
  null, "no_mass", "no_foot_length", "no_height", "no_rotation", "too_few", "not_at_this_placement", "too_still",
  "gap", "not_found",
];
const ERRORS = {
  1: ["too_short", "neededSeconds", "gotSeconds"],
  2: ["not_finite", "sample"],
  3: ["time_not_ascending", "sample"],
  4: ["constant"],
  5: ["rate", "hertz", "least", "most"],
  6: ["no_rotation"],
};

/** Why a recording gives no measure: `code`, and the facts of its kind. */
export class SignalError extends Error {
  constructor(numbers) {
    const [code, ...facts] = ERRORS[numbers[0]] ?? ["unknown"];
    super(code);
    this.code = code;
    facts.forEach((fact, index) => { this[fact] = numbers[index + 1]; });
  }
}

/** Reads a row of numbers in the order in which Swift wrote them. */
class Reader {
  constructor(numbers) {
    this.numbers = numbers;
    this.at = 0;
    this.result = {};
  }
  next() { return this.numbers[this.at++]; }
  value() {
    const value = this.next();
    return Number.isNaN(value) ? null : value;
  }
  number(name) { this.result[name] = this.value(); return this; }
  flag(name) { this.result[name] = this.next() === 1; return this; }
  word(name, words) { this.result[name] = words[this.next()] ?? null; return this; }
  maybe(name, words) { return this.word(name, words); }
  reading(name) {
    this.result[name] = this.value();
    const reason = MISSING[this.next()];
    if (reason) this.result[`${name}Missing`] = reason;
    return this;
  }
  list(name, read) {
    const whole = this.result;
    const count = this.next();
    const items = [];
    for (let index = 0; index < count; index += 1) {
      this.result = {};
      read(this);
      items.push(this.result);
    }
    this.result = whole;
    this.result[name] = items;
    return this;
  }
  quality() {
    const whole = this.result;
    this.result = {};
    this.number("rate").number("samples").number("stampTrust").number("accelerationStep").flag("hasRotation")
      .list("gaps", (gap) => gap.number("start").number("end"));
    whole.quality = this.result;
    this.result = whole;
    return this;
  }
}

const raise = (reader) => reader.number("start").number("top").number("end").reading("heightCentimetres")
  .reading("rangeDegrees");

const READ = {
  heelRaise: (reader) => reader.word("method", METHODS).quality().word("end", ENDS)
    .reading("displacementCentimetres").reading("peakHeightCentimetres").reading("workJoules")
    .reading("powerWatts").reading("fatiguePercent").reading("slopeCentimetres").reading("cycleSeconds")
    .reading("tempoErrorSeconds").reading("upToDown").list("repetitions", raise)
    .list("rejected", (each) => each.number("start").number("end").word("because", BECAUSE)),
  ankle: (reader) => reader.word("method", METHODS).quality().word("task", TASKS).reading("angleDegrees")
    .reading("spreadDegrees").maybe("isAlongShin", [false, true])
    .list("cycles", (cycle) => cycle.number("start").number("end").number("rangeDegrees")
      .maybe("direction", ["clockwise", "counterclockwise"])),
  balance: (reader) => reader.word("method", METHODS).quality().reading("heldSeconds").flag("isLost")
    .reading("rmsMetresPerSecondSquared").reading("rmsDegrees").reading("pathDegrees")
    .reading("ellipseSquareDegrees").reading("jerk").reading("rmsCentimetres").flag("isTooStill"),
  hop: (reader) => reader.word("method", METHODS).quality().reading("reactiveStrength")
    .reading("bestHeightCentimetres")
    .list("flights", (flight) => flight.number("takeoff").number("landing").reading("contactSeconds")
      .number("heightCentimetres").reading("reactiveStrength").maybe("isSoft", [false, true])),
  turn: (reader) => reader.word("method", METHODS).quality().reading("peakLeftDegreesPerSecond")
    .reading("peakRightDegreesPerSecond")
    .list("turns", (turn) => turn.number("start").number("end").number("angleDegrees")
      .number("peakDegreesPerSecond")),
  // Walking goes on after these; the page needs no more of it.
  walk: (reader) => reader.number("walkingSeconds").number("steps").number("strides").number("cadence")
    .number("strideMetres").number("metresPerSecond").number("strideSeconds").number("strideVariabilityPercent")
    .number("doubleSupportPercent").number("stepLeftSeconds").number("stepRightSeconds"),
  reaction: (reader) => reader.word("method", METHODS).quality().reading("medianSeconds")
    .reading("spreadSeconds").number("falseStarts")
    .list("responses", (response) => response.reading("seconds").flag("isFalseStart")
      .number("directionDegrees")),
};

const place = (name) => Math.max(PLACEMENTS.indexOf(name), 0);
const given = (value) => (Number.isFinite(value) ? value : NaN);

/** One recording in the module's memory. */
class Session {
  static BLOCK = 600;
  static COLUMNS = 7;

  constructor(swift, rotation) {
    this.swift = swift;
    this.handle = swift.soleus_start(rotation ? 1 : 0);
  }

  /** Watches live: "heel-raise", "ankle", "hop", "balance" or "turn"; "walk" in a session of loadWalk. */
  watch(what, { placement, mass, footLength, task, height } = {}) {
    const { swift, handle } = this;
    switch (what) {
      case "heel-raise":
        swift.soleus_watch_heel_raise(handle, place(placement), given(mass), given(footLength));
        break;
      case "ankle": swift.soleus_watch_ankle(handle, Math.max(TASKS.indexOf(task), 0)); break;
      case "hop": swift.soleus_watch_hop(handle, place(placement)); break;
      case "balance": swift.soleus_watch_balance(handle, given(height)); break;
      case "turn": swift.soleus_watch_turn(handle); break;
      case "walk": swift.soleus_watch_walk(handle, place(placement)); break;
      default: throw new RangeError(`nothing watches ${what}`);
    }
  }

  /** Takes samples of seven numbers; false when the recording is full. */
  append(rows) {
    const { swift, handle } = this;
    const step = Session.BLOCK * Session.COLUMNS;
    for (let from = 0; from < rows.length; from += step) {
      const part = rows.subarray(from, from + step);
      new Float64Array(swift.memory.buffer, swift.soleus_input(handle), part.length).set(part);
      if (!swift.soleus_append(handle, part.length / Session.COLUMNS)) return false;
    }
    return true;
  }

  get count() { return this.swift.soleus_count(this.handle); }

  live() {
    const { swift, handle } = this;
    return { count: swift.soleus_live_count(handle), figure: swift.soleus_live_figure(handle) };
  }

  /** The numbers of an answer as Swift wrote them: for comparing bits. */
  numbers(count) {
    const from = this.swift.soleus_output(this.handle);
    return new Float64Array(this.swift.memory.buffer, from, Math.abs(count)).slice();
  }

  read(name, count) {
    const numbers = this.numbers(count);
    if (count < 0) throw new SignalError(numbers);
    return READ[name](new Reader(numbers)).result;
  }

  heelRaise({ placement, mass, footLength } = {}) {
    return this.read("heelRaise", this.swift.soleus_heel_raise(
      this.handle, place(placement), given(mass), given(footLength)));
  }
  ankle({ task } = {}) {
    return this.read("ankle", this.swift.soleus_ankle(this.handle, Math.max(TASKS.indexOf(task), 0)));
  }
  balance({ height } = {}) { return this.read("balance", this.swift.soleus_balance(this.handle, given(height))); }
  hop({ placement } = {}) { return this.read("hop", this.swift.soleus_hop(this.handle, place(placement))); }
  /** Of a session of loadWalk; `height` in m. */
  walk({ placement, height } = {}) {
    return this.read("walk", this.swift.soleus_walk(this.handle, place(placement), -1, given(height)));
  }
  turn() { return this.read("turn", this.swift.soleus_turn(this.handle)); }

  /** `signals` in the recording's seconds, `latency` in seconds. */
  reaction({ signals, latency = 0, isDrill = false }) {
    const { swift, handle } = this;
    const some = Float64Array.from(signals.slice(0, Session.BLOCK));
    new Float64Array(swift.memory.buffer, swift.soleus_input(handle), some.length).set(some);
    return this.read("reaction", swift.soleus_reaction(handle, some.length, latency, isDrill ? 1 : 0));
  }

  stop() {
    this.swift.soleus_stop(this.handle);
    this.handle = 0;
  }
}

/** A video in the module's memory. */
class Camera {
  constructor(swift, { stickerDiameter, x, y, radius }) {
    this.swift = swift;
    this.handle = swift.soleus_camera_start(stickerDiameter, x, y, radius);
  }

  /** Takes an ImageData; the sticker { x, y, diameter, roundness } in pixels, or null. */
  append(image, seconds) {
    const { swift, handle } = this;
    const { data, width, height } = image;
    const at = swift.soleus_camera_pixels(handle, data.length);
    new Uint8Array(swift.memory.buffer, at, data.length).set(data);
    if (!swift.soleus_camera_append(handle, width, height, seconds)) return null;
    const [x, y, diameter, roundness] = this.numbers(4);
    return { x, y, diameter, roundness };
  }

  numbers(count) {
    return new Float64Array(this.swift.memory.buffer, this.swift.soleus_camera_output(this.handle), count).slice();
  }

  /** What the frames so far show, as heelRaise gives it. */
  live() { return this.read(this.swift.soleus_camera_live(this.handle)); }

  /** Takes a frame of a track that was written down; NaN where the sticker was lost. */
  point(seconds, x, y, diameter) { this.swift.soleus_camera_point(this.handle, seconds, x, y, diameter); }

  /** What the written track shows, as heelRaise gives it. */
  result({ mass } = {}) { return this.read(this.swift.soleus_camera_result(this.handle, given(mass))); }

  read(count) { return READ.heelRaise(new Reader(this.numbers(count))).result; }

  stop() {
    this.swift.soleus_camera_stop(this.handle);
    this.handle = 0;
  }
}

/** The bytes that a text of scripts/build-wasm holds. */
export function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("\n", "")), (letter) => letter.charCodeAt(0));
}

const loaded = new Map();

/** A module of scripts/build-wasm, loaded once. It asks for nothing from the page. */
function load(name) {
  if (!loaded.has(name)) {
    loaded.set(name, import(`./${name}-wasm.js`)
      .then(({ wasm }) => WebAssembly.instantiate(bytes(wasm), {})).then(({ instance }) => instance.exports));
  }
  return loaded.get(name);
}

async function sessions(name) {
  const swift = await load(name);
  return { swift, start: ({ rotation = true } = {}) => new Session(swift, rotation) };
}

/** The calf's tests. */
export const loadMotion = () => sessions("motion");
/** Walking, a module of its own. */
export const loadWalk = () => sessions("walk");

/** Begins to follow a sticker: its diameter in mm, where it was touched, and about how large it is, in pixels. */
export async function startCamera(options) { return new Camera(await load("camera"), options); }
