import { useEffect, useSyncExternalStore } from 'react';
import { Strip } from './Strip.tsx';
import type { StripStore } from './strip-store.ts';

/** The strip as its page shows it, in the theme and language of the desk. Nobody signed in: nothing. */
export function StripPage({ store }: { readonly store: StripStore }) {
  const state = useSyncExternalStore(store.follow, store.read);
  const theme = state?.theme ?? 'system';
  const language = state?.language ?? 'en';
  useEffect(() => {
    const { documentElement } = document;
    documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const show = () => {
      documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    show();
    dark.addEventListener('change', show);
    return () => dark.removeEventListener('change', show);
  }, [theme, language]);
  return state ? <Strip state={state} onWish={store.wish} onMenu={store.openMenu} /> : null;
}
