// SPDX-License-Identifier: Apache-2.0
// What the phone itself finds, by the same code that the server runs: live while it records, and once at the end.

/** A module, or null where this browser cannot run it: then the server alone finds the result. */
async function load(isWalk = false) {
  if (!window.WebAssembly) return null;
  try {
    const motion = await import("./motion.js");
    return await (isWalk ? motion.loadWalk() : motion.loadMotion());
  } catch {
    return null;
  }
}

const COLUMNS = 7;

/** Which analysis watches a task, and what its options are. */
function watching(task, { placement, body }) {
  switch (task) {
    case "double": case "single": case "bent": return ["heel-raise", { placement, mass: body.mass, footLength: body.foot }];
    case "lunge": case "pumps": case "circles": return ["ankle", { task }];
    case "open": case "closed": return ["balance", {}];
    case "hop": case "hops": return ["hop", { placement }];
    case "turns": return ["turn", {}];
    // The belt is worn at the small of the back.
    case "walk": return ["walk", { placement: "lower-back" }];
    default: return null;
  }
}

const row = ({ t, acc, gyr }) => [t, ...acc, ...(gyr ?? [0, 0, 0])];

/** Counts along with a trial; without WebAssembly, or for a task that nothing watches, it says nothing. */
export class Live {
  static async open(task, options, hasRotation) {
    const watched = watching(task, options);
    const motion = watched ? await load(task === "walk") : null;
    if (!motion) return new Live(null);
    const session = motion.start({ rotation: hasRotation });
    session.watch(...watched);
    return new Live(session);
  }

  constructor(session) {
    this.session = session;
  }

  take(...samples) {
    if (this.session && !this.session.append(Float64Array.from(samples.flatMap(row)))) this.close();
  }

  /** {count, figure}, or null where nothing is known yet. */
  get now() {
    const live = this.session?.live();
    return live && Number.isFinite(live.count) ? live : null;
  }

  close() {
    this.session?.stop();
    this.session = null;
  }
}

/**
 * What a finished trial's table says, from the very text that is sent: {facts, count}.
 *
 * `facts` are [measure, value] in the names of the chart; null where the phone cannot tell, and the server must.
 */
export async function findings(csv, task, { side, placement, body, cues, delay }) {
  const [head, ...lines] = csv.trimEnd().split("\n");
  const width = head.split(",").length;
  const rows = new Float64Array(lines.length * COLUMNS);
  lines.forEach((line, index) => {
    line.split(",").forEach((text, column) => { rows[index * COLUMNS + column] = Number(text); });
  });
  const motion = await load(task === "walk");
  if (!motion) return null;
  const session = motion.start({ rotation: width === COLUMNS });
  try {
    if (!session.append(rows)) return null;
    const facts = found(session, task, { placement, body, cues, delay }, ofSide(side));
    return { facts, count: facts[0]?.[1] ?? 0 };
  } catch (problem) {
    // The analysis says why nothing can be measured; anything else is a fault.
    if (problem.code) return { facts: [], count: 0 };
    throw problem;
  } finally {
    session.stop();
  }
}

/** What a heel-raise test says, however it was measured. */
export function heelRaises(result, task, named) {
  const count = result.repetitions.length;
  if (task === "double") return [["double_heel_raise", count]];
  if (task === "bent") return named("bent_knee_heel_raise", count);
  const heights = result.repetitions.map(({ heightCentimetres }) => heightCentimetres).filter((height) => height !== null);
  const mean = heights.length === 0 ? null : heights.reduce((sum, height) => sum + height, 0) / heights.length;
  return [
    ...named("single_heel_raise", count), ...named("heel_raise_height", mean),
    ...named("heel_raise_displacement", result.displacementCentimetres), ...named("heel_raise_work", result.workJoules),
  ];
}

/** A measure of one side, where it is known. */
export const ofSide = (side) => (measure, value) =>
  (value === null || value === undefined ? [] : [[`${measure}_${side}`, value]]);

/** As LabTask.values on the server, in the same order of operations. */
function found(session, task, { placement, body, cues, delay }, named) {
  switch (task) {
    case "double": case "single": case "bent": {
      return heelRaises(session.heelRaise({ placement, mass: body.mass, footLength: body.foot }), task, named);
    }
    case "lunge": {
      const result = session.ankle({ task });
      return result.isAlongShin === true ? named("knee_to_wall_angle", result.angleDegrees) : [];
    }
    case "pumps": return named("ankle_range", session.ankle({ task }).angleDegrees);
    case "circles": return named("ankle_circles", session.ankle({ task }).cycles.length);
    case "open": case "closed": {
      const result = session.balance({});
      const ending = task === "closed" ? "_closed" : "";
      return [
        ...named(`single_leg_stance${ending}`, result.heldSeconds),
        ...(result.isTooStill ? [] : named(`stance_sway${ending}`, result.rmsDegrees)),
      ];
    }
    case "hop": return named("hop_height", session.hop({ placement }).bestHeightCentimetres);
    case "hops": return named("reactive_strength", session.hop({ placement }).reactiveStrength);
    case "walk": {
      // The belt is worn at the small of the back.
      const walk = session.walk({ placement: "lower-back", height: body.height / 100 });
      return [
        ["cadence", walk.cadence], ["walking_speed", walk.metresPerSecond],
        ["step_time_left", walk.stepLeftSeconds], ["step_time_right", walk.stepRightSeconds],
      ].filter(([, value]) => value !== null);
    }
    case "turns": {
      const { peakLeftDegreesPerSecond: left, peakRightDegreesPerSecond: right } = session.turn();
      return [["turn_peak_left", left], ["turn_peak_right", right]].filter(([, value]) => value !== null);
    }
    default: {
      const { medianSeconds } = session.reaction({ signals: cues, latency: delay ?? 0, isDrill: task === "placement" });
      return named(task === "reaction" ? "reaction_time" : "foot_placement_time", medianSeconds);
    }
  }
}

/** The bits of each value, which travel without loss. */
export function bits(facts) {
  const view = new DataView(new ArrayBuffer(8));
  return facts.map(([measure, value]) => {
    view.setFloat64(0, value);
    return `${measure}=${view.getBigUint64(0).toString(16)}`;
  }).join(" ");
}
