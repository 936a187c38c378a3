// SPDX-License-Identifier: Apache-2.0
// One trial from the tap to the last sample: still pose, countdown, recording, stop. Hands-free in between.

import { Stillness } from "./lab-sensor.js";
import { Recording } from "./lab-recording.js";

const POSE_S = 2;
const COUNT_FROM = 3;
const STOP_STILL_S = 3;
const NOT_MOVING_S = 8;
const SILENT_MS = 1000;
/** Once so long still, nobody is putting the phone on any more, even if it never moved. */
const PLACED_S = 8;

export class Trial {
  recording = new Recording();
  #pose = new Stillness();
  // Slow heel raises are quiet movements: rest during a test is narrower than a still pose.
  #rest = new Stillness({ acc: 0.2, gyr: 6, windowS: 1 });
  #state = "placing";
  #hasMoved = false;
  #movedAt = 0;
  #beganAt = 0;
  #timers = [];
  #unlisten = null;
  #ended = null;

  /**
   * @param stream A started MotionStream.
   * @param plan {maxS, stopsWhenStill, fromGo, misplaced: acc => key or null}
   * @param says Called with what happens: says.placing(stillS), says.count(n), says.go(t), says.sample(s, elapsed),
   *   says.hint(key), says.still(s)
   */
  constructor(stream, plan, says) {
    Object.assign(this, { stream, plan, says });
  }

  /** Resolves with why it ended: "still", "time", "button", "hidden", "gap" or "silent". */
  run() {
    this.#unlisten = this.stream.listen((sample) => this.#take(sample));
    this.#every(250, () => {
      if (performance.now() - this.stream.lastAt > SILENT_MS) this.end("silent");
    });
    return new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  /** Goes on to the countdown without waiting for a still pose. */
  skipPose() {
    if (this.#state === "placing") this.#count();
  }

  #moved(elapsed) {
    if (this.#movedAt === 0) this.says.hint(null);
    this.#movedAt = elapsed;
  }

  end(reason) {
    if (!this.#ended) return;
    this.#timers.forEach(clearInterval);
    this.#unlisten();
    this.#state = "over";
    this.#ended(reason);
    this.#ended = null;
  }

  get isRunning() {
    return this.#state === "running";
  }

  #every(ms, work) {
    this.#timers.push(setInterval(work, ms));
  }

  #take(sample) {
    this.recording.add(sample);
    const stillS = this.#pose.add(sample);
    switch (this.#state) {
      case "placing": return this.#wait(sample, stillS);
      case "running": return this.#follow(sample);
    }
  }

  #wait(sample, stillS) {
    this.#hasMoved ||= stillS === 0 && this.recording.durationS > 0.6;
    this.recording.keepLast(POSE_S);
    this.says.placing(stillS);
    if (stillS >= (this.#hasMoved ? POSE_S : PLACED_S)) {
      const wrong = this.plan.misplaced?.(sample.acc);
      if (wrong) this.says.hint(wrong);
      this.#count();
    }
  }

  #count() {
    this.#state = "counting";
    let left = COUNT_FROM;
    this.says.count(left);
    this.#every(1000, () => {
      if (this.#state !== "counting") return;
      left -= 1;
      if (left > 0) return this.says.count(left);
      this.#state = "running";
      this.#beganAt = null;
      // The hold begins with the tone: what was stood before it is not part of it.
      if (this.plan.fromGo) this.recording = new Recording();
      this.says.go(this.recording);
    });
  }

  #follow(sample) {
    this.#beganAt ??= sample.t;
    const elapsed = sample.t - this.#beganAt;
    const restS = this.#rest.add(sample);
    if (restS === 0 && elapsed > 1.2) this.#moved(elapsed);
    this.says.sample(sample, elapsed);
    const gap = this.recording.gaps.at(-1);
    if (gap && gap.length > 1) return this.end("gap");
    if (elapsed >= this.plan.maxS) return this.end("time");
    if (this.plan.stopsWhenStill) {
      if (this.#movedAt > 0) {
        if (restS > 1) this.says.still(Math.max(0, STOP_STILL_S - restS));
        if (restS >= STOP_STILL_S) return this.end("still");
      } else if (elapsed > NOT_MOVING_S) {
        this.says.hint("not_moving");
      }
    }
  }
}
