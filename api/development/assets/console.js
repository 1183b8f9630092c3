// A plain console: an example, its variables, and the answer. Text is only ever written as text.
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const form = find("console-form");
  const [example, query, variables] = [find("example"), find("query"), find("variables")];
  const [problem, status, answer] = [find("problem"), find("status"), find("answer")];
  const FRESH_KEY = '"NEW-KEY"';
  let running = false;

  // ── Examples ──

  function offer(examples) {
    const groups = new Map();
    for (const [place, { topic, name }] of examples.entries()) {
      if (!groups.has(topic)) groups.set(topic, Object.assign(document.createElement("optgroup"), { label: topic }));
      groups.get(topic).append(new Option(spoken(name), String(place)));
    }
    example.append(...groups.values());
    example.addEventListener("change", () => fill(examples[Number(example.value)], example.value === ""));
    if (examples.length > 0) {
      example.value = "0";
      fill(examples[0], false);
    }
  }

  function fill(chosen, isNone) {
    query.value = isNone ? "" : chosen.query;
    variables.value = isNone ? "{}" : chosen.variables;
    unblame();
    clear();
  }

  function spoken(name) {
    return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").replace(/(?<=\s)\S/g, (letter) => letter.toLowerCase());
  }

  async function loadExamples() {
    const response = await fetch("/static/operations.json");
    if (!response.ok) throw new Error("no examples");
    offer(await response.json());
  }

  // ── What is wrong before anything is sent ──

  function unblame() {
    problem.hidden = true;
    problem.textContent = "";
    for (const field of [query, variables]) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-errormessage");
    }
  }

  function blame(field, words) {
    field.before(problem);
    problem.textContent = words;
    problem.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-errormessage", "problem");
    field.focus();
  }

  function readVariables() {
    const text = variables.value.trim() || "{}";
    let parsed;
    try {
      parsed = JSON.parse(text.replaceAll(FRESH_KEY, () => JSON.stringify(newKey())));
    } catch (error) {
      return blame(variables, `The variables are not JSON: ${error.message}.`);
    }
    const isObject = parsed !== null && typeof parsed === "object" && !Array.isArray(parsed);
    return isObject ? parsed : blame(variables, "The variables must be one JSON object, as in {\"first\": 10}.");
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // ── Sending and showing ──

  function say(words, isBad) {
    status.textContent = words;
    status.classList.toggle("bad", isBad);
  }

  function clear() {
    answer.hidden = true;
    answer.textContent = "";
    say("Nothing was run yet.", false);
  }

  function show(content) {
    answer.textContent = content;
    answer.hidden = content === "";
  }

  function verdict(response, body) {
    const codes = (body.errors ?? []).map((error) => error.extensions?.code ?? "ERROR");
    if (codes.includes("UNAUTHENTICATED")) {
      document.dispatchEvent(new Event("concordat:session-ended"));
      return ["Nobody is signed in: pick a person above, then run it again.", true];
    }
    if (codes.length > 0) return [`Not answered (${[...new Set(codes)].join(", ")}): ${body.errors[0].message}`, true];
    return response.ok ? ["Answered.", false] : [`The service answered with status ${response.status}.`, true];
  }

  async function send(content) {
    const response = await fetch("/graphql", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(content),
    });
    const text = await response.text();
    try {
      const body = JSON.parse(text);
      show(JSON.stringify(body, null, 2));
      say(...verdict(response, body));
    } catch {
      show(text);
      say(`The answer (status ${response.status}) is not JSON.`, true);
    }
  }

  async function run() {
    if (running) return;
    unblame();
    if (query.value.trim() === "") return blame(query, "There is no operation to run: choose an example or write one.");
    const given = readVariables();
    if (given === undefined) return;
    running = true;
    show("");
    say("Running …", false);
    try {
      await send({ query: query.value, variables: given });
    } catch {
      say("The service does not answer. Is it still running?", true);
    } finally {
      running = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  find("clear").addEventListener("click", clear);
  find("console-needs-script").hidden = true;
  form.hidden = false;
  form.reset(); // a browser may bring back what was typed before a reload
  variables.value = "{}";
  loadExamples().catch(() => say("The examples could not be loaded; you can still write an operation.", true));
})();
