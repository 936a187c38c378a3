// SPDX-License-Identifier: Apache-2.0
// The phone's motion sensors as one stream of samples: m/s² with gravity positive up, deg/s, seconds.

/** Longest silence between two samples that is still one recording, in seconds. */
export const GAP_S = 0.1;

/** What keeps the sensors from moving; the page has a sentence for each. */
export class SensorProblem extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** Asks for the sensors; must be called from a tap. */
export async function askForMotion() {
  // Without TLS a browser registers the listener and never calls it; that looks like a broken phone.
  if (!window.isSecureContext) throw new SensorProblem("insecure");
  if (!("DeviceMotionEvent" in window)) throw new SensorProblem("no_sensor");
  if (typeof DeviceMotionEvent.requestPermission === "function") {
    let answer;
    try {
      answer = await DeviceMotionEvent.requestPermission();
    } catch {
      throw new SensorProblem("denied");
    }
    if (answer !== "granted") throw new SensorProblem("denied");
  }
}

/**
 * The direction that the orientation sensor calls up, in the phone's axes; null where it says nothing.
 *
 * It has one convention on all phones, while the sign of the acceleration has two.
 */
function upOf({ beta, gamma }) {
  if (beta === null || gamma === null || beta === undefined) return null;
  const [b, c] = [(beta * Math.PI) / 180, (gamma * Math.PI) / 180];
  return [-Math.cos(b) * Math.sin(c), Math.sin(b), Math.cos(b) * Math.cos(c)];
}

export class MotionStream {
  #listeners = new Set();
  #up = null;
  #first = null;
  #votes = 0;
  #decided = null;
  lastAt = null;
  hasRotation = false;

  /** Starts; resolves at the first sample that holds something. */
  start(patienceMs = 2000) {
    window.addEventListener("deviceorientation", this.#orientation);
    window.addEventListener("devicemotion", this.#motion);
    return new Promise((resolve, reject) => {
      this.#first = { resolve, reject };
      setTimeout(() => this.#settle(new SensorProblem("silent")), patienceMs);
    });
  }

  stop() {
    window.removeEventListener("deviceorientation", this.#orientation);
    window.removeEventListener("devicemotion", this.#motion);
    this.#listeners.clear();
  }

  /** Calls back with each sample: {t, acc: [x, y, z], gyr: [x, y, z] or null}, t in seconds. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** +1 or -1: what the phone's acceleration is multiplied with, so that gravity at rest points up. */
  get sign() {
    return this.#decided?.sign ?? 1;
  }

  /** How the sign was found: by the orientation sensor, or by how a phone is held when its button is pressed. */
  get signFrom() {
    return this.#decided?.from ?? null;
  }

  #settle(problem) {
    const first = this.#first;
    this.#first = null;
    if (!first) return;
    if (problem) {
      this.stop();
      first.reject(problem);
    } else {
      first.resolve();
    }
  }

  #orientation = (event) => {
    this.#up = upOf(event) ?? this.#up;
  };

  #motion = (event) => {
    const raw = event.accelerationIncludingGravity;
    const rate = event.rotationRate;
    const acc = raw ? [raw.x, raw.y, raw.z] : [null, null, null];
    if (acc.some((value) => value === null || value === undefined)) {
      // One event without numbers, and then silence, is how a browser says that there is no sensor.
      const denied = event.acceleration === null && raw === null;
      this.#settle(new SensorProblem(denied ? "no_sensor" : "no_sensor"));
      return;
    }
    this.#calibrate(acc);
    const turning = rate && rate.alpha !== null && rate.beta !== null && rate.gamma !== null;
    this.hasRotation ||= Boolean(turning);
    this.lastAt = performance.now();
    this.#settle(null);
    const sample = {
      t: event.timeStamp / 1000,
      acc: acc.map((value) => value * this.sign),
      gyr: turning ? [rate.alpha, rate.beta, rate.gamma] : null,
      delay: this.lastAt - event.timeStamp,
    };
    for (const listener of this.#listeners) listener(sample);
  };

  /** Settles the sign within the first ten samples, and never again during one trial. */
  #calibrate(acc) {
    if (this.#decided?.from === "orientation" || Math.abs(this.#votes) >= 10) return;
    if (this.#up) {
      const along = acc[0] * this.#up[0] + acc[1] * this.#up[1] + acc[2] * this.#up[2];
      // Only near rest is the acceleration mostly gravity.
      if (Math.abs(along) > 6) this.#decided = { sign: along > 0 ? 1 : -1, from: "orientation" };
      return;
    }
    // Who has just pressed a button looks at the screen: its top or its face points up.
    this.#votes += acc[1] + acc[2] > 0 ? 1 : -1;
    this.#decided = { sign: this.#votes >= 0 ? 1 : -1, from: "tap" };
  }
}

/** Tells rest from movement over the last seconds. */
export class Stillness {
  #samples = [];
  #since = null;

  /** Largest spread of each axis that is rest, in m/s², and largest mean rate of turn, in deg/s. */
  constructor({ acc = 0.35, gyr = 8, windowS = 0.5 } = {}) {
    Object.assign(this, { acc, gyr, windowS });
  }

  /** Seconds of rest up to this sample. */
  add(sample) {
    this.#samples.push(sample);
    while (sample.t - this.#samples[0].t > this.windowS) this.#samples.shift();
    const still = this.#samples.length > 5 && this.#isStill();
    if (!still) this.#since = null;
    else this.#since ??= this.#samples[0].t;
    return still ? sample.t - this.#since : 0;
  }

  #isStill() {
    const count = this.#samples.length;
    let turn = 0;
    for (const { gyr } of this.#samples) turn += gyr ? Math.hypot(...gyr) : 0;
    if (turn / count > this.gyr) return false;
    return [0, 1, 2].every((axis) => {
      let [sum, squares] = [0, 0];
      for (const { acc } of this.#samples) {
        sum += acc[axis];
        squares += acc[axis] * acc[axis];
      }
      return squares / count - (sum / count) ** 2 <= this.acc * this.acc;
    });
  }
}
