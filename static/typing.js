// Nothing typed at the desk is lost: each form is kept in this browser as one types, until the server says that it has it.
//
// A form that carries a submission_key and something to type into is kept under its address. When the page is opened
// again before it was stored (a dropped connection, a closed window, an ended session), the words come back, with the
// same key: had it been stored after all, sending it again stores nothing twice. The server names the key of what it
// stored in the cookie `stored_form`. Signing out clears what is kept; so do two weeks. Without this file forms work
// as ever.
//
// Markup: <meta name="desk-user" content="7" data-back="…" data-drop="…"> says whose words these are, and in what
// words they are given back. Forms with data-draft are saved by htmx as one types; here they wait for it.
(() => {
  const who = document.querySelector('meta[name=desk-user]');
  if (!who?.content) return;

  const MINE = `typed:${who.content}:`;
  const TWO_WEEKS = 14 * 24 * 3600 * 1000;
  const PLACE = ['snapshot', 'start', 'end', 'exact', 'prefix', 'suffix', 'draft', 'version', 'submission_key'];
  const typed = field => field.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type);
  const isWritten = form =>
    form.elements.submission_key && [...form.elements].some(f => typed(f) && f.matches('textarea, input:not([type=radio], [type=checkbox])'));
  const forms = [...document.querySelectorAll('form[method=post]')].filter(isWritten);

  // ---- what is kept, and where ---------------------------------------------------------------

  const placeOf = form => {
    const action = form.getAttribute('action') ?? location.pathname + location.search;
    const twins = forms.filter(f => (f.getAttribute('action') ?? '') === (form.getAttribute('action') ?? ''));
    return `${MINE}${action}#${twins.indexOf(form)}`;
  };

  function recall(place) {
    try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
  }

  function forget(place) {
    try { localStorage.removeItem(place); } catch { /* a browser that keeps nothing has nothing to forget */ }
  }

  let isLeaving = false;
  function keep(form) {
    if (isLeaving) return;
    const fields = [...form.elements].filter(f => typed(f) || PLACE.includes(f.name));
    const values = fields.map(f => [f.name, f.value, ['radio', 'checkbox'].includes(f.type) ? f.checked : null]);
    const kept = { key: form.elements.submission_key.value, at: Date.now(), values };
    try { localStorage.setItem(placeOf(form), JSON.stringify(kept)); } catch { /* full, or forbidden: forms work without */ }
  }

  const places = () => {
    try { return Object.keys(localStorage).filter(place => place.startsWith(MINE)); } catch { return []; }
  };

  function tidy() {
    const stored = document.cookie.match(/(?:^|; )stored_form=([^;]*)/)?.[1];
    for (const place of places()) {
      const kept = recall(place);
      if (!kept || kept.key === stored || Date.now() - kept.at > TWO_WEEKS) forget(place);
    }
    if (stored) document.cookie = 'stored_form=; path=/desk/; max-age=0; samesite=lax';
  }

  // ---- giving it back ------------------------------------------------------------------------

  function giveBack(form) {
    const kept = recall(placeOf(form));
    if (!kept || form.querySelector('[data-focus]')) return; // a refused form shows what was typed itself
    const passage = form.elements.exact?.value; // a form that was just opened on other words is about those
    if (passage && passage !== kept.values.find(([name]) => name === 'exact')?.[1]) return;
    for (const [name, value, isChecked] of kept.values) {
      const field = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].find(f => isChecked === null || f.value === value);
      if (!field) continue;
      if (isChecked === null) field.value = value;
      else field.checked = isChecked;
    }
    const quote = form.querySelector('[data-quote]');
    if (quote && form.elements.exact) quote.textContent = form.elements.exact.value;
    form.hidden = false;
    form.closest('details')?.setAttribute('open', '');
    form.prepend(line(form));
    if (form.matches('[data-draft]')) htmx.trigger(form, 'save-again');
  }

  function line(form) {
    const told = Object.assign(document.createElement('p'), { className: 'msg', textContent: `${who.dataset.back} ` });
    const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn--small', textContent: who.dataset.drop });
    told.setAttribute('role', 'status');
    drop.addEventListener('click', () => { forget(placeOf(form)); location.reload(); });
    told.append(drop);
    return told;
  }

  // ---- while one types -----------------------------------------------------------------------

  for (const form of forms) {
    let timer = 0;
    const soon = () => {
      form.typedAt = Date.now();
      clearTimeout(timer);
      timer = setTimeout(() => keep(form), 250);
    };
    form.addEventListener('input', soon);
    form.addEventListener('change', soon);
    form.addEventListener('reset', () => { clearTimeout(timer); forget(placeOf(form)); });
    form.addEventListener('submit', () => { clearTimeout(timer); if (form.typedAt) keep(form); });
  }

  // A draft that the server has is not kept here as well, unless something was typed since it was sent.
  document.body.addEventListener('htmx:beforeRequest', event => { event.target.sentAt = Date.now(); });
  document.body.addEventListener('htmx:afterRequest', event => {
    const form = event.target;
    if (form.matches?.('form[data-draft]') && event.detail.successful && (form.typedAt ?? 0) <= form.sentAt) forget(placeOf(form));
  });

  document.querySelector('.staffbar form')?.addEventListener('submit', () => {
    isLeaving = true;
    places().forEach(forget);
  });

  tidy();
  addEventListener('DOMContentLoaded', () => forms.forEach(giveBack));
  addEventListener('pageshow', event => { if (event.persisted) tidy(); });
})();
