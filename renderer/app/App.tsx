import type { i18n } from 'i18next';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Login } from '../features/login/index.ts';
import { type Language, showLanguage, TextProvider } from '../i18n/index.ts';
import { applyLanguage, applyTheme, languageOf } from './appearance.ts';
import type { Desk } from './desk.ts';

const loadWorkplace = () => import('./Workplace.tsx');
const Workplace = lazy(async () => ({ default: (await loadWorkplace()).Workplace }));

export interface AppProps {
  readonly desk: Desk;
  readonly i18n: i18n;
}

/** Signed out: the sign-in card. Signed in: the workplace, whose code is fetched while the agent types a password. */
export function App({ desk, i18n }: AppProps) {
  const { stores } = desk;
  const phase = useStore(stores.session, (session) => session.phase);
  const settings = useStore(stores.settings);
  const account = useStore(stores.desk, (state) => state.user?.locale ?? null);
  const hasDesk = useStore(stores.desk, (state) => state.user !== null);
  const language = languageOf(settings.language, account, navigator.language);

  useEffect(() => applyTheme(settings.theme, window), [settings.theme]);
  // What is shown goes over as a whole, words and figures, once the words are there.
  const [shown, setShown] = useState<Language>(i18n.language === 'zh' ? 'zh' : 'en');
  useEffect(() => {
    let isWanted = true;
    const show = async () => {
      if ((await showLanguage(i18n, language)) && isWanted) setShown(language);
    };
    void show();
    return () => {
      isWanted = false;
    };
  }, [i18n, language]);
  useEffect(() => applyLanguage(shown, window), [shown]);
  useEffect(() => void loadWorkplace(), []);

  const isSigningOff = phase === 'signedOut' || phase === 'replaced';
  return (
    <TextProvider i18n={i18n} language={shown}>
      {isSigningOff && !hasDesk ? (
        <Login
          stores={stores}
          onSignIn={(credentials) => void desk.signIn(credentials)}
          onLanguage={(chosen) => desk.changeSettings({ language: chosen })}
        />
      ) : null}
      {hasDesk ? (
        <Suspense fallback={null}>
          <Workplace desk={desk} />
        </Suspense>
      ) : null}
    </TextProvider>
  );
}
