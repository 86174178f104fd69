// An open menu closes when one looks elsewhere.
{
  const close = (except) => {
    for (const menu of document.querySelectorAll("details.more[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest("details.more")));
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("details.more[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.querySelector("summary").focus();
    close();
  });
}
