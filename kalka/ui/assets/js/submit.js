// A second press does not send the form twice. The form's key guards the rest on the server.
{
  const release = (form) => { delete form.dataset.sent; };
  // Without a network the browser would put its own page over what was written.
  const stays = () => {
    const status = document.querySelector("[data-status]");
    if (navigator.onLine || !status) return false;
    status.hidden = false;
    status.querySelector("span").textContent = status.dataset.offline;
    return true;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent || stays()) return event.preventDefault();
    form.dataset.sent = "yes";
    // A download leaves the page where it is, so the form must come back to life.
    setTimeout(() => release(form), 8000);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });
}
