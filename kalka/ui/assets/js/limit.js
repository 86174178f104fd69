// How much of a long field is used, once it is nearly full. The server counts again.
for (const line of document.querySelectorAll("[data-count-of]")) {
  const field = document.getElementById(line.dataset.countOf);
  const most = Number(line.dataset.most);
  const count = () => {
    const used = [...field.value].length;
    line.hidden = used < most * 0.8;
    line.textContent = `${used} / ${most}`;
    line.classList.toggle("is-over", used > most);
  };
  field?.addEventListener("input", count);
}
