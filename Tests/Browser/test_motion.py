# SPDX-License-Identifier: Apache-2.0
"""The Swift in the page and the Swift on the server give the same bits, and the page's does not grow."""

import base64
import json
import subprocess

import pytest
from clinic import ROOT

STATIC = ROOT / "Sources/Web/Files/static"

COMPARE = """
async ({ fixtures, walkWasm, motionWasm }) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const load = async (text) => (await WebAssembly.instantiate(bytes(text), {})).instance.exports;
  const modules = { motion: await load(motionWasm), walk: await load(walkWasm) };
  const hex = (numbers) => {
    const words = new Uint32Array(numbers.buffer);
    return Array.from(numbers, (_, index) =>
      ((BigInt(words[2 * index + 1]) << 32n) | BigInt(words[2 * index])).toString(16));
  };
  const differences = [];
  let compared = 0;
  for (const fixture of fixtures) {
    const rows = new Float64Array(bytes(fixture.rows).buffer);
    const handles = {};
    for (const [name, swift] of Object.entries(modules)) {
      handles[name] = swift.soleus_start(fixture.hasRotation ? 1 : 0);
      for (let from = 0; from < rows.length; from += 4200) {
        const part = rows.subarray(from, from + 4200);
        new Float64Array(swift.memory.buffer, swift.soleus_input(handles[name]), part.length).set(part);
        swift.soleus_append(handles[name], part.length / 7);
      }
    }
    for (const answer of fixture.answers) {
      const name = answer.call === "soleus_walk" ? "walk" : "motion";
      const swift = modules[name];
      const given = answer.arguments.map((value) => value ?? NaN);
      const count = swift[answer.call](handles[name], ...given);
      const at = swift.soleus_output(handles[name]);
      const got = hex(new Float64Array(swift.memory.buffer, at, Math.abs(count)).slice());
      compared += got.length;
      if (count !== answer.count || got.some((bits, index) => bits !== answer.bits[index])) {
        const first = got.findIndex((bits, index) => bits !== answer.bits[index]);
        differences.push(`${fixture.name}, ${answer.call}(${answer.arguments}): ${count} numbers for ` +
          `${answer.count}, the first that differs is number ${first}`);
      }
    }
    for (const [name, swift] of Object.entries(modules)) swift.soleus_stop(handles[name]);
  }
  return { differences, compared };
}
"""

TEN_MINUTES = """
async ({ wasm, isWalk }) => {
  const bytes = Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0));
  const swift = (await WebAssembly.instantiate(bytes, {})).instance.exports;
  const handle = swift.soleus_start(1);
  if (isWalk) swift.soleus_watch_walk(handle, 0);
  else swift.soleus_watch_heel_raise(handle, 4, NaN, NaN);
  // A calf's raise every two seconds at the shin; or 108 steps a minute at the belt, which sways with every second.
  const raise = (t) => {
    const shake = Math.sin(t * 377) * 0.05;
    return [shake, -shake, 9.8 - 0.35 * (t > 3 ? Math.cos(Math.PI * t) : 0), shake,
      3 * (t > 3 ? Math.sin(Math.PI * t) : 0), 0];
  };
  const stride = (t) => {
    const step = 2 * Math.PI * 1.8 * t;
    const shake = Math.sin(t * 377) * 0.05;
    return [1.2 * Math.sin(step / 2) + shake, 9.8 + 2.5 * Math.cos(step) + 0.8 * Math.cos(2 * step),
      1.5 * Math.sin(step) - shake, 8 * Math.sin(step), 25 * Math.cos(step / 2), 10 * Math.sin(step / 2)];
  };
  const sizes = [swift.memory.buffer.byteLength];
  const start = performance.now();
  for (let second = 0; second < 600; second += 1) {
    const rows = new Float64Array(swift.memory.buffer, swift.soleus_input(handle), 420);
    for (let index = 0; index < 60; index += 1) {
      const t = second + index / 60;
      rows.set([t, ...(isWalk ? stride(t) : raise(t))], index * 7);
    }
    swift.soleus_append(handle, 60);
    if (second % 60 === 59) sizes.push(swift.memory.buffer.byteLength);
  }
  const microseconds = (performance.now() - start) * 1000 / 36000;
  return { sizes, microseconds, count: swift.soleus_live_count(handle) };
}
"""


def module(name: str) -> str:
    """A module's bytes in base64, without the line breaks of its file."""
    return (STATIC / f"{name}-wasm.js").read_text().split("`")[1].replace("\n", "")


@pytest.fixture(scope="module")
def fixtures() -> list[dict]:
    subprocess.run(["swift", "build", "--product", "LabBench"], cwd=ROOT, check=True, capture_output=True)
    folder = subprocess.run(
        ["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    shown = subprocess.run([f"{folder}/LabBench", "fixtures"], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in shown.splitlines()]


@pytest.fixture
def blank(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_page_and_the_server_give_the_same_bits(fixtures, blank):
    assert len(fixtures) > 15
    found = blank.evaluate(
        COMPARE, {"fixtures": fixtures, "motionWasm": module("motion"), "walkWasm": module("walk")})
    assert found["differences"] == []
    assert found["compared"] > 1000


@pytest.mark.parametrize("name, least", [("motion", 250), ("walk", 1000)])
def test_ten_live_minutes_do_not_grow(blank, name, least):
    """Ten minutes of raises, or of walking, counted live in the memory that the module took at its start."""
    found = blank.evaluate(TEN_MINUTES, {"wasm": module(name), "isWalk": name == "walk"})
    assert found["count"] > least
    assert len(set(found["sizes"])) == 1, found["sizes"]
    print(f"{found['microseconds']:.0f} µs a sample, {found['microseconds'] / 16667 * 100:.2f} % of a frame")


def test_the_modules_are_small_and_import_nothing():
    for name in ("motion", "camera", "walk"):
        binary = base64.b64decode(module(name))
        assert binary[:4] == b"\0asm"
        assert len(binary) < 150_000
        # Section 2 holds imports; the sections follow the header of eight bytes, each with its length.
        at, sections = 8, []
        while at < len(binary):
            sections.append(binary[at])
            length, shift, at = 0, 0, at + 1
            while True:
                byte = binary[at]
                length |= (byte & 127) << shift
                at, shift = at + 1, shift + 7
                if byte < 128:
                    break
            at += length
        assert 2 not in sections


def test_the_modules_are_what_the_sources_give():
    made = (STATIC / "motion-wasm.js").read_text().splitlines()[1]
    version = subprocess.run(["swiftc", "--version"], capture_output=True, text=True).stdout.split("(")[0]
    version = version.strip().removeprefix("Swift version ")
    if f"with Swift {version}." not in made:
        pytest.skip(f"made with another compiler than Swift {version}, which gives other bytes: {made}")
    checked = subprocess.run(["scripts/build-wasm", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
