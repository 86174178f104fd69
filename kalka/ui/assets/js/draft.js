// Keeps a half-filled form on the server, under its writer's key. Nothing is kept in the browser.
{
  const form = document.querySelector("form[data-draft]");
  const status = document.querySelector("[data-status]");
  let changed = false;

  const show = (words, icon) => {
    if (!status || !words) return;
    status.hidden = false;
    status.querySelector("span").textContent = words;
    const use = status.querySelector("use");
    if (use) use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${icon}`));
  };

  const keep = async () => {
    if (!changed || form.dataset.sent) return;
    changed = false;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    try {
      // A browser refuses keepalive for more than 64 KB.
      const keepalive = body.toString().length < 60000;
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive });
      if (!answer.ok || answer.redirected) throw new Error();
      show(await answer.text(), "done");
    } catch {
      changed = true;
      show(status?.dataset.offline, "offline");
    }
  };

  if (form) {
    form.addEventListener("input", () => { changed = true; });
    setInterval(keep, 10000);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  }
}
