// Public pages: leaving at once, and no page of ours left behind «Back».
{
  const exit = document.getElementById("leave");
  let presses = [];
  // The one way in for a whole page: what our own server answered. A page written so runs this script once more, and
  // finds the way again under a name that no element of a page can have.
  const way = Symbol.for("answer");
  const answers = (window[way] ??= window.trustedTypes?.createPolicy("answer", { createHTML: (page) => page }));

  const blank = () => {
    document.title = "\u200b";
    document.documentElement.replaceChildren();
  };

  const leave = () => {
    const away = exit ? exit.href : "about:blank";
    blank();
    location.replace(away);
  };

  // The answer takes the place of the page, so that a form leaves no entry in the history either.
  const send = async (form, submitter) => {
    const body = new FormData(form, submitter);
    const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
    const target = new URL(action, location.href);
    if (form.method === "get") {
      target.search = new URLSearchParams(body);
      return location.replace(target);
    }
    const answer = await fetch(target, { method: "POST", body, redirect: "follow" });
    const page = await answer.text();
    if (answer.redirected) history.replaceState(null, "", answer.url);
    document.open();
    document.write(answers ? answers.createHTML(page) : page);
    document.close();
    scrollTo(0, 0);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    if (link === exit) {
      event.preventDefault();
      return leave();
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0 && !link.target;
    if (!plain || link.origin !== location.origin) return;
    event.preventDefault();
    location.replace(link.href);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    send(form, event.submitter).catch(() => {
      delete form.dataset.sent;
      form.submit();
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    presses = event.key === "Shift" ? [...presses, event.timeStamp].slice(-3) : [];
    if (presses.length === 3 && presses[2] - presses[0] < 1500) leave();
  });

  addEventListener("pageshow", (event) => {
    if (event.persisted) leave();
  });
}
