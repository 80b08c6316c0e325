import { CircleAlert, LockKeyhole } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type Language, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Field, Mark, Segments } from '../../ui/index.ts';
import './login.css';

export interface LoginProps {
  readonly stores: Stores;
  /** With the session that a program left which ended unexpectedly. */
  onGoOn(): void;
  onSignIn(credentials: { username: string; password: string; takeOver: boolean }): void;
  onLanguage(language: Language): void;
}

export function Login({ stores, onGoOn, onSignIn, onLanguage }: LoginProps) {
  const { t, formats } = useText();
  const session = useStore(stores.session);
  const left = useStore(stores.computer, (computer) => computer.left);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  const takeOver = useRef<HTMLButtonElement>(null);

  const failure = session.phase === 'signedOut' ? session.failure : null;
  const isBusy = session.phase === 'signedOut' && session.isBusy;
  const isConflict = failure === 'conflict';

  useEffect(() => {
    if (failure === 'login_failed') passwordField.current?.select();
    if (isConflict) takeOver.current?.focus();
  }, [failure, isConflict]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (username.trim() === '' || password === '') return;
    onSignIn({ username: username.trim(), password, takeOver: false });
  };

  return (
    <div className="login">
      <header className="login-title">
        <Mark />
        <span>{t('app.name')}</span>
      </header>
      <main className="login-place">
        <form className="login-card" onSubmit={submit} aria-labelledby="login-heading">
          <h1 id="login-heading">{t(`login.greeting.${partOfDay(new Date())}`)}</h1>
          <p className="text-2 login-intro">{t('login.intro')}</p>

          {session.phase === 'replaced' ? (
            <p className="login-message tone-waiting" role="alert">
              <CircleAlert className="icon" aria-hidden="true" />
              <span>
                <strong>{t('login.replaced.title')}</strong>
                <br />
                {t('login.replaced.text', { time: formats.time(session.at) })}
              </span>
            </p>
          ) : null}

          {left !== null && session.phase === 'signedOut' ? (
            <section className="login-message login-take-over" aria-labelledby="left-title">
              <p>
                <strong id="left-title">{t('login.left.title')}</strong>
                <br />
                {t('login.left.text')}
              </p>
              <Button kind="primary" onClick={onGoOn} autoFocus>
                {t('login.left.goOn', { name: left })}
              </Button>
            </section>
          ) : null}

          <Field
            label={t('login.username')}
            name="username"
            autoComplete="username"
            autoFocus={left === null}
            required
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
          <Field
            ref={passwordField}
            label={t('login.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />

          {isConflict ? (
            <div
              className="login-message login-take-over"
              role="alertdialog"
              aria-labelledby="take-over-title"
              aria-describedby="take-over-text"
            >
              <p>
                <strong id="take-over-title">{t('login.takeOver.title')}</strong>
                <br />
                <span id="take-over-text">{t('login.takeOver.text')}</span>
              </p>
              <div className="row">
                <Button
                  ref={takeOver}
                  kind="primary"
                  disabled={isBusy}
                  onClick={() => onSignIn({ username: username.trim(), password, takeOver: true })}
                >
                  {t('login.takeOver.confirm')}
                </Button>
                <Button onClick={() => stores.session.setState({ phase: 'signedOut', failure: null, isBusy: false }, true)}>
                  {t('login.takeOver.cancel')}
                </Button>
              </div>
            </div>
          ) : (
            <>
              {failure ? (
                <p className="login-message tone-broken" role="alert">
                  <CircleAlert className="icon" aria-hidden="true" />
                  <span>{t(`failure.${failure}`)}</span>
                </p>
              ) : null}
              <Button kind="primary" size="tall" type="submit" shortcut="Enter" disabled={isBusy} className="login-submit">
                {isBusy ? t('login.busy') : t('login.submit')}
              </Button>
            </>
          )}

          <div className="login-foot small text-3">
            <LockKeyhole className="icon icon-small" aria-hidden="true" />
            <span>{t('login.passwordNote')}</span>
            <span className="push" />
            <Segments
              label={t('title.language')}
              value={formats.language}
              onChange={onLanguage}
              segments={[
                { value: 'en', label: <span lang="en">{t('language.en')}</span> },
                { value: 'zh', label: <span lang="zh-CN">{t('language.zh')}</span> },
              ]}
            />
          </div>
        </form>
      </main>
    </div>
  );
}

function partOfDay(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = now.getHours();
  if (hour >= 5 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}
