// Keys of the queue, only while a proposal or a control within one has the focus. The page works without this file.
(() => {
  const cards = () => [...document.querySelectorAll('[data-candidate]')];
  const go = card => { card?.focus(); card?.scrollIntoView({ block: 'nearest' }); };
  const open = (card, part, field) => {
    const details = card.querySelector(part);
    if (!details) return;
    details.open = true;
    details.querySelector(field)?.focus();
  };
  document.addEventListener('keydown', event => {
    const card = event.target.closest?.('[data-candidate]');
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return go(card);
    if (event.target.closest('input:not([type=checkbox]), textarea, select')) return;
    const all = cards(), here = all.indexOf(card);
    const act = {
      j: () => go(all[here + 1]),
      k: () => go(all[here - 1]),
      a: () => card.querySelector('[value=accept]')?.click(),
      r: () => open(card, '.candidate-reject', 'select'),
      m: () => open(card, '.candidate-attach', 'input'),
      x: () => card.querySelector('[data-tick]')?.click(),
      f: () => document.querySelector('[data-fold]')?.click(),
      e: () => open(card, '.candidate-fields', 'textarea'),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  // After a decision the card was drawn anew: the focus goes to it, or to the reason why it was refused.
  document.body.addEventListener('htmx:afterSwap', event => {
    const card = event.target.closest?.('[data-candidate]') ?? document.getElementById(event.detail.target?.id);
    (card?.querySelector('[data-focus]') ?? card)?.focus();
  });
})();
