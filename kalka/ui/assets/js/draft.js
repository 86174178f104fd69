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

  // Whether it may go on: only a network that is gone holds it back.
  const keep = async () => {
    if (!changed || form.dataset.sent) return true;
    changed = false;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    let answer;
    try {
      // A browser refuses keepalive for more than 64 KB.
      const keepalive = body.toString().length < 60000;
      answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive });
      if (!answer.ok || answer.redirected) throw new Error();
      show(await answer.text(), "done");
    } catch {
      changed = true;
      show(status?.dataset.offline, "offline");
    }
    return Boolean(answer);
  };

  // The words are kept before they are sent; without a network the page stays as it is.
  const send = async (event) => {
    const button = event.submitter;
    if (!changed || form.dataset.sent || button?.hasAttribute("formaction")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!await keep()) return;
    changed = false;
    form.requestSubmit(button);
  };

  if (form) {
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", send);
    setInterval(keep, 10000);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  }
}
