// SPDX-License-Identifier: Apache-2.0
// Tones for somebody who does not look at the screen. Unlocked by a tap; without sound the page works as well.

export class Sound {
  #audio = null;
  #beats = null;

  /** Must be called from a tap. */
  async unlock() {
    if (!window.AudioContext) return;
    this.#audio ??= new AudioContext();
    if (this.#audio.state !== "running") await Promise.race([this.#audio.resume(), pause(300)]);
  }

  get isOn() {
    return this.#audio?.state === "running";
  }

  /** Seconds from asking for a tone until the loudspeaker moves, as the browser tells it; null where it does not. */
  get delayS() {
    const audio = this.#audio;
    if (!this.isOn || audio.outputLatency === undefined) return null;
    return audio.outputLatency + audio.baseLatency;
  }

  tone(hertz, seconds = 0.12, volume = 0.25, inS = 0) {
    if (!this.isOn) return;
    const from = this.#audio.currentTime + inS;
    const tone = this.#audio.createOscillator();
    const gain = this.#audio.createGain();
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(volume, from);
    gain.gain.exponentialRampToValueAtTime(0.001, from + seconds);
    tone.connect(gain).connect(this.#audio.destination);
    tone.start(from);
    tone.stop(from + seconds);
  }

  /** A beat each second, alternating: up on the high one, down on the low one. Calls back with "up" or "down". */
  startBeats(onBeat) {
    this.stopBeats();
    const started = performance.now();
    let beat = 0;
    const tick = () => {
      const isUp = beat % 2 === 0;
      this.tone(isUp ? 880 : 587, 0.08);
      onBeat(isUp ? "up" : "down");
      beat += 1;
      // Counted from the start, so that no tick's delay adds up.
      this.#beats = setTimeout(tick, started + beat * 1000 - performance.now());
    };
    tick();
  }

  stopBeats() {
    clearTimeout(this.#beats);
    this.#beats = null;
  }
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
