// SPDX-License-Identifier: Apache-2.0
// From a finished trial to a kept and sent one, and what waits on this phone from before.

import { keep } from "./lab-keep.js";
import { Later, Refused, send, sendWaiting } from "./lab-send.js";
import { byID, say } from "./lab-words.js";

/** Keeps a trial on the phone and sends it; then the page goes to its result. */
export async function save(trial, csrf) {
  byID("save").disabled = true;
  const ended = document.querySelector("#outcome input[name=ended]:checked");
  trial.fields.ended = ended?.value ?? "";
  // First onto the phone, then away: whatever happens to the connection, the trial is there.
  await keep(trial);
  byID("sending").textContent = say("send_sending");
  try {
    location.assign(await send(trial, csrf));
  } catch (problem) {
    byID("save").disabled = false;
    if (problem instanceof Later) {
      byID("sending").textContent = say("send_later");
      byID("save").hidden = true;
    } else if (problem instanceof Refused) {
      byID("save").hidden = !problem.isSignedOut;
      byID("sending").textContent = say(problem.isSignedOut ? "send_signed_out" : "send_refused");
    } else {
      throw problem;
    }
  }
}

/** Sends what waits from before, now and whenever the connection comes back, and says what became of it. */
export function sendEarlier({ owner, csrf }) {
  const list = byID("queue");
  const flush = () => sendWaiting(owner, csrf, ({ trial, result, problem }) => {
    byID("earlier").hidden = false;
    const item = document.createElement("li");
    if (result) {
      const link = document.createElement("a");
      link.href = result;
      link.textContent = say("queue_sent");
      item.append(link);
    } else {
      item.textContent = say(problem instanceof Later ? "queue_waits" : "queue_refused");
    }
    item.dataset.trial = trial.id;
    list.querySelector(`[data-trial="${trial.id}"]`)?.remove();
    list.append(item);
  });
  flush();
  window.addEventListener("online", flush);
}
