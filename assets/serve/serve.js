// Follows saves: loads the page again where another edition is shown, and keeps the scroll.
"use strict";
(() => {
  const number = document.currentScript.dataset.number;
  const key = "okrbook-serve:" + location.pathname;
  const corner = document.querySelector(".okrbook-serve-findings");

  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  sessionStorage.removeItem(key);
  if (kept) {
    if (corner) corner.open = kept.open;
    scrollTo(kept.x, kept.y);
  }

  const reload = () => {
    const open = corner ? corner.open : Boolean(kept && kept.open);
    sessionStorage.setItem(key, JSON.stringify({ x: scrollX, y: scrollY, open }));
    location.reload();
  };

  // Browsers keep six connections to a server at most, so tabs that nobody sees listen to nothing.
  let events = null;
  const listen = () => {
    if (document.hidden) {
      if (events) events.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/_serve/events?since=" + number);
      events.addEventListener("edition", (event) => {
        if (event.data !== number) reload();
      });
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
