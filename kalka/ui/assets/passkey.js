// Asks the device for a passkey and sends its answer with the form. Without it the other ways in are there.
{
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  const read = (told) => {
    told.challenge = bytes(told.challenge);
    if (told.user) told.user.id = bytes(told.user.id);
    for (const one of [...(told.allowCredentials ?? []), ...(told.excludeCredentials ?? [])]) one.id = bytes(one.id);
    return told;
  };

  const written = (made) => {
    const response = {};
    for (const part of PARTS) if (made.response[part]) response[part] = text(made.response[part]);
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
  };

  const ask = async (form) => {
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.redirected) {
      location.assign(answer.url);
      return "";
    }
    if (!answer.ok) throw new Error();
    const publicKey = read(await answer.json());
    const made = publicKey.user
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
    return written(made);
  };

  const send = async (event) => {
    const form = event.currentTarget;
    const held = form.elements.passkey;
    if (held.value) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      held.value = await ask(form);
      if (held.value) form.requestSubmit();
    } catch {
      form.querySelector("[data-failed]").hidden = false;
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", send);
  }
}
