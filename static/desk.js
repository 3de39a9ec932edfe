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
  // Without a connection it is tried again every few seconds, and at once when the browser says it is back.
  const again = form => { if (form.isUnsaved) htmx.trigger(form, 'save-again'); };
  document.body.addEventListener('htmx:sendError', event => {
    const form = event.target.closest?.('form[data-draft]');
    if (!form) return;
    form.isUnsaved = true;
    say(form.dataset.offline);
    setTimeout(again, 5000, form);
  });
  document.body.addEventListener('htmx:afterOnLoad', event => {
    if (event.target.matches?.('form[data-draft]')) event.target.isUnsaved = false;
  });
  addEventListener('online', () => document.querySelectorAll('form[data-draft]').forEach(again));

  // Files may be dropped anywhere on the box around the native field, links too; the form stays what it was.
  const box = document.querySelector('.drop');
  if (box) {
    const field = box.querySelector('input[type=file]');
    const said = box.querySelector('[data-dropped]');
    const mark = on => box.classList.toggle('is-over', on);
    const tell = () => { said.textContent = [...field.files].map(file => file.name).join(', '); };
    // A file dropped beside the box would replace the page, and what was typed with it.
    for (const name of ['dragover', 'drop']) document.addEventListener(name, event => event.preventDefault());
    box.addEventListener('dragover', () => mark(true));
    box.addEventListener('dragleave', event => mark(box.contains(event.relatedTarget)));
    box.addEventListener('drop', event => {
      mark(false);
      const all = new DataTransfer();
      for (const file of [...field.files, ...event.dataTransfer.files]) all.items.add(file);
      field.files = all.files;
      tell();
      const links = event.dataTransfer.files.length ? '' : event.dataTransfer.getData('text/uri-list');
      const list = document.querySelector('#id_addresses');
      if (links) list.value = [list.value.trim(), links.trim()].filter(Boolean).join('\n');
    });
    field.addEventListener('change', tell);
  }
})();
