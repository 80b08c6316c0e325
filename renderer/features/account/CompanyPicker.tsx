import { useEffect, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Button, Dialog, Field } from '../../ui/index.ts';

const pauseMs = 150;

/** Chooses the company above this one: typed, found, clicked. */
export function CompanyPicker(props: {
  readonly isOpen: boolean;
  find(text: string): Promise<readonly { readonly accountId: string; readonly name: string }[]>;
  readonly hasParent: boolean;
  onChoose(accountId: string | null): void;
  onClose(): void;
}) {
  const { isOpen, find } = props;
  const { t } = useText();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly { readonly accountId: string; readonly name: string }[]>([]);
  useEffect(() => {
    if (!isOpen) return;
    let isWanted = true;
    const timer = setTimeout(() => void find(text).then((companies) => isWanted && setFound(companies)), pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [isOpen, find, text]);
  return (
    <Dialog
      title={t('account.chooseParent')}
      isOpen={isOpen}
      onClose={props.onClose}
      footer={
        <>
          {props.hasParent ? (
            <Button kind="quiet" onClick={() => props.onChoose(null)}>
              {t('account.noParent')}
            </Button>
          ) : null}
          <Button onClick={props.onClose}>{t('account.cancel')}</Button>
        </>
      }
    >
      <div className="dialog-body">
        <Field label={t('account.companyName')} value={text} autoComplete="off" onChange={({ target }) => setText(target.value)} />
        <ul className="account-found" aria-live="polite">
          {found.map(({ accountId, name }) => (
            <li key={accountId}>
              <button type="button" className="account-row" onClick={() => props.onChoose(accountId)}>
                {name}
              </button>
            </li>
          ))}
          {text.trim() !== '' && found.length === 0 ? <li className="text-3 small">{t('account.noCompany')}</li> : null}
        </ul>
      </div>
    </Dialog>
  );
}
