import type { i18n } from 'i18next';
import { lazy, Suspense, useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import type { DesktopApi, DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import { Login } from '../features/login/index.ts';
import { TextProvider } from '../i18n/index.ts';
import { applyLanguage, applyTheme, languageOf } from './appearance.ts';
import type { Desk } from './desk.ts';

const loadWorkplace = () => import('./Workplace.tsx');
const Workplace = lazy(async () => ({ default: (await loadWorkplace()).Workplace }));

export interface AppProps {
  readonly desk: Desk;
  readonly desktop: DesktopApi;
  readonly i18n: i18n;
}

/** Signed out: the sign-in card. Signed in: the workplace, whose code is fetched while the agent types a password. */
export function App({ desk, desktop, i18n }: AppProps) {
  const { stores } = desk;
  const phase = useStore(stores.session, (session) => session.phase);
  const settings = useStore(stores.settings);
  const account = useStore(stores.desk, (state) => state.user?.locale ?? null);
  const hasDesk = useStore(stores.desk, (state) => state.user !== null);
  const language = languageOf(settings.language, account, navigator.language);

  useEffect(() => applyTheme(settings.theme, window), [settings.theme]);
  useEffect(() => {
    applyLanguage(language, window);
    void i18n.changeLanguage(language);
  }, [i18n, language]);
  useEffect(() => void loadWorkplace(), []);

  const changeSettings = useCallback(
    (change: Partial<Pick<DesktopSettings, 'theme' | 'language'>>) => {
      stores.settings.setState(change);
      void desktop.call('settings:write', change);
    },
    [stores, desktop],
  );

  const isSigningOff = phase === 'signedOut' || phase === 'replaced';
  return (
    <TextProvider i18n={i18n} language={language}>
      {isSigningOff && !hasDesk ? (
        <Login
          stores={stores}
          onSignIn={(credentials) => void desk.signIn(credentials)}
          onLanguage={(chosen) => changeSettings({ language: chosen })}
        />
      ) : null}
      {hasDesk ? (
        <Suspense fallback={null}>
          <Workplace desk={desk} onSettings={changeSettings} />
        </Suspense>
      ) : null}
    </TextProvider>
  );
}
