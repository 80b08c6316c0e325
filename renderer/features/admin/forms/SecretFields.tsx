import type { SecretReference } from '../../../../shared/contracts/configuration.ts';
import { useText } from '../../../i18n/index.ts';
import { Line } from '../fields.tsx';
import { useField } from '../form.ts';

/** Where a secret is kept; never the secret. */
export function SecretFields({ at, mayBeNone = false }: { readonly at: string; readonly mayBeNone?: boolean }) {
  const { t } = useText();
  const { value, put, id, isReadOnly, label } = useField<SecretReference | null>(at);
  const kind = value === null ? 'none' : 'env' in value ? 'env' : 'file';
  return (
    <>
      <div className="admin-field">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        <div className="field admin-control">
          <select
            id={id}
            value={kind}
            disabled={isReadOnly}
            onChange={({ target }) => put(target.value === 'none' ? null : target.value === 'env' ? { env: '' } : { file: '' })}
          >
            {mayBeNone ? <option value="none">{t('admin.secret.none')}</option> : null}
            <option value="env">{t('admin.secret.env')}</option>
            <option value="file">{t('admin.secret.file')}</option>
          </select>
        </div>
      </div>
      {kind === 'none' ? null : (
        <Line key={kind} at={`${at}/${kind}`} label={t(`admin.secret.where.${kind}`)} hint={t('admin.secret.note')} isCode />
      )}
    </>
  );
}
