// Asks who is signed in; the session itself is a cookie that no script can read.
"use strict";
(() => {
  const QUERY = "query WhoIsSignedIn { viewer { name agency { name } actingAs } }";
  const EVERYWHERE = "mutation SignOutEverywhere { signOutEverywhere { endedSessions } }";
  const words = document.getElementById("session");
  const signOut = document.getElementById("sign-out");
  const everywhere = document.getElementById("sign-out-everywhere");

  function show(text, isSignedIn) {
    words.textContent = text;
    signOut.hidden = everywhere.hidden = !isSignedIn;
  }

  function send(query) {
    return fetch("/graphql", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
  }

  async function ask() {
    const response = await send(QUERY);
    if (response.status === 401) return show("Nobody is signed in here.", false);
    const viewer = (await response.json()).data?.viewer;
    if (!viewer) return show("The service did not say who is signed in.", true);
    const acting = viewer.actingAs.toLowerCase().replaceAll("_", " ");
    return show(`${viewer.name}, ${viewer.agency.name}, acting as ${acting}.`, true);
  }

  function refresh() {
    ask().catch(() => show("The service does not answer, so nobody can tell who is signed in.", true));
  }

  // A page brought back from the browser's memory may show a session that has ended since.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
  document.addEventListener("concordat:session-ended", () => show("Nobody is signed in here.", false));
  everywhere.addEventListener("click", () => send(EVERYWHERE).finally(refresh));
  signOut.hidden = true;
  words.textContent = "Asking who is signed in …";
  refresh();
})();
