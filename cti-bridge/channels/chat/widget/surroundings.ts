/** What the page around us is like: its language and whether it is dark. Asked for by the script tag, or found out. */
export interface Surroundings {
  readonly locale: 'en' | 'zh';
  readonly theme: () => 'light' | 'dark';
  /** Until the signal is aborted. */
  onThemeChanged(listener: () => void, signal: AbortSignal): void;
}

export function surroundingsOf(asked: Readonly<Record<string, string | undefined>>): Surroundings {
  const dark = window.matchMedia?.('(prefers-color-scheme: dark)');
  const page = document.documentElement;
  return {
    locale: localeOf(asked.lang || page.lang || navigator.language),
    theme() {
      if (asked.theme === 'light' || asked.theme === 'dark') return asked.theme;
      const named = page.dataset.theme ?? getComputedStyle(page).colorScheme;
      if (named === 'dark' || named === 'light') return named;
      return dark?.matches ? 'dark' : 'light';
    },
    onThemeChanged(listener, signal) {
      dark?.addEventListener('change', listener, { signal });
      const observer = new MutationObserver(listener);
      observer.observe(page, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
      signal.addEventListener('abort', () => observer.disconnect());
    },
  };
}

const localeOf = (language: string): 'en' | 'zh' => (/^zh\b/i.test(language) ? 'zh' : 'en');
