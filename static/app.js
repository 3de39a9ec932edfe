// Small things only. Every page works without this file.
(() => {
  const year = 365 * 24 * 3600;
  const remember = (name, value) => {
    const age = value ? year : 0;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `${name}=${value}; path=/; max-age=${age}; samesite=lax${secure}`;
  };
  const recall = name => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1] ?? '';

  // A page from a shared cache does not know the reader's theme.
  const theme = recall('theme');
  const root = document.documentElement;
  if (['light', 'dark'].includes(theme)) root.dataset.theme = theme;

  const choice = document.querySelector('[data-theme-form] select');
  if (choice) {
    choice.value = root.dataset.theme ?? '';
    choice.addEventListener('change', () => {
      remember('theme', choice.value);
      if (choice.value) root.dataset.theme = choice.value;
      else delete root.dataset.theme;
    });
  }

  // Following the link to another language is a choice: the front page opens in it from then on.
  for (const link of document.querySelectorAll('a[data-language]')) {
    link.addEventListener('click', () => remember('language', link.dataset.language));
  }

  // "Copy" beside something to cite or embed.
  const live = document.querySelector('[data-live]');
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      live.textContent = button.dataset.done;
    });
  }
})();
