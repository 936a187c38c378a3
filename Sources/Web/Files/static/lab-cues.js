// SPDX-License-Identifier: Apache-2.0
// Cues at moments that nobody can guess, each with the instant at which it really showed or sounded.

import { pause } from "./lab-sound.js";

const SHORTEST_S = 2;
const SPREAD_S = 2.5;
const SHOWN_MS = 600;
const DIRECTIONS = ["front", "right", "back", "left"];

const chance = () => crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
const frame = () => new Promise((done) => requestAnimationFrame(done));

/**
 * Gives cues until `count` are given or `isOn` says no.
 *
 * @param show Puts a cue on the screen, or takes it away: show(cue) and show(null).
 * @param onCue Called with the cue and its instant on the clock of the samples, in seconds.
 */
export async function giveCues({ count, kind, sound, show, isOn, onCue }) {
  for (let given = 0; given < count && isOn(); given += 1) {
    await pause(1000 * (SHORTEST_S + SPREAD_S * chance()));
    if (!isOn()) return;
    const cue = kind === "placement" ? DIRECTIONS[Math.floor(4 * chance())] : kind;
    let at;
    if (kind === "tone") {
      at = performance.now() / 1000 + (sound.delayS ?? 0);
      sound.tone(1200, 0.15, 0.5);
    } else {
      show(cue);
      if (kind === "placement") call(cue, sound);
      // A frame's own time is when it begins; what was set before it is seen at the next.
      await frame();
      at = (await frame()) / 1000;
    }
    onCue(cue, at);
    await pause(SHOWN_MS);
    show(null);
  }
}

/** Front is high, back is low, right is two tones, left is three: for who cannot see the screen. */
function call(direction, sound) {
  const [hertz, times] = { front: [1320, 1], back: [440, 1], right: [880, 2], left: [880, 3] }[direction];
  for (let index = 0; index < times; index += 1) sound.tone(hertz, 0.08, 0.5, index * 0.12);
}

/**
 * How late the motion sensors are against a finger: taps on the screen are felt by the phone itself.
 *
 * Collects samples and taps; the delay is the median time from a touch to the first sample that it moves.
 */
export class DelayLoop {
  #samples = [];
  #taps = [];

  take(sample) {
    this.#samples.push(sample);
    if (this.#samples.length > 1200) this.#samples.shift();
  }

  tap(event) {
    this.#taps.push(event.timeStamp / 1000);
  }

  get taps() {
    return this.#taps.length;
  }

  /** In seconds; null where fewer than three taps were felt. */
  get delayS() {
    const delays = this.#taps.map((at) => this.#felt(at)).filter((delay) => delay !== null).sort((a, b) => a - b);
    return delays.length < 3 ? null : delays[Math.floor(delays.length / 2)];
  }

  #felt(at) {
    const before = this.#samples.filter(({ t }) => t > at - 0.5 && t < at - 0.02);
    if (before.length < 10) return null;
    const mean = [0, 1, 2].map((axis) => before.reduce((sum, { acc }) => sum + acc[axis], 0) / before.length);
    const off = ({ acc }) => Math.hypot(...acc.map((value, axis) => value - mean[axis]));
    const noise = Math.sqrt(before.reduce((sum, sample) => sum + off(sample) ** 2, 0) / before.length);
    // The threshold of a response in the reaction test, so that both begin alike.
    const least = Math.max(5 * noise, 0.8);
    const felt = this.#samples.find((sample) => sample.t >= at - 0.02 && sample.t < at + 0.3 && off(sample) > least);
    return felt ? felt.t - at : null;
  }
}
