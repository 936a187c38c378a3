// SPDX-License-Identifier: Apache-2.0
// Where a sticker was, frame by frame: the raw recording of a camera, which is sent instead of pictures.

import { startCamera } from "./motion.js";
import { GAP_S } from "./lab-sensor.js";
import { plain } from "./lab-recording.js";

const HEAD = "t_s,x_px,y_px,diameter_px,sticker_mm";

export class Track {
  #rows = [];
  #seen = [];
  #start = null;

  constructor(stickerMM) {
    this.stickerMM = stickerMM;
  }

  /** Takes a frame: its time in seconds, and {x, y, diameter} in pixels, or null where the sticker was lost. */
  add(seconds, found) {
    this.#start ??= seconds;
    const t = (seconds - this.#start).toFixed(4);
    const place = found ? [found.x, found.y, found.diameter].map((value) => plain(value, 3)) : ["", "", ""];
    this.#rows.push([t, ...place, this.stickerMM].join(","));
    if (found) this.#seen.push(Number(t));
  }

  get count() {
    return this.#rows.length;
  }

  get durationS() {
    return this.count > 1 ? Number(this.#rows.at(-1).split(",")[0]) : 0;
  }

  get rateHz() {
    return this.durationS > 0 ? (this.count - 1) / this.durationS : 0;
  }

  /** Stretches longer than GAP_S in which the sticker was not seen, in seconds. */
  get gaps() {
    return this.#seen.slice(1).map((t, index) => t - this.#seen[index]).filter((length) => length > GAP_S);
  }

  csv() {
    return `${[HEAD, ...this.#rows].join("\n")}\n`;
  }
}

/** What a written track says, from the very text that is sent. */
export async function trackResult(csv, options) {
  const rows = csv.trimEnd().split("\n").slice(1)
    .map((line) => line.split(",").map((text) => (text === "" ? NaN : Number(text))));
  const camera = await startCamera({ stickerDiameter: rows[0][4], x: 0, y: 0, radius: 0 });
  try {
    for (const [t, x, y, diameter] of rows) camera.point(t, x, y, diameter);
    return camera.result(options);
  } finally {
    camera.stop();
  }
}
