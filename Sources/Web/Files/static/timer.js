// SPDX-License-Identifier: Apache-2.0
// Counts holds, rests and minutes of one exercise. The page works without it; it only appears with it.
"use strict";
(() => {
  const box = document.getElementById("timer");
  if (!box) return;
  const data = box.dataset;
  const [digits, line] = [box.querySelector(".digits"), box.querySelector("[aria-live]")];
  const button = box.querySelector("button");
  const number = (text) => Number(text) || 0;
  const steps = [];
  const setText = (set) => data.wordsSet.replace("{set}", set).replace("{sets}", data.sets);
  if (number(data.minutes) > 0) {
    steps.push({ seconds: number(data.minutes) * 60, words: "" });
  } else if (number(data.hold) > 0) {
    for (let set = 1; set <= number(data.sets); set++) {
      for (let rep = 1; rep <= number(data.reps); rep++) {
        steps.push({ seconds: number(data.hold), words: `${setText(set)} · ${data.wordsHold} ${rep}/${data.reps}` });
        if (rep < number(data.reps)) steps.push({ seconds: 3, words: data.wordsRest });
      }
      if (set < number(data.sets)) steps.push({ seconds: number(data.rest), words: data.wordsRest });
    }
  } else if (number(data.sets) > 1) {
    for (let set = 1; set <= number(data.sets); set++) {
      steps.push({ seconds: number(data.reps) * 4, words: setText(set) });
      if (set < number(data.sets)) steps.push({ seconds: number(data.rest), words: data.wordsRest });
    }
  }
  if (steps.length === 0) return;
  box.hidden = false;

  let sound = null;
  const beep = (pitch) => {
    if (!sound) return;
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.2);
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.2);
  };
  let step = 0;
  let left = steps[0].seconds;
  let endsAt = 0;
  let ticking = null;
  const show = () => {
    const whole = Math.max(0, Math.ceil(left));
    digits.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    const words = step < steps.length ? steps[step].words : data.wordsDone;
    if (line.textContent !== words) line.textContent = words;
  };
  const stop = () => {
    clearInterval(ticking);
    ticking = null;
    button.textContent = data.wordsStart;
  };
  // The end of a step is a point in time, so a screen that slept does not stretch it.
  const tick = () => {
    left = (endsAt - Date.now()) / 1000;
    while (left <= 0 && step < steps.length) {
      step += 1;
      beep(step === steps.length ? 880 : 660);
      if (step === steps.length) { left = 0; stop(); break; }
      endsAt += steps[step].seconds * 1000;
      left = (endsAt - Date.now()) / 1000;
    }
    show();
  };
  button.addEventListener("click", () => {
    if (ticking) return stop();
    if (!sound && window.AudioContext) sound = new AudioContext();
    if (step === steps.length) { step = 0; left = steps[0].seconds; }
    endsAt = Date.now() + left * 1000;
    ticking = setInterval(tick, 200);
    button.textContent = data.wordsPause;
    show();
  });
  show();
})();
