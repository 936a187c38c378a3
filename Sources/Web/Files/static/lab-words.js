// SPDX-License-Identifier: Apache-2.0
// The page's own sentences: the server wrote them into the page, in the person's language.

const says = new Map([...document.querySelectorAll("#says > [data-say]")].map((line) => [line.dataset.say, line.textContent]));

export const has = (key) => says.has(key);

/** A sentence with its values put in; the key itself where there is none. */
export const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), says.get(key) ?? key);

export const byID = (id) => document.getElementById(id);
