// SPDX-License-Identifier: Apache-2.0
// Heel raises seen by a camera: a round sticker below the ankle is followed in the picture, its size is the scale.
// The pictures are looked at on the phone and thrown away; none is kept and none is sent.

import { loadMotion } from "./motion.js";

const byID = (id) => document.getElementById(id);
const says = new Map([...document.querySelectorAll("#says > [data-say]")].map((line) => [line.dataset.say, line.textContent]));
const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), says.get(key) ?? key);
const [video, canvas, line, digits] = ["video", "canvas", "line", "digits"].map(byID);
const picture = canvas.getContext("2d", { willReadFrequently: true });
const STICKER_RADIUS_PX = 12;

let stream = null;
let tracker = null;
let seen = 0;

function show(id) {
  for (const part of ["begin", "stage", "outcome", "trouble"]) byID(part).hidden = part !== id;
}

function stop(key) {
  end();
  byID("trouble-title").textContent = say(`camera_${key}_title`);
  byID("trouble-text").textContent = say(`camera_${key}_text`);
  show("trouble");
}

function end() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
}

/** The camera's frames with the instant at which each was taken, one after the other. */
function follow() {
  if (!stream) return;
  const next = (_, { mediaTime }) => {
    if (!stream) return;
    picture.drawImage(video, 0, 0, canvas.width, canvas.height);
    if (tracker) look(mediaTime);
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}

function look(seconds) {
  const found = tracker.append(picture.getImageData(0, 0, canvas.width, canvas.height), seconds);
  seen += 1;
  if (!found) {
    line.textContent = say("camera_lost");
    return;
  }
  picture.beginPath();
  picture.arc(found.x, found.y, found.diameter / 2 + 4, 0, 2 * Math.PI);
  picture.lineWidth = 3;
  picture.strokeStyle = getComputedStyle(canvas).color;
  picture.stroke();
  line.textContent = say("camera_follows");
  // The whole track is looked at each time, so not at every frame.
  if (seen % 15 === 0) digits.textContent = String(tracker.result().repetitions.length);
}

async function begin() {
  if (!window.isSecureContext) return stop("insecure");
  if (!navigator.mediaDevices || !("requestVideoFrameCallback" in HTMLVideoElement.prototype)) return stop("none");
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, frameRate: { ideal: 60 } },
    });
  } catch (problem) {
    return stop(problem.name === "NotAllowedError" ? "denied" : "none");
  }
  video.srcObject = stream;
  await video.play();
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  show("stage");
  line.textContent = say("camera_tap");
  follow();
}

/** The person points at the sticker. */
async function point(event) {
  if (!stream || tracker) return;
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  const motion = await loadMotion();
  const diameter = Number(byID("sticker").value.replace(",", "."));
  tracker = motion.camera({
    stickerDiameter: Number.isFinite(diameter) && diameter > 0 ? diameter : 20,
    x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale, radius: STICKER_RADIUS_PX,
  });
  byID("finish").hidden = false;
}

function finish() {
  end();
  const result = tracker?.result();
  tracker?.stop();
  tracker = null;
  byID("finish").hidden = true;
  const heights = (result?.repetitions ?? []).map(({ heightCentimetres }) => heightCentimetres).filter((height) => height !== null);
  if (heights.length === 0) return stop("nothing");
  byID("outcome-title").textContent = say("camera_found", { count: heights.length });
  const rows = byID("heights");
  rows.replaceChildren(...heights.map((height, index) => {
    const row = document.createElement("tr");
    const [head, cell] = [document.createElement("th"), document.createElement("td")];
    head.scope = "row";
    head.textContent = String(index + 1);
    cell.className = "num";
    cell.textContent = height.toFixed(2);
    row.append(head, cell);
    return row;
  }));
  show("outcome");
}

byID("start").hidden = false;
byID("start").addEventListener("click", begin);
canvas.addEventListener("pointerdown", point);
byID("finish").addEventListener("click", finish);
for (const again of document.querySelectorAll("[data-again]")) again.addEventListener("click", () => { digits.textContent = "0"; show("begin"); });
window.addEventListener("pagehide", end);
