// Small things of the desk only. Every page works without this file.
(() => {
  // After a refusal, focus goes to the reason.
  document.querySelector('[data-focus]')?.focus();

  // A draft is saved as one types. When the session ended meanwhile, the page keeps the text and says so; once
  // somebody has signed in again in another tab, a fresh token is fetched and the next save goes through.
  const say = text => {
    for (const line of document.querySelectorAll('[data-draft-state]')) line.textContent = text;
  };
  document.body.addEventListener('htmx:responseError', async event => {
    const form = event.target.closest?.('form[data-draft]');
    if (!form || ![401, 403].includes(event.detail.xhr.status)) return;
    say(form.dataset.signedOut);
    const answer = await fetch(form.dataset.token, { headers: { 'HX-Request': 'true' } });
    if (!answer.ok || answer.redirected) return;
    const { token } = await answer.json();
    for (const field of document.querySelectorAll('[name=csrfmiddlewaretoken]')) field.value = token;
    htmx.trigger(form, 'save-again');
  });
  document.body.addEventListener('htmx:sendError', event => {
    const form = event.target.closest?.('form[data-draft]');
    if (form) say(form.dataset.offline);
  });
})();
