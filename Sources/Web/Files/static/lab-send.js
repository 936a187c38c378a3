// SPDX-License-Identifier: Apache-2.0
// Sends kept trials: the recording piece by piece, from where the server stopped, then what the trial was.

import { forget, waiting } from "./lab-keep.js";

const PIECE = 128 * 1024;

/** The server refused it. */
export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }

  /** Signing in again helps; sending the same once more otherwise changes nothing. */
  get isSignedOut() {
    return this.status === 401 || this.status === 403;
  }
}

/** The connection broke, or the server has too much to do: try again later. */
export class Later extends Error {}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Later("offline");
  }
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) throw new Later(`${answer.status}`);
  return answer;
}

/** Sends the bytes that the server does not hold yet; what it holds already it passes over. */
async function sendRecording({ bytes, hash, fields }, csrf) {
  const about = new URLSearchParams({
    size: bytes.length, task: fields.task, side: fields.side, placement: fields.placement, rate: fields.rate,
  });
  let received = 0;
  while (received < bytes.length) {
    const answer = await ask(`/lab/recordings/${hash}?from=${received}&${about}`, {
      method: "PUT",
      headers: { "Content-Type": "application/octet-stream", "X-CSRF-Token": csrf },
      body: bytes.slice(received, received + PIECE),
    });
    if (answer.status !== 200 && answer.status !== 409) throw new Refused(answer.status);
    const held = (await answer.json()).received;
    // Somebody else sent the same piece, or it was lost on the way: go on from what the server holds.
    if (held === received) throw new Later("no progress");
    received = held;
  }
}

/** Sends one trial and forgets it here; gives the path of its result. */
export async function send(trial, csrf) {
  try {
    return await sendAll(trial, csrf);
  } catch (problem) {
    if (problem instanceof Refused && !problem.isSignedOut) await forget(trial.id);
    throw problem;
  }
}

async function sendAll(trial, csrf) {
  await sendRecording(trial, csrf);
  const form = new URLSearchParams({ ...trial.fields, csrf, form: trial.id, recording: trial.hash });
  const answer = await ask(trial.path, { method: "POST", body: form });
  if (!answer.ok) throw new Refused(answer.status);
  await forget(trial.id);
  return new URL(answer.url).pathname;
}

/** Sends what waits, oldest first; stops at the first that cannot go now. */
export async function sendWaiting(owner, csrf, onEach) {
  for (const trial of await waiting(owner)) {
    try {
      onEach({ trial, result: await send(trial, csrf) });
    } catch (problem) {
      onEach({ trial, problem });
      if (problem instanceof Later) return;
    }
  }
}
