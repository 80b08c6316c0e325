import { useText } from '../../../i18n/index.ts';
import { keyOf, proposedId, valueAt } from '../../../stores/index.ts';
import { Line, Part } from '../fields.tsx';
import { useForm } from '../form.ts';

/** Name in both languages and the id, which follows the English name until somebody writes another or it is saved. */
export function Naming() {
  const { t } = useText();
  const { section, configuration, entry, isNew, put } = useForm();
  if (section === 'organisation') return null;
  const idField = section === 'dispositions' ? 'code' : 'id';
  const own = String(valueAt(entry, idField) ?? '');
  const taken = () => configuration[section].map((each) => keyOf(section, each)).filter((key) => key !== own);
  const written = String(valueAt(entry, 'name/en') ?? '');
  const isFollowing = isNew && (own === '' || own === proposedId(section, written, taken()));
  return (
    <Part title={t('admin.part.name')}>
      <Line
        at="name/en"
        onChange={(name) => {
          put('name/en', name);
          if (isFollowing) put(idField, proposedId(section, name, taken()));
        }}
      />
      <Line at="name/zh" />
      <Line at={idField} isFixed={!isNew} isCode {...(isNew ? { hint: t('admin.entry.idHint') } : {})} />
    </Part>
  );
}
