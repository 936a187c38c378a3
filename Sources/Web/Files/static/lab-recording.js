// SPDX-License-Identifier: Apache-2.0
// One trial's samples, and the file that is made of them: our own CSV, compressed, named by its hash.

import { GAP_S } from "./lab-sensor.js";

const encoder = new TextEncoder();
const LEAST_STEP_S = 0.0002;

export class Recording {
  #samples = [];
  #marks = [];

  add(sample) {
    const last = this.#samples.at(-1);
    // Two events of one stamp say the same; time never stands still in a recording, nor in its four digits.
    if (last && sample.t - last.t < LEAST_STEP_S) return;
    this.#samples.push(sample);
  }

  /** Forgets all but the last seconds: what came before the still pose says nothing. */
  keepLast(seconds) {
    const from = this.#samples.at(-1)?.t - seconds;
    this.#samples = this.#samples.filter(({ t }) => t >= from);
  }

  /** A copy of all samples so far. */
  get samples() {
    return [...this.#samples];
  }

  get count() {
    return this.#samples.length;
  }

  get start() {
    return this.#samples[0]?.t ?? 0;
  }

  get durationS() {
    return this.count > 1 ? this.#samples.at(-1).t - this.start : 0;
  }

  get rateHz() {
    return this.durationS > 0 ? (this.count - 1) / this.durationS : 0;
  }

  /** Silences longer than GAP_S: when each began, and how long it was, in seconds. */
  get gaps() {
    const gaps = [];
    for (let index = 1; index < this.count; index += 1) {
      const length = this.#samples[index].t - this.#samples[index - 1].t;
      if (length > GAP_S) gaps.push({ at: this.#samples[index - 1].t - this.start, length });
    }
    return gaps;
  }

  /** The phone rounds to tenths: then small movements drown, and the result says so. */
  get isRounded() {
    const off = ({ acc }) => acc.some((value) => Math.abs(value * 10 - Math.round(value * 10)) > 0.001);
    return this.count > 0 && !this.#samples.some(off);
  }

  /** Notes that something happened now, such as a cue, in seconds of the recording. */
  mark(name, atS) {
    this.#marks.push({ name, t: atS - this.start });
  }

  get marks() {
    return this.#marks;
  }

  csv() {
    const turning = this.#samples.every(({ gyr }) => gyr !== null);
    const lines = [turning ? "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z" : "t_s,acc_x,acc_y,acc_z"];
    for (const { t, acc, gyr } of this.#samples) {
      const fields = [(t - this.start).toFixed(4), ...acc.map((value) => plain(value, 4))];
      if (turning) fields.push(...gyr.map((value) => plain(value, 3)));
      lines.push(fields.join(","));
    }
    return `${lines.join("\n")}\n`;
  }

}

/** A table as the compressed file that is sent, and the hash that names it. */
export async function packed(csv) {
  const stream = new Blob([encoder.encode(csv)]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return { bytes, hash: await sha256(bytes) };
}

/** The shortest text of a number with at most so many digits, never "-0" and never an exponent. */
export function plain(value, digits) {
  const text = value.toFixed(digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "").replace(/^-0$/, "0") : text;
}

export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
