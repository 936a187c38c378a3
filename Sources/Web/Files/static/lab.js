// SPDX-License-Identifier: Apache-2.0
// The page of one test: from the tap on Start to a kept or sent trial. Without it the page offers entry by hand.

import { askForMotion, MotionStream, SensorProblem } from "./lab-sensor.js";
import { packed } from "./lab-recording.js";
import { Trial } from "./lab-trial.js";
import { Sound } from "./lab-sound.js";
import { DelayLoop, giveCues } from "./lab-cues.js";
import { bits, findings, Live } from "./lab-live.js";
import { Watch } from "./lab-watch.js";
import { save, sendEarlier } from "./lab-save.js";
import { byID, has, say } from "./lab-words.js";

const form = byID("lab");
const [stage, outcome, trouble] = ["stage", "outcome", "trouble"].map(byID);

const { csrf, owner } = form.dataset;
const sound = new Sound();
const watch = new Watch();
let trial = null;
let live = null;
let kept = null;

// ---- What the person chose

const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`);

function plan() {
  const { longest, still, beats, cues, task } = form.dataset;
  return {
    maxS: Number(longest), stopsWhenStill: still === "yes", beats: beats === "yes", cues: Number(cues),
    cueKind: task === "placement" ? task : chosen("cue")?.value,
    fromGo: task === "open" || task === "closed",
    misplaced: task === "lunge" ? notUpright : null,
  };
}

/** The lunge is read from the phone's long axis: it must stand up along the shin. */
const notUpright = (acc) => (Math.abs(acc[1]) < 0.7 * Math.hypot(...acc) ? "not_upright" : null);

function options() {
  const body = {};
  for (const name of ["mass", "foot", "height"]) body[name] = Number(form.elements[name]?.value.replace(",", ".") || NaN);
  return { side: chosen("side")?.value ?? "", placement: chosen("placement")?.value ?? "", body };
}

// ---- What the person sees

function show(part) {
  for (const each of [form, stage, outcome, trouble]) each.hidden = each !== part;
  part.scrollIntoView({ block: "start" });
}

function stop(key) {
  byID("trouble-title").textContent = say(`trouble_${key}_title`);
  byID("trouble-text").textContent = say(`trouble_${key}_text`);
  show(trouble);
  byID("trouble-again").focus();
}

const digits = byID("digits");
const line = byID("line");
function tell(text) {
  if (line.textContent !== text) line.textContent = text;
}

function hint(key) {
  const text = key ? say(`hint_${key}`) : "";
  const place = byID("hint");
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !key;
}

const narrator = (wanted) => ({
  placing(stillS) {
    digits.textContent = stillS > 0.5 ? Math.min(2, stillS).toFixed(1) : "·";
    tell(say(stillS > 0.5 ? "stage_still" : "stage_place"));
  },
  count(left) {
    byID("ready").hidden = true;
    digits.textContent = String(left);
    tell(say("stage_count"));
    sound.tone(660);
  },
  go(recording) {
    live?.take(...recording.samples);
    byID("finish").hidden = false;
    sound.tone(990, 0.5);
    tell(say("stage_go"));
    if (wanted.beats) sound.startBeats((beat) => tell(say(`stage_${beat}`)));
    if (wanted.cues > 0) {
      digits.textContent = "·";
      cue(wanted, trial);
    }
  },
  sample(sample, elapsed) {
    live?.take(sample);
    if (wanted.cues > 0) return;
    const now = live?.now;
    digits.textContent = String(Math.floor(now ? now.count : elapsed));
    const key = now && Number.isFinite(now.figure) ? `live_${form.dataset.task}` : null;
    byID("live").textContent = key && has(key) ? say(key, { figure: now.figure.toFixed(1) }) : "";
  },
  still(left) {
    if (!wanted.beats) tell(say("stage_stopping", { seconds: Math.ceil(left) }));
  },
  hint,
});

// ---- Cues

const ARROWS = { front: "↑", right: "→", back: "↓", left: "←", light: "●" };
function showCue(cue) {
  stage.classList.toggle("cue", cue !== null);
  digits.textContent = cue === null ? "·" : ARROWS[cue];
}

/** Five taps on the screen tell how late the sensors are, because the phone feels them itself. */
async function measureDelay(stream) {
  const loop = new DelayLoop();
  const [button, tapLine] = [byID("tap"), byID("hint")];
  const unlisten = stream.listen((sample) => loop.take(sample));
  byID("ready").hidden = true;
  button.hidden = false;
  digits.textContent = "5";
  tell(say("stage_tap"));
  tapLine.hidden = true;
  await new Promise((done) => {
    button.addEventListener("pointerdown", function felt(event) {
      loop.tap(event);
      digits.textContent = String(5 - loop.taps);
      if (loop.taps < 5) return;
      button.removeEventListener("pointerdown", felt);
      // What the last tap moves comes after it.
      setTimeout(done, 400);
    });
  });
  unlisten();
  button.hidden = true;
  byID("ready").hidden = false;
  return loop.delayS;
}

async function cue(wanted, running) {
  await giveCues({
    count: wanted.cues, kind: wanted.cueKind, sound, show: showCue, isOn: () => running.isRunning,
    onCue: (name, at) => running.recording.mark(name, at),
  });
  if (running.isRunning) running.end("done");
}

// ---- A trial

async function begin() {
  const wanted = plan();
  const stream = new MotionStream();
  try {
    await Promise.all([askForMotion(), sound.unlock()]);
    await stream.start();
  } catch (problem) {
    if (!(problem instanceof SensorProblem)) throw problem;
    return stop(problem.key);
  }
  byID("hint").hidden = true;
  byID("ready").hidden = false;
  byID("finish").hidden = true;
  show(stage);
  const delayS = wanted.cues > 0 ? await measureDelay(stream) : null;
  live = await Live.open(form.dataset.task, options(), stream.hasRotation);
  trial = new Trial(stream, wanted, narrator(wanted));
  watch.start((reason) => trial?.isRunning && trial.end(reason));
  const reason = await trial.run();
  sound.stopBeats();
  watch.stop();
  stream.stop();
  live.close();
  if (["hidden", "gap", "silent"].includes(reason)) return stop(`during_${reason}`);
  sound.tone(440, 0.5);
  stage.classList.remove("cue");
  await finish(trial.recording, reason, stream, delayS);
}

async function finish(recording, reason, stream, delayS) {
  const csv = recording.csv();
  const { bytes, hash } = await packed(csv);
  const marks = recording.marks.map(({ name, t }) => ({ name, t: t.toFixed(4) }));
  const delay = delayS === null ? "" : delayS.toFixed(4);
  const own = await findings(csv, form.dataset.task, {
    ...options(), cues: marks.map(({ t }) => Number(t)), delay: Number(delay),
  });
  const id = crypto.randomUUID();
  const fields = {
    task: form.dataset.task, side: chosen("side")?.value ?? "", placement: chosen("placement")?.value ?? "",
    stopped: reason, sign: `${stream.sign} ${stream.signFrom}`, rounded: recording.isRounded ? "yes" : "no",
    at: String(Date.now()), rate: recording.rateHz.toFixed(3), marks: marks.map(({ name, t }) => `${name}:${t}`).join(" "), delay,
    found: own ? bits(own.facts) : "",
  };
  for (const name of ["mass", "foot", "height"]) fields[name] = form.elements[name]?.value ?? "";
  kept = { id, owner, path: form.getAttribute("action"), bytes, hash, fields, at: Date.now() };
  const gaps = recording.gaps;
  const facts = [say("outcome_facts", { seconds: recording.durationS.toFixed(0), rate: recording.rateHz.toFixed(0) })];
  // What every cue and every sample came late by, as this phone showed it just before.
  if (Number(form.dataset.cues) > 0) {
    facts.push(delayS === null ? say("outcome_no_delay") : say("outcome_delay", { ms: (1000 * delayS).toFixed(0) }));
  }
  byID("outcome-facts").textContent = facts.join(" ");
  byID("outcome-gaps").textContent =
    gaps.length === 0 ? say("outcome_no_gaps")
      : say(gaps.length === 1 ? "outcome_gap" : "outcome_gaps", { count: gaps.length, longest: Math.max(...gaps.map(({ length }) => length)).toFixed(1) });
  const isNothing = own !== null && own.count === 0;
  byID("outcome-title").textContent = say(
    isNothing ? "outcome_nothing" : own ? `found_${form.dataset.task}` : `outcome_${reason}`,
    { value: own ? Number(own.count.toFixed(2)) : "" });
  byID("outcome-nothing").hidden = !isNothing;
  outcome.classList.toggle("success", !isNothing);
  outcome.classList.toggle("notice", isNothing);
  byID("sending").textContent = "";
  byID("save").hidden = isNothing;
  show(outcome);
  (isNothing ? byID("repeat") : byID("save")).focus();
}

if (form.dataset.ready === "yes") {
  form.addEventListener("submit", (event) => event.preventDefault());
  byID("start").hidden = false;
  byID("start").addEventListener("click", () => begin());
  byID("ready").addEventListener("click", () => trial?.skipPose());
  byID("finish").addEventListener("click", () => trial?.end("button"));
  byID("save").addEventListener("click", () => save(kept, csrf));
  for (const again of document.querySelectorAll("[data-again]")) again.addEventListener("click", () => show(form));
  // Said before anybody straps a phone to a leg.
  if (!window.isSecureContext) stop("insecure");
}
sendEarlier({ owner, csrf });
