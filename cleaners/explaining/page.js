"use strict";
// Filters and keyboard navigation for the blocks. Texts are set with textContent, never as markup.
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const blocks = all(".block");
  const stops = all(".block, .turn, .page"); // what the keys jump to, in document order
  const folds = all(".fold");
  const toggles = all("[data-toggle]");
  const rule = one("#rule"), show = one("#show"), page = one("#page");
  let picked = null;

  const shows = {
    all: () => true,
    kept: (block) => block.dataset.side === "kept",
    taken: (block) => block.dataset.side !== "kept",
    unsure: (block) => "unsure" in block.dataset,
    revised: (block) => "revised" in block.dataset,
  };

  function counted(name) {
    const counts = new Map();
    for (const block of blocks) counts.set(block.dataset[name], (counts.get(block.dataset[name]) || 0) + 1);
    return counts;
  }

  function option(list, value, text) {
    const entry = document.createElement("option");
    entry.value = value;
    entry.textContent = text;
    list.append(entry);
  }

  function fill() {
    const labels = counted("label");
    for (const toggle of toggles) {
      const count = labels.get(toggle.dataset.toggle) || 0;
      toggle.hidden = count === 0;
      one(".count", toggle).textContent = count;
    }
    const rules = Array.from(counted("rule")).sort((a, b) => b[1] - a[1]);
    for (const [name, count] of rules) option(rule, name, `${name} (${count})`);
    const pages = all(".page");
    one("#page-label").hidden = pages.length < 2;
    for (const each of pages) option(page, each.id, one("h2", each).textContent);
  }

  function filter() {
    const labels = new Set(toggles.filter((each) => each.getAttribute("aria-pressed") === "true").map((each) => each.dataset.toggle));
    let count = 0;
    for (const block of blocks) {
      const wanted = labels.has(block.dataset.label) && shows[show.value](block) && (!rule.value || block.dataset.rule === rule.value);
      block.hidden = !wanted;
      count += wanted;
    }
    fold(show.value !== "all" || rule.value !== "" || labels.size < toggles.length);
    one("#shown").textContent = `${count} of ${blocks.length} blocks`;
    if (picked && !picked.hidden) picked.scrollIntoView({ block: "center" });
  }

  // Whoever asks for certain blocks sees them, and finds the folds closed again when all are shown.
  function fold(asked) {
    for (const each of folds) {
      each.parentElement.hidden = !all(".block", each).some((block) => !block.hidden);
      if (asked && !each.open) {
        each.open = true;
        each.dataset.opened = "";
      } else if (!asked && "opened" in each.dataset) {
        each.open = false;
        delete each.dataset.opened;
      }
    }
  }

  function press(wanted) {
    for (const toggle of toggles) toggle.setAttribute("aria-pressed", String(wanted(toggle.dataset.toggle)));
  }

  function clear() {
    show.value = "all";
    rule.value = "";
    press(() => true);
    filter();
  }

  function only(what, block) {
    clear();
    if (what === "rule") rule.value = block.dataset.rule;
    else press((label) => label === block.dataset.label);
    filter();
  }

  function pick(stop) {
    if (picked) picked.classList.remove("picked");
    picked = stop;
    const folded = stop.closest(".fold");
    if (folded) folded.open = true;
    if (stop.matches(".page")) {
      stop.scrollIntoView();
      return;
    }
    stop.classList.add("picked");
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "center" });
  }

  function go(step, wanted) {
    const from = picked ? stops.indexOf(picked) : step > 0 ? -1 : stops.length;
    for (let index = from + step; index >= 0 && index < stops.length; index += step) {
      if (!stops[index].hidden && wanted(stops[index])) return pick(stops[index]);
    }
  }

  const is = {
    j: (stop) => stop.matches(".block") && !stop.closest(".fold:not([open])"),
    d: (stop) => stop.matches(".block") && stop.dataset.side !== "kept",
    u: (stop) => stop.matches(".block") && "unsure" in stop.dataset,
    s: (stop) => stop.matches(".turn"),
    n: (stop) => stop.matches(".page"),
  };
  const acts = {
    k: () => go(-1, is.j),
    a: () => { const open = folds.some((each) => !each.open); for (const each of folds) each.open = open; },
    l: () => picked && picked.matches(".block") && only("label", picked),
    r: () => picked && picked.matches(".block") && only("rule", picked),
    Escape: clear,
    "?": () => { const help = one(".help"); help.open = !help.open; },
  };
  for (const [key, wanted] of Object.entries(is)) {
    acts[key] = () => go(1, wanted);
    if (key !== "j") acts[key.toUpperCase()] = () => go(-1, wanted);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("select, input")) return;
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const block = event.target.closest(".block, .turn");
    if (block && String(getSelection()) === "") pick(block);
    if (!button) return;
    if (button.dataset.toggle) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    } else if (button.dataset.only) {
      only(button.dataset.only, block);
    }
  });
  show.addEventListener("change", filter);
  rule.addEventListener("change", filter);
  page.addEventListener("change", () => pick(document.getElementById(page.value)));
  addEventListener("hashchange", () => { const stop = document.getElementById(location.hash.slice(1)); if (stop && stops.includes(stop)) pick(stop); });

  fill();
  filter();
  if (location.hash) dispatchEvent(new Event("hashchange"));
})();
