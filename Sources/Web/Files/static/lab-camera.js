// SPDX-License-Identifier: Apache-2.0
// Heel raises seen by a camera: a round sticker below the ankle is followed in the picture, its size is the scale.
// The pictures are looked at on the phone and thrown away; what is kept and sent is where the sticker was.

import { startCamera } from "./motion.js";
import { bits, heelRaises, ofSide } from "./lab-live.js";
import { packed } from "./lab-recording.js";
import { save, sendEarlier } from "./lab-save.js";
import { Sound } from "./lab-sound.js";
import { Track, trackResult } from "./lab-track.js";
import { Watch } from "./lab-watch.js";
import { byID, say } from "./lab-words.js";

const form = byID("lab");
const { csrf, owner, task, longest } = form.dataset;
const [video, canvas, line, digits] = ["video", "canvas", "line", "digits"].map(byID);
const picture = canvas.getContext("2d", { willReadFrequently: true });
const STICKER_RADIUS_PX = 12;
/** Time to get from the phone to the place. */
const COUNT_FROM = 5;
/** Two prompts of the beat without a raise end it. */
const STOP_AFTER_S = 5;

const sound = new Sound();
const watch = new Watch();
let stream = null;
let tracker = null;
let place = null;
let track = null;
let last = -1;
let countdown = null;
let kept = null;

function show(id) {
  for (const part of ["lab", "stage", "outcome", "trouble"]) byID(part).hidden = part !== id;
  byID(id).scrollIntoView({ block: "start" });
}

function stop(key) {
  end();
  byID("trouble-title").textContent = say(`${key}_title`);
  byID("trouble-text").textContent = say(`${key}_text`);
  show("trouble");
}

function end() {
  clearInterval(countdown);
  sound.stopBeats();
  watch.stop();
  stream?.getTracks().forEach((each) => each.stop());
  tracker?.stop();
  [stream, tracker, place] = [null, null, null];
  byID("finish").hidden = true;
}

const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
const number = (id) => Number(byID(id).value.replace(",", "."));

function sticker() {
  const given = number("sticker");
  return given >= 5 && given <= 200 ? given : 20;
}

/** The camera's frames with the instant at which each was taken, one after the other. */
function follow() {
  const next = (_, { mediaTime }) => {
    if (!stream) return;
    picture.drawImage(video, 0, 0, canvas.width, canvas.height);
    if (tracker && mediaTime > last) look(mediaTime);
    last = mediaTime;
    if (stream) video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}

function look(seconds) {
  const found = tracker.append(picture.getImageData(0, 0, canvas.width, canvas.height), seconds);
  place = found ?? place;
  if (found) circle(found);
  byID("hint").hidden = Boolean(found);
  if (!track) return;
  track.add(seconds, found);
  // The whole track is looked at each time, so not at every frame.
  if (track.count % 15 !== 0) return;
  const { repetitions } = tracker.live();
  digits.textContent = String(repetitions.length);
  const quietS = repetitions.length > 0 ? seconds - repetitions.at(-1).end : 0;
  if (quietS > STOP_AFTER_S || track.durationS > Number(longest)) finish();
}

function circle({ x, y, diameter }) {
  picture.beginPath();
  picture.arc(x, y, diameter / 2 + 4, 0, 2 * Math.PI);
  picture.lineWidth = 3;
  picture.strokeStyle = getComputedStyle(canvas).color;
  picture.stroke();
}

async function begin() {
  if (!window.isSecureContext) return stop("camera_insecure");
  if (!navigator.mediaDevices || !("requestVideoFrameCallback" in HTMLVideoElement.prototype)) return stop("camera_none");
  try {
    await sound.unlock();
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, frameRate: { ideal: 60 } },
    });
  } catch (problem) {
    return stop(problem.name === "NotAllowedError" ? "camera_denied" : "camera_none");
  }
  watch.start(() => stop("trouble_during_hidden"));
  video.srcObject = stream;
  await video.play();
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  [track, last] = [null, -1];
  digits.textContent = "·";
  show("stage");
  line.textContent = say("camera_tap");
  follow();
}

/** The person points at the sticker, and gets ready while it counts down. */
async function point(event) {
  if (!stream || tracker) return;
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  tracker = await startCamera({
    stickerDiameter: sticker(), x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale,
    radius: STICKER_RADIUS_PX,
  });
  line.textContent = say("camera_follows");
  let left = COUNT_FROM;
  const tick = () => {
    if (left === 0) return go();
    digits.textContent = String(left);
    sound.tone(660);
    left -= 1;
  };
  tick();
  countdown = setInterval(tick, 1000);
}

/** From here on it counts: what was seen while the person got ready is no part of the test. */
async function go() {
  clearInterval(countdown);
  if (!place) return stop("camera_nothing");
  const before = tracker;
  tracker = await startCamera({ stickerDiameter: sticker(), x: place.x, y: place.y, radius: place.diameter / 2 });
  before.stop();
  track = new Track(sticker());
  digits.textContent = "0";
  byID("finish").hidden = false;
  sound.startBeats((beat) => { line.textContent = say(`stage_${beat}`); });
}

async function finish() {
  if (!track) return;
  const done = track;
  track = null;
  end();
  sound.tone(440, 0.5);
  if (done.count === 0) return stop("camera_nothing");
  const csv = done.csv();
  const result = await trackResult(csv, { mass: number("mass") });
  const heights = result.repetitions.map(({ heightCentimetres }) => heightCentimetres);
  if (heights.length === 0) return stop("camera_nothing");
  const { bytes, hash } = await packed(csv);
  const side = chosen("side");
  kept = {
    id: crypto.randomUUID(), owner, path: form.getAttribute("action"), bytes, hash, at: Date.now(),
    fields: {
      task, side, placement: "camera", at: String(Date.now()), rate: done.rateHz.toFixed(3), marks: "", delay: "",
      mass: byID("mass").value, foot: "", height: "", found: bits(heelRaises(result, task, ofSide(side))),
    },
  };
  tell(done, heights);
  show("outcome");
  byID("save").disabled = false;
  byID("save").hidden = false;
  byID("save").focus();
}

function tell(done, heights) {
  const { gaps } = done;
  byID("outcome-title").textContent = say(`found_${task}`, { value: heights.length });
  byID("outcome-facts").textContent =
    say("camera_facts", { seconds: done.durationS.toFixed(0), rate: done.rateHz.toFixed(0) });
  byID("outcome-gaps").textContent = gaps.length === 0 ? say("outcome_no_gaps")
    : say(gaps.length === 1 ? "camera_gap" : "camera_gaps", { count: gaps.length, longest: Math.max(...gaps).toFixed(1) });
  byID("sending").textContent = "";
  byID("heights").replaceChildren(...heights.map((height, index) => {
    const row = document.createElement("tr");
    const [head, cell] = [document.createElement("th"), document.createElement("td")];
    head.scope = "row";
    head.textContent = String(index + 1);
    cell.className = "num";
    cell.textContent = height === null ? "–" : height.toFixed(1);
    row.append(head, cell);
    return row;
  }));
}

if (form.dataset.ready === "yes") {
  form.addEventListener("submit", (event) => event.preventDefault());
  byID("start").hidden = false;
  byID("start").addEventListener("click", begin);
  canvas.addEventListener("pointerdown", point);
  byID("finish").addEventListener("click", finish);
  byID("save").addEventListener("click", () => save(kept, csrf));
  for (const again of document.querySelectorAll("[data-again]")) again.addEventListener("click", () => show("lab"));
  window.addEventListener("pagehide", end);
}
sendEarlier({ owner, csrf });
