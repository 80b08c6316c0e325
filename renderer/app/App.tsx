import type { i18n } from 'i18next';
import { Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Login } from '../features/login/index.ts';
import { addTexts, hasTexts, type Language, TextProvider } from '../i18n/index.ts';
import { onDemand } from '../ui/index.ts';
import { applyLanguage, applyTheme, languageOf } from './appearance.ts';
import type { Desk } from './desk.ts';

/** Between two attempts to fetch the words of a language. */
const fetchAgainMs = 2000;

const loadWorkplace = () => import('./Workplace.tsx');
const Workplace = onDemand(async () => ({ default: (await loadWorkplace()).Workplace }));

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
  const shown = useShownLanguage(i18n, language, hasDesk);
  useEffect(() => applyLanguage(shown, window), [shown]);
  // Fetched again when it is shown, if it cannot be had yet.
  useEffect(() => void loadWorkplace().catch(() => undefined), []);

  const isSigningOff = phase === 'signedOut' || phase === 'replaced';
  return (
    <TextProvider i18n={i18n} language={shown}>
      {isSigningOff && !hasDesk ? (
        <Login
          stores={stores}
          onGoOn={desk.goOn}
          onSignIn={(credentials) => void desk.signIn(credentials)}
          onLanguage={(chosen) => desk.changeSettings({ language: chosen })}
        />
      ) : null}
      {hasDesk && hasTexts(i18n, shown) ? (
        <Suspense fallback={null}>
          <Workplace desk={desk} />
        </Suspense>
      ) : null}
    </TextProvider>
  );
}

/**
 * The language on the screen. The sign-in card has both and goes over at once; the desk goes over as a whole, words and figures, once the
 * words have been fetched, and until then stays as it is.
 */
function useShownLanguage(i18n: i18n, wanted: Language, hasDesk: boolean): Language {
  const [shown, setShown] = useState<Language>(i18n.language === 'zh' ? 'zh' : 'en');
  const [, setFetched] = useState<Language | null>(null);
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const show = () => {
      if (!isWanted) return;
      void i18n.changeLanguage(wanted);
      setShown(wanted);
      setFetched(hasTexts(i18n, wanted) ? wanted : null);
    };
    if (!hasDesk || hasTexts(i18n, wanted)) show();
    let again: ReturnType<typeof setTimeout> | undefined;
    // Fetched while somebody signs in.
    void addTexts(i18n, wanted).then(show, () => {
      if (isWanted) again = setTimeout(() => setFailures(failures + 1), fetchAgainMs);
    });
    return () => {
      isWanted = false;
      clearTimeout(again);
    };
  }, [i18n, wanted, hasDesk, failures]);
  return shown;
}
