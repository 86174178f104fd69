// The reader hears what to mend first; without errors the page starts where it always starts.
document.querySelector("[data-errors]")?.focus();
