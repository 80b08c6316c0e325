import { type FormEvent, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import type { LoginFailure } from '../../stores/index.ts';
import { Button, Dialog, Field } from '../../ui/index.ts';

export interface SetPasswordProps {
  readonly name: string;
  readonly isOpen: boolean;
  onClose(): void;
  onSet(password: string): Promise<LoginFailure | null>;
}

export function SetPassword({ name, isOpen, onClose, onSet }: SetPasswordProps) {
  const { t } = useText();
  return (
    <Dialog title={t('admin.users.setPassword.title', { name })} isOpen={isOpen} onClose={onClose}>
      <PasswordForm onClose={onClose} onSet={onSet} />
    </Dialog>
  );
}

/** What was typed lives only while the dialog is open. */
function PasswordForm({ onClose, onSet }: Pick<SetPasswordProps, 'onClose' | 'onSet'>) {
  const { t } = useText();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [told, setTold] = useState<{ readonly tone: 'ready' | 'broken'; readonly text: string } | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password.length < 8) return setTold({ tone: 'broken', text: t('admin.users.setPassword.short') });
    if (password !== again) return setTold({ tone: 'broken', text: t('admin.users.setPassword.different') });
    setIsBusy(true);
    const failure = await onSet(password);
    setIsBusy(false);
    if (failure) return setTold({ tone: 'broken', text: t(`failure.${failure}`) });
    setPassword('');
    setAgain('');
    setTold({ tone: 'ready', text: t('admin.users.setPassword.done') });
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="dialog-body admin-password">
        <p className="text-2">{t('admin.users.setPassword.text')}</p>
        <Field
          label={t('admin.users.setPassword.new')}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <Field
          label={t('admin.users.setPassword.again')}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={({ target }) => setAgain(target.value)}
        />
        <p role="status" className={told ? `tone-${told.tone}` : 'sr-only'}>
          {told?.text}
        </p>
      </div>
      <div className="dialog-footer">
        <Button onClick={onClose}>{t('notice.close')}</Button>
        <Button kind="primary" type="submit" disabled={isBusy}>
          {t('admin.users.setPassword')}
        </Button>
      </div>
    </form>
  );
}
