// SPDX-License-Identifier: Apache-2.0
// Keeps the screen on, and notices when the page slept: then the sensors did, too.

export class Watch {
  #lock = null;
  #wanted = false;
  #onSleep = null;

  /** Calls back with "hidden" when the page goes away or freezes. */
  start(onSleep) {
    this.#onSleep = onSleep;
    this.#wanted = true;
    document.addEventListener("visibilitychange", this.#visibility);
    document.addEventListener("freeze", this.#sleep);
    window.addEventListener("pagehide", this.#sleep);
    return this.#request();
  }

  stop() {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#visibility);
    document.removeEventListener("freeze", this.#sleep);
    window.removeEventListener("pagehide", this.#sleep);
    this.#lock?.release().catch(() => {});
    this.#lock = null;
  }

  /** Whether the screen is kept on; where it is not, the person is told to set it so. */
  get isAwake() {
    return this.#lock !== null && !this.#lock.released;
  }

  #sleep = () => this.#onSleep?.("hidden");

  #visibility = () => {
    if (document.hidden) this.#sleep();
    else this.#request();
  };

  // The lock ends by itself whenever the page is hidden, and a phone may refuse it.
  async #request() {
    if (!this.#wanted || !navigator.wakeLock) return;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
    } catch {
      this.#lock = null;
    }
  }
}
