// Turns a selection into an annotation form. Saved highlights are the server's; this only captures new ones.
//
// A passage is {exact, prefix, suffix, start, end} over the article's text: its paragraphs joined by "\n".
// `start` and `end` count code points, as Python does. The DOM counts UTF-16 units, so every offset is
// converted at the border: one emoji before a passage would otherwise shift it.
//
// Markup: [data-annotatable] holds [data-p] paragraphs, in them .s[data-s] sentences; [data-anno-form] has the
// five fields, a [data-quote] and a [data-anno-cancel]; [data-pick] starts picking sentences in
// [data-sentence-form], whose [data-pick-actions] hold the submit button and [data-pick-cancel]; [data-marks]
// shows and hides highlights; [data-live] speaks. Words come from data attributes of [data-annotatable]:
// data-annotate, data-pick-one, data-pick-neighbours, data-shown, data-hidden.
(() => {
  const body = document.querySelector('[data-annotatable]');
  const form = document.querySelector('[data-anno-form]');
  if (!body || !form) return;

  const CONTEXT = 32;
  const words = body.dataset;
  const one = (selector, root = document) => root.querySelector(selector);
  const paragraphs = [...body.querySelectorAll('[data-p]')];
  const say = text => { const live = one('[data-live]'); if (live) live.textContent = text; };
  let draft = null;
  let picker = null;

  // ---- code points and DOM places ------------------------------------------------------------

  const codePoints = text => [...text];
  const wholeText = () => paragraphs.map(p => p.textContent).join('\n');
  const textNodes = root => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walk.nextNode()) nodes.push(walk.currentNode);
    return nodes;
  };

  // How many code points of the whole text lie before (node, unit).
  function place(node, unit) {
    let before = 0;
    for (const p of paragraphs) {
      if (p.contains(node)) {
        const range = document.createRange();
        range.setStart(p, 0);
        range.setEnd(node, unit);
        return before + codePoints(range.toString()).length;
      }
      const isLater = p.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
      const holder = node.childNodes[unit];
      if (isLater || (holder && (holder === p || holder.contains(p)))) return before;
      before += codePoints(p.textContent).length + 1;
    }
    return Math.max(before - 1, 0);
  }

  // The DOM range of code points start..end.
  function rangeOf(start, end) {
    const range = document.createRange();
    let passed = 0;
    for (const p of paragraphs) {
      for (const node of textNodes(p)) {
        const points = codePoints(node.data);
        const units = count => points.slice(0, count).join('').length;
        if (start >= passed && start < passed + points.length) range.setStart(node, units(start - passed));
        if (end > passed && end <= passed + points.length) {
          range.setEnd(node, units(end - passed));
          return range;
        }
        passed += points.length;
      }
      passed += 1;
    }
    return range;
  }

  // Blanks at the ends go; a cut Latin word or number is taken whole; Hangul stays as selected,
  // so that a particle can be left out.
  function passage(range) {
    const all = codePoints(wholeText());
    let start = place(range.startContainer, range.startOffset);
    let end = place(range.endContainer, range.endOffset);
    const blank = i => /\s/u.test(all[i]);
    const wordy = i => /[\p{Script=Latin}\d]/u.test(all[i] ?? '');
    while (start < end && blank(start)) start += 1;
    while (end > start && blank(end - 1)) end -= 1;
    if (start >= end) return null;
    while (start > 0 && wordy(start) && wordy(start - 1)) start -= 1;
    while (end < all.length && wordy(end) && wordy(end - 1)) end += 1;
    const cut = (from, to) => all.slice(Math.max(from, 0), to).join('');
    return {
      start,
      end,
      exact: cut(start, end),
      prefix: cut(start - CONTEXT, start),
      suffix: cut(end, end + CONTEXT),
      range: rangeOf(start, end),
    };
  }

  function selected() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return body.contains(range.commonAncestorContainer) ? passage(range) : null;
  }

  // ---- the button at the selection -----------------------------------------------------------

  function offer(found) {
    withdraw();
    picker = document.createElement('div');
    picker.className = 'picker';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words.annotate;
    button.addEventListener('pointerdown', event => event.preventDefault()); // keeps the selection
    button.addEventListener('click', () => open(found));
    picker.append(button);
    picker.range = found.range;
    (one('main') ?? document.body).append(picker);
    settle();
  }

  function settle() {
    const box = picker && [...picker.range.getClientRects()].at(-1);
    if (!box) return;
    const within = (value, room) => `${Math.max(8, Math.min(value, room - 8))}px`;
    picker.style.left = within(box.right - 40, innerWidth - picker.offsetWidth);
    picker.style.top = within(box.bottom + 8, innerHeight - picker.offsetHeight);
  }

  function withdraw() {
    picker?.remove();
    picker = null;
  }

  let isPressed = false;
  let timer = 0;
  function lookSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isPressed) return;
      const found = selected();
      if (found) offer(found); else withdraw();
    }, 180);
  }
  document.addEventListener('selectionchange', lookSoon);
  document.addEventListener('pointerdown', () => { isPressed = true; });
  for (const end of ['pointerup', 'pointercancel']) {
    document.addEventListener(end, () => { isPressed = false; lookSoon(); });
  }
  addEventListener('scroll', settle, { passive: true });
  addEventListener('resize', settle);

  // ---- the form ------------------------------------------------------------------------------

  function paint(range) {
    if (!('highlights' in CSS)) return;
    if (range) CSS.highlights.set('draft', new Highlight(range));
    else CSS.highlights.delete('draft');
  }

  function open(found) {
    withdraw();
    draft = found;
    for (const name of ['exact', 'prefix', 'suffix', 'start', 'end']) form.elements[name].value = found[name];
    one('[data-quote]', form).textContent = found.exact;
    paint(found.range);
    document.getSelection().removeAllRanges();
    form.hidden = false;
    one('h2', form).focus();
    form.scrollIntoView({ block: 'nearest' });
  }

  function close() {
    form.hidden = true;
    form.reset();
    paint(null);
    const p = draft?.range.startContainer.parentElement?.closest('[data-p]');
    draft = null;
    if (p) { p.tabIndex = -1; p.focus(); }
  }

  one('[data-anno-cancel]', form)?.addEventListener('click', event => { event.preventDefault(); close(); });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') { if (form.hidden) withdraw(); else close(); }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form.hidden) {
      const found = selected();
      if (found) { event.preventDefault(); open(found); }
    }
  });

  // ---- whole sentences, for keyboard, touch and screen readers -------------------------------

  const pick = one('[data-pick]');
  const sentenceForm = one('[data-sentence-form]');
  const actions = one('[data-pick-actions]');
  const marks = one('[data-marks]');
  const sentences = [...body.querySelectorAll('.s')];

  function hideMarks(isPicking) {
    const areOff = marks?.getAttribute('aria-pressed') === 'false';
    document.body.classList.toggle('hide-marks', isPicking || areOff);
  }

  function setPicking(isOn) {
    pick.setAttribute('aria-pressed', String(isOn));
    actions.hidden = !isOn;
    hideMarks(isOn);
    for (const sentence of sentences) {
      const label = sentence.closest('label');
      if (isOn && !label) wrap(sentence);
      if (!isOn && label) label.replaceWith(sentence);
    }
    if (isOn) one('.s-pick input', body)?.focus();
  }

  function wrap(sentence) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    label.className = 's-pick';
    Object.assign(box, { type: 'checkbox', name: 's', value: sentence.dataset.s });
    sentence.replaceWith(label);
    label.append(box, sentence);
  }

  function openPicked(event) {
    event.preventDefault();
    const chosen = sentences.flatMap((s, i) => (s.closest('label')?.querySelector('input').checked ? [i] : []));
    if (!chosen.length) return say(words.pickOne);
    if (chosen.at(-1) - chosen[0] !== chosen.length - 1) return say(words.pickNeighbours);
    setPicking(false);
    const range = document.createRange();
    range.setStart(textNodes(sentences[chosen[0]])[0], 0);
    const last = textNodes(sentences[chosen.at(-1)]).at(-1);
    range.setEnd(last, last.length);
    return open(passage(range));
  }

  if (pick && sentenceForm && actions) {
    pick.addEventListener('click', event => {
      event.preventDefault();
      setPicking(pick.getAttribute('aria-pressed') !== 'true');
    });
    one('[data-pick-cancel]')?.addEventListener('click', event => {
      event.preventDefault();
      setPicking(false);
      pick.focus();
    });
    sentenceForm.addEventListener('submit', openPicked);
  }

  marks?.addEventListener('click', () => {
    const areOn = marks.getAttribute('aria-pressed') !== 'true';
    marks.setAttribute('aria-pressed', String(areOn));
    hideMarks(pick?.getAttribute('aria-pressed') === 'true');
    say(areOn ? words.shown : words.hidden);
  });
})();
