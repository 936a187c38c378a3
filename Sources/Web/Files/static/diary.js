// SPDX-License-Identifier: Apache-2.0
// Arrow keys move through the diary's cells; Enter opens, as on every link. The page works without it.
"use strict";
(() => {
  const table = document.getElementById("diary");
  if (!table) return;
  // A cell that spans rows stands in each of them.
  const places = [];
  [...table.tBodies[0].rows].forEach((row, y) => {
    places[y] ??= [];
    let x = 0;
    for (const cell of row.querySelectorAll("td")) {
      while (places[y][x]) x++;
      for (let down = 0; down < cell.rowSpan; down++) (places[y + down] ??= [])[x] = cell;
      x++;
    }
  });
  const find = (cell) => {
    for (let y = 0; y < places.length; y++) {
      const x = places[y].indexOf(cell);
      if (x >= 0) return [x, y];
    }
    return null;
  };
  const moves = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  table.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    const from = event.target.closest("td");
    if (!move || !from || event.ctrlKey || event.altKey || event.metaKey) return;
    const links = [...from.querySelectorAll("a")];
    const next = links[links.indexOf(event.target) + move[1]];
    let target = move[1] && next ? next : null;
    let [x, y] = find(from);
    while (!target) {
      [x, y] = [x + move[0], y + move[1]];
      const cell = places[y]?.[x];
      if (!cell) return;
      if (cell !== from) target = cell.querySelector("a");
    }
    event.preventDefault();
    target.focus();
  });
})();
